//! The `tupu` program.
fn main() {}
