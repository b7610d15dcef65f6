//! libFuzzer's entry for `firmware`.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| linchpin_fuzz::firmware(input));
