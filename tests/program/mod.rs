//! Runs of the program, with what they wrote and how they ended.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// How a run of the program went.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Run {
    /// The exit status; `None` where a signal ended it.
    pub(crate) status: Option<i32>,
    /// What it wrote to standard output.
    pub(crate) output: String,
    /// What it wrote to standard error.
    pub(crate) messages: String,
}

impl Run {
    /// A run that succeeded with nothing but this output.
    pub(crate) fn success(output: &str) -> Self {
        Self {
            status: Some(0),
            output: output.to_owned(),
            messages: String::new(),
        }
    }
}

/// The program with some arguments, nothing on its standard input.
pub(crate) fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tupu"));
    command.args(arguments).stdin(Stdio::null());
    // Questions to a server on loopback go there and nowhere else.
    for variable in ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"] {
        command.env_remove(variable);
    }
    command
}

/// Runs the program.
pub(crate) fn tupu(arguments: &[&str]) -> Run {
    tupu_with_input(arguments, "")
}

/// Runs the program with a text on its standard input.
pub(crate) fn tupu_with_input(arguments: &[&str], input: &str) -> Run {
    let mut child = program(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    // A program that does not read its input may have ended before it is written.
    drop(
        child
            .stdin
            .take()
            .expect("it is piped")
            .write_all(input.as_bytes()),
    );
    let ended = child.wait_with_output().expect("the program was started");
    Run {
        status: ended.status.code(),
        output: String::from_utf8(ended.stdout).expect("results are text"),
        messages: String::from_utf8(ended.stderr).expect("messages are text"),
    }
}

/// A folder of a test's own.
pub(crate) fn folder(test: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("command")
        .join(test);
    fs::create_dir_all(&folder).expect("the build folder can be written");
    folder
}
