//! What the documentation shows is what happens.
//!
//! In `docs/CYPHER.md` each ```` ```cypher ```` block runs on the graph that comes with tupu, and the ```` ```text ````
//! block right below it is what it answers. In `docs/JSONL.md` the lines of ```` ```jsonl ```` blocks that begin with `>`
//! are sent, and the line below is the answer. The first ```` ```sh ```` block of each README is run by a shell, and the
//! ```` ```text ```` block below it is what it writes. `UPDATE_EXPECT=1` rewrites the answers.

use std::path::PathBuf;

use expect_test::expect_file;
use tupu::render::{Format, Options, Rows, write};
use tupu::server::jsonl::serve;
use tupu::session::{Database, Limits, QueryResult};
use tupu::source::Source;
use tupu::value::Map;

/// A part of a page: text as it stands, or a block between fences with its language.
enum Part<'a> {
    Prose(&'a str),
    Block(&'a str, &'a str),
}

fn page(name: &str) -> (PathBuf, String) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("docs")
        .join(name);
    let text = std::fs::read_to_string(&path).expect("the page stands in docs");
    (path, text)
}

fn parts(mut text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    while let Some((prose, rest)) = text.split_once("```") {
        let (language, rest) = rest.split_once('\n').expect("a line ends");
        let (block, rest) = rest.split_once("```").expect("a block is closed");
        parts.extend([Part::Prose(prose), Part::Block(language, block)]);
        text = rest;
    }
    parts.push(Part::Prose(text));
    parts
}

/// The page with each answer block made anew from the block before it.
fn answered(
    text: &str,
    language: &str,
    mut answer: impl FnMut(&str) -> (String, String),
) -> String {
    let mut page = String::new();
    let mut expected = None;
    let mut count = 0;
    for part in parts(text) {
        match part {
            Part::Prose(prose) => page.push_str(prose),
            Part::Block(own, block) if own == language => {
                let (question, answer) = answer(block);
                page.push_str(&format!("```{own}\n{question}```"));
                expected = Some(answer).filter(|answer| !answer.is_empty());
                count += 1;
            }
            Part::Block("text", block) => {
                let block = expected.take().unwrap_or_else(|| block.to_owned());
                page.push_str(&format!("```text\n{block}```"));
            }
            Part::Block(own, block) => page.push_str(&format!("```{own}\n{block}```")),
        }
    }
    assert!(count > 0, "the page shows nothing");
    page
}

#[test]
fn statements_answer_as_the_language_page_shows() {
    let (path, text) = page("CYPHER.md");
    let page = answered(&text, "cypher", |block| (block.to_owned(), run(block)));
    expect_file![path].assert_eq(&page);
}

fn run(block: &str) -> String {
    let mut session = Database::embedded()
        .expect("the graph that comes with tupu opens")
        .session();
    let mut answers = Vec::new();
    for statement in block.split_inclusive(";\n") {
        let statement = statement.trim_end();
        answers.push(match session.run(statement, &Map::default()) {
            Ok(result) => table(&result) + result.plan.as_deref().unwrap_or_default(),
            Err(error) => error.render(&Source::new("query", statement), 0) + "\n",
        });
    }
    answers.concat()
}

fn table(result: &QueryResult) -> String {
    let mut out = Vec::new();
    let rows = Rows {
        columns: &result.columns,
        rows: &result.rows,
        entities: &result.entities,
    };
    write(&mut out, Format::Table, rows, &Options::default()).expect("writing to memory");
    String::from_utf8(out).expect("tables are text")
}

#[test]
fn requests_are_answered_as_the_protocol_page_shows() {
    let (path, text) = page("JSONL.md");
    let page = answered(&text, "jsonl", |block| (converse(block), String::new()));
    expect_file![path].assert_eq(&page);
}

/// The block's requests, each above its answer.
fn converse(block: &str) -> String {
    let requests: Vec<&str> = block
        .lines()
        .filter_map(|line| line.strip_prefix("> "))
        .collect();
    let database = Database::embedded().expect("the graph that comes with tupu opens");
    let mut answers = Vec::new();
    let input = requests.join("\n");
    serve(
        &database,
        &Limits::default(),
        input.as_bytes(),
        &mut answers,
    )
    .expect("memory can be written");
    let answers = String::from_utf8(answers).expect("JSON is text");
    assert_eq!(requests.len(), answers.lines().count(), "an answer a line");
    let pairs = requests.iter().zip(answers.lines());
    pairs
        .map(|(request, answer)| format!("> {request}\n{}\n", without_time(answer)))
        .collect()
}

/// The answer with one and the same time in the place of what it took.
fn without_time(answer: &str) -> String {
    let Some((before, after)) = answer.split_once("\"elapsed_ms\":") else {
        return answer.to_owned();
    };
    let rest = after.trim_start_matches(|c: char| c.is_ascii_digit() || ".e-".contains(c));
    format!("{before}\"elapsed_ms\":0.2{rest}")
}

#[test]
#[cfg(unix)]
fn the_first_command_of_the_readme_writes_what_stands_below_it() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    for name in ["README.md", "README.zh-CN.md"] {
        let path = root.join(name);
        let text = std::fs::read_to_string(&path).expect("it stands at the root");
        let mut is_first = true;
        let page = answered(&text, "sh", |block| {
            let answer = match std::mem::take(&mut is_first) {
                true => shell(block),
                false => String::new(),
            };
            (block.to_owned(), answer)
        });
        expect_file![path].assert_eq(&page);
    }
}

/// What a command of the README writes, with the program of this build and a graph of its own.
#[cfg(unix)]
fn shell(block: &str) -> String {
    let graph = concat!(env!("CARGO_TARGET_TMPDIR"), "/readme.ron");
    let command = block
        .replace("cargo run --release --", env!("CARGO_BIN_EXE_tupu"))
        .replace("region.ron", graph);
    let output = std::process::Command::new("sh")
        .args(["-c", &command])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("there is a shell");
    let messages = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{messages}");
    String::from_utf8(output.stdout).expect("results are text")
}
