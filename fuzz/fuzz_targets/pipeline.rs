//! `cargo +nightly fuzz run pipeline`: a text that is an article, read and built into a graph.
#![no_main]

#[path = "../targets.rs"]
#[expect(dead_code, reason = "the other targets are other programs")]
mod targets;

libfuzzer_sys::fuzz_target!(|data: &[u8]| targets::pipeline(&String::from_utf8_lossy(data)));
