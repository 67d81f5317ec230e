//! Statements that would run for hours or hold too much, in a real process: Ctrl-C and limits end them soon, with the
//! exit status that says so, and nothing takes the process down.

use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::ending::ended;
use crate::program::program;

/// What ending may take on a loaded machine.
const BOUND: Duration = Duration::from_secs(20);

/// What each statement does all the time.
const ENDLESS: [(&str, &str); 8] = [
    (
        "a cartesian product",
        "MATCH (a), (b), (c), (d), (e) RETURN max(id(a) + id(b) + id(c) + id(d) + id(e))",
    ),
    (
        "paths of any length",
        "MATCH p = (a)-[*]-(b) RETURN max(length(p))",
    ),
    (
        "a huge range",
        "UNWIND range(1, 1000000000000) AS x RETURN max(x)",
    ),
    (
        "a sort",
        "UNWIND range(1, 1000000000000) AS x WITH x WHERE x % 100 = 0 WITH x ORDER BY -x RETURN max(x)",
    ),
    (
        "a collect",
        "UNWIND range(1, 1000000000000) AS x WITH x WHERE x % 100 = 0 RETURN size(collect(x))",
    ),
    (
        "a regular expression",
        "UNWIND range(1, 1000000000000) AS x WITH x WHERE toString(x) =~ '(1|11|(1*)*)*a' RETURN count(x)",
    ),
    (
        "a string that grows",
        "RETURN size(reduce(s = '', x IN range(1, 1000000000) | s + 'ab'))",
    ),
    (
        "a write",
        "UNWIND range(1, 1000000000000) AS x WITH x WHERE x % 100 = 0 CREATE (:N {x: x})",
    ),
];

/// Statements that need more memory than they may have.
const GREEDY: [&str; 5] = [
    "RETURN size(reduce(s = 'ab', x IN range(1, 60) | s + s))",
    "WITH reduce(s = 'ab', x IN range(1, 24) | s + s) AS s RETURN size(replace(s, 'a', s))",
    "UNWIND range(1, 1000000000000) AS x WITH x ORDER BY -x RETURN max(x)",
    "UNWIND range(1, 1000000000000) AS x RETURN size(collect(x))",
    "MATCH p = (a)-[*]-(b) RETURN collect(p)",
];

#[test]
fn ctrl_c_ends_whatever_runs_with_130() {
    for (what, statement) in ENDLESS {
        let script = format!("RETURN 'running' AS state; {statement}");
        let mut child = program(&["query", "-c", &script, "--format", "csv"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut output = BufReader::new(child.stdout.take().expect("it is piped")).lines();
        assert!(output.any(|line| line.is_ok_and(|line| line == "running")));
        // It is read, planned and begun by then.
        std::thread::sleep(Duration::from_millis(200));
        let start = Instant::now();
        let signalled = Command::new("kill")
            .args(["-INT", &child.id().to_string()])
            .status();
        assert!(signalled.is_ok_and(|status| status.success()));
        let ended = child.wait_with_output().expect("the program was started");
        let messages = String::from_utf8_lossy(&ended.stderr);
        assert_eq!(ended.status.code(), Some(130), "{what}: {messages}");
        assert!(
            messages.contains("the statement was cancelled"),
            "{what}: {messages}"
        );
        assert!(start.elapsed() < BOUND, "{what}: {:?}", start.elapsed());
    }
}

#[test]
fn a_limit_of_time_ends_whatever_runs_with_4() {
    for (what, statement) in ENDLESS {
        let start = Instant::now();
        let ended = program(&["query", "-c", statement, "--timeout", "0.2"])
            .stdin(Stdio::null())
            .output()
            .expect("the program starts");
        let messages = String::from_utf8_lossy(&ended.stderr);
        assert_eq!(ended.status.code(), Some(4), "{what}: {messages}");
        assert!(
            messages.contains("took longer than 0.2 s"),
            "{what}: {messages}"
        );
        assert!(start.elapsed() < BOUND, "{what}: {:?}", start.elapsed());
    }
}

/// A gigabyte and a half of addresses is all that the process has; a statement may use a hundredth of a gigabyte.
#[test]
fn a_limit_of_memory_ends_whatever_grows_before_the_system_does() {
    for statement in GREEDY {
        let ended = Command::new("sh")
            .args(["-c", "ulimit -v 1500000; exec \"$@\"", "sh"])
            .arg(env!("CARGO_BIN_EXE_tupu"))
            .args(["query", "-c", statement, "--max-memory", "10MB"])
            .stdin(Stdio::null())
            .output()
            .expect("a shell is there");
        let messages = String::from_utf8_lossy(&ended.stderr);
        assert_eq!(ended.status.code(), Some(4), "{statement}: {messages}");
        assert!(messages.contains("--max-memory"), "{statement}: {messages}");
    }
}

/// Patterns that backtracking engines take for ever over, and one that is too large to be made.
#[test]
fn regular_expressions_end_whatever_the_pattern() {
    for (pattern, status) in [
        ("(a*)*b", 0),
        ("(a|a)*b", 0),
        ("(a|aa)+b", 0),
        ("(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)b", 0),
        ("((a{1000}){1000}){1000}", 1),
        ("(((((a{1,100}){1,100}){1,100}){1,100}){1,100})", 1),
    ] {
        let statement =
            format!("RETURN reduce(s = 'a', x IN range(1, 17) | s + s) =~ '{pattern}' AS matches");
        let ended = ended(
            &mut program(&["query", "-c", &statement, "--format", "csv"]),
            BOUND,
        );
        let text = [ended.stdout, ended.stderr].concat();
        let text = String::from_utf8_lossy(&text);
        assert_eq!(ended.status.code(), Some(status), "{pattern}: {text}");
        let expected = if status == 0 { "false" } else { "^" };
        assert!(text.contains(expected), "{pattern}: {text}");
    }
}
