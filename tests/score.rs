//! `tupu eval` gives the figures of the reference scorer, where that and Python are at hand.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// The folder of annotated articles with the reference scorer, beside the repository.
fn corpus() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = ["../shared/corpus", "../../shared/corpus"];
    folders
        .iter()
        .map(|folder| root.join(folder))
        .find(|folder| folder.join("score.py").is_file())
}

fn output(command: &mut Command) -> Vec<u8> {
    let output = command.output().expect("the program runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    output.stdout
}

#[test]
fn figures_are_those_of_the_reference_scorer() {
    let has_python = Command::new("python3").arg("--version").output().is_ok();
    let Some(corpus) = corpus().filter(|_| has_python) else {
        eprintln!("skipped: no annotated articles beside the repository, or no python3");
        return;
    };
    let tupu = || Command::new(env!("CARGO_BIN_EXE_tupu"));
    let mut articles: Vec<PathBuf> = corpus
        .read_dir()
        .expect("the corpus can be listed")
        .map(|entry| entry.expect("the corpus can be listed").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    articles.sort();
    let predicted = std::env::temp_dir().join(format!("tupu-score-{}.jsonl", std::process::id()));
    let read = output(tupu().arg("extract").args(&articles));
    std::fs::write(&predicted, read).expect("a file for the test");
    let own = output(tupu().arg("eval").args([&predicted, &corpus]).arg("--json"));
    let scorer = corpus.join("score.py");
    let reference = output(
        Command::new("python3")
            .args([&scorer, &predicted, &corpus])
            .arg("--json"),
    );
    drop(std::fs::remove_file(&predicted));

    let rows = |bytes: &[u8]| serde_json::from_slice::<Value>(bytes).expect("the figures are JSON");
    let (own, reference) = (rows(&own), rows(&reference));
    let rows = reference.as_object().expect("the figures are an object");
    assert_eq!(own.as_object().map(serde_json::Map::len), Some(rows.len()));
    for (name, figures) in rows {
        for (figure, value) in figures.as_object().expect("a row is an object") {
            let (own, reference) = (own[name][figure].as_f64(), value.as_f64());
            let difference = own
                .zip(reference)
                .map(|(own, reference)| (own - reference).abs());
            assert!(
                difference.is_some_and(|difference| difference < 1e-9),
                "{name} {figure}: {own:?}, {reference:?}"
            );
        }
    }
}
