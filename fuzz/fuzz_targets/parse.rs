//! `cargo +nightly fuzz run parse`: the parser takes any text.
#![no_main]

#[path = "../targets.rs"]
#[expect(dead_code, reason = "the other target is another program")]
mod targets;

libfuzzer_sys::fuzz_target!(|data: &[u8]| targets::parse(&String::from_utf8_lossy(data)));
