//! The programs in `examples/` do what they promise, each run as a process of its own.

use std::path::Path;
use std::process::{Command, Stdio};

/// What an example writes; `None` where this build left the examples out, as `--test examples` does.
fn output(name: &str) -> Option<String> {
    let programs = Path::new(env!("CARGO_BIN_EXE_tupu")).parent();
    let programs = programs.expect("the program lies in a folder");
    let path = programs
        .join("examples")
        .join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    if !path.exists() {
        println!(
            "skipped: {} is not built; `cargo test` builds it",
            path.display()
        );
        return None;
    }
    let run = Command::new(path).stdin(Stdio::null()).output();
    let run = run.expect("the example starts");
    let messages = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "{name}: {messages}");
    assert_eq!(messages, "", "{name}");
    Some(String::from_utf8(run.stdout).expect("examples write UTF-8"))
}

fn writes(name: &str, lines: &[&str]) {
    let Some(output) = output(name) else { return };
    for line in lines {
        assert!(
            output.lines().any(|written| written.contains(line)),
            "{name} does not write {line:?}:\n{output}"
        );
    }
}

#[test]
fn questions_are_asked_from_a_program() {
    writes(
        "questions",
        &[
            "District: 坪山区",
            "│ Policy   │ 区级低空经济产业实施方案 │",
            "error: the variable `m` is not defined here",
        ],
    );
}

#[test]
fn an_answer_becomes_a_diagram() {
    writes("diagram", &["digraph \"tupu\" {", "label=\"生物产业\""]);
}

#[test]
fn entities_are_looked_up_without_a_query() {
    writes(
        "lookups",
        &[
            "坪山区 focuses on 48 clusters",
            "坪山区 -[FOCUSES_ON]-> 低空经济 <-[FOCUSES_ON]- 龙华区",
            "地区生产总值增速                  14% (2022)",
            "坪山区",
        ],
    );
}
