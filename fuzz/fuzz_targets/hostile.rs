//! libFuzzer's entry for `hostile`. What a run holds is for libFuzzer's own limits.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| {
    linchpin_fuzz::hostile::run(input, |body| {
        body();
        0
    });
});
