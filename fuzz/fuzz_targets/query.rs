//! `cargo +nightly fuzz run query`: any text goes the whole way from parser to rows, on a small graph.
#![no_main]

#[path = "../targets.rs"]
#[expect(dead_code, reason = "the other target is another program")]
mod targets;

libfuzzer_sys::fuzz_target!(|data: &[u8]| targets::query(&String::from_utf8_lossy(data)));
