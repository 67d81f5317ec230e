//! The `tupu` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    tupu::command::run(std::env::args_os()).into()
}
