//! A disk without room: what was committed stays, what does not fit is refused, and writing goes on when there is room.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

use super::{Folder, answer, tupu};

/// The shell runs the program with files bounded to so many blocks of 512 bytes or of a kilobyte.
fn bounded(path: &Path, blocks: u64) -> Option<Vec<String>> {
    // Without SIGXFSZ, which would end the program, a write beyond the bound fails with EFBIG.
    let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" jsonl \"$1\"");
    let mut child = Command::new("bash")
        .args(["-c", &script, env!("CARGO_BIN_EXE_tupu")])
        .arg(path)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .ok()?;
    let mut input = child.stdin.take().expect("it is piped");
    let mut lines = BufReader::new(child.stdout.take().expect("it is piped")).lines();
    let mut answers = Vec::new();
    for number in 0..60 {
        let query = match number % 6 {
            5 => "MATCH (n) RETURN count(n) AS n".to_owned(),
            _ => format!(
                "UNWIND range(1, 2000) AS i CREATE (:N {{round: {number}, text: 'enterprise ' + toString(i * 7919)}})"
            ),
        };
        writeln!(input, "{{\"op\":\"run\",\"query\":\"{query}\"}}").expect("it reads");
        answers.push(lines.next().expect("it answers").expect("it is text"));
    }
    drop(input);
    assert!(child.wait().expect("it ends").success());
    Some(answers)
}

#[test]
fn where_there_is_no_room_nothing_is_lost_and_writing_goes_on_later() {
    let folder = Folder::new("full");
    let path = folder.file("graph.tupu");
    assert!(
        tupu(&["query", "-c", "CREATE (:First)"], &path)
            .status
            .success()
    );
    let length = std::fs::metadata(&path).expect("it is there").len();
    let Some(answers) = bounded(&path, length / 1024 + 2048) else {
        println!("skipped: there is no bash here");
        return;
    };
    let (mut done, mut refused) = (0, 0);
    for line in &answers {
        if line.contains("\"nodes_created\":2000") {
            done += 1;
        } else if line.contains("\"error\"") {
            assert!(line.contains("FileError"), "{line}");
            refused += 1;
        } else {
            // What is read in between is what was acknowledged.
            let count = format!("\"rows\":[[{}]]", 1 + 2000 * done);
            assert!(line.contains(&count), "{done} are done: {line}");
        }
    }
    println!("{done} were done, {refused} refused");
    assert!(
        done > 0 && refused > 0,
        "{done} were done, {refused} refused"
    );
    let count = "MATCH (n) RETURN count(*) AS n";
    assert_eq!(answer(&path, count), format!("n\n{}\n", 1 + 2000 * done));
    assert!(
        tupu(&["query", "-c", "CREATE (:Last)"], &path)
            .status
            .success()
    );
    assert_eq!(answer(&path, count), format!("n\n{}\n", 2 + 2000 * done));
}
