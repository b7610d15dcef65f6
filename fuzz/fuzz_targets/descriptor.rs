//! libFuzzer's entry for `descriptor`.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| linchpin_fuzz::descriptor(input));
