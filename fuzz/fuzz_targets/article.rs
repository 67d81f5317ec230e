//! `cargo +nightly fuzz run article`: bytes that are to be articles.
#![no_main]

#[path = "../targets.rs"]
#[expect(dead_code, reason = "the other targets are other programs")]
mod targets;

libfuzzer_sys::fuzz_target!(|data: &[u8]| targets::article(data));
