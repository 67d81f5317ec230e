//! `cargo +nightly fuzz run record`: bytes that are to be a record of a durable file.
#![no_main]

#[path = "../targets.rs"]
#[expect(dead_code, reason = "the other targets are other programs")]
mod targets;

libfuzzer_sys::fuzz_target!(|data: &[u8]| targets::record(data));
