//! libFuzzer's entry for `manifest`.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| linchpin_fuzz::manifest(input));
