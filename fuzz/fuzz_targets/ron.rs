//! `cargo +nightly fuzz run ron`: a text that is to be a RON file.
#![no_main]

#[path = "../targets.rs"]
#[expect(dead_code, reason = "the other targets are other programs")]
mod targets;

libfuzzer_sys::fuzz_target!(|data: &[u8]| targets::ron(&String::from_utf8_lossy(data)));
