//! Runs of commands that must end by themselves.

use std::process::{Command, Output, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// What a command wrote and how it ended, which it does within a bound.
pub(crate) fn ended(command: &mut Command, bound: Duration) -> Output {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let start = Instant::now();
    while child.try_wait().expect("it can be asked").is_none() {
        if start.elapsed() > bound {
            child.kill().expect("it runs");
            panic!("{command:?} does not end");
        }
        sleep(Duration::from_millis(2));
    }
    child.wait_with_output().expect("it has ended")
}
