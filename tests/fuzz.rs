//! The targets of `fuzz/` on texts that are made from the golden files' statements, a little broken.
//!
//! `TUPU_SOAK=100000 cargo test --release --test fuzz` runs as many texts through each target, `TUPU_SEED` says where to
//! begin; the same seed makes the same text.

use std::path::Path;

mod dice;
#[path = "../fuzz/targets.rs"]
mod targets;

use dice::Dice;

/// How many texts run by default, in a debug build.
const TEXTS: u64 = 1_000;

/// What is put into a text where chance has it.
const PIECES: [&str; 48] = [
    " ",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ":",
    ";",
    "'",
    "\"",
    "`",
    "|",
    "*",
    "..",
    "-",
    ">",
    "<",
    "=",
    "$x",
    "%",
    "^",
    "（",
    "）",
    "；",
    "“",
    "企",
    "🜚",
    "\u{301}",
    "\\",
    "/*",
    "//",
    "null",
    "1",
    "0",
    "-1",
    "9223372036854775807",
    "1e308",
    " RETURN 1 ",
    " WITH * ",
    " MATCH (n) ",
    " WHERE true ",
    " UNION ",
    " DELETE n ",
    " SET n.k = 1 ",
    " AS x",
    " NOT ",
];

impl Dice {
    /// A place between two characters.
    fn place(&mut self, text: &str) -> usize {
        let mut at = self.below(text.len() + 1);
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }

    fn part<'a>(&mut self, text: &'a str) -> &'a str {
        let (one, other) = (self.place(text), self.place(text));
        &text[one.min(other)..one.max(other)]
    }
}

/// The statements of all golden files.
fn statements() -> Vec<String> {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let mut files: Vec<_> = ["language", "errors", "plan", "questions"]
        .iter()
        .flat_map(|area| std::fs::read_dir(golden.join(area)).expect("the area has a folder"))
        .map(|entry| entry.expect("the folder can be listed").path())
        .collect();
    files.sort();
    let mut statements = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(file).expect("a golden file is text");
        for block in text.split("\n\n") {
            let question = block.split("\n----").next().unwrap_or_default();
            let lines = question.lines().filter(|line| {
                !line.starts_with('#')
                    && !line.starts_with("show: ")
                    && !line.starts_with("graph: ")
            });
            statements.push(lines.collect::<Vec<_>>().join("\n"));
        }
    }
    statements
}

/// A statement after a few changes: a part cut out, doubled, moved, taken from another, or a piece put in.
fn text(seed: u64, statements: &[String]) -> String {
    let mut dice = Dice(seed);
    let mut text = statements[dice.below(statements.len())].clone();
    for _ in 0..=dice.below(4) {
        let at = dice.place(&text);
        match dice.below(6) {
            0 => {
                let end = dice.place(&text);
                text.replace_range(at.min(end)..at.max(end), "");
            }
            1 => {
                let part = dice.part(&text).to_owned();
                text.insert_str(at, &part);
            }
            2 => {
                let other = &statements[dice.below(statements.len())];
                text.insert_str(at, dice.part(other));
            }
            3 => text.truncate(at),
            _ => text.insert_str(at, PIECES[dice.below(PIECES.len())]),
        }
    }
    text
}

fn run(target: impl Fn(&str)) {
    let number = |name| std::env::var(name).ok().and_then(|text| text.parse().ok());
    let count = number("TUPU_SOAK").unwrap_or(TEXTS);
    let first = number("TUPU_SEED").unwrap_or(0);
    let statements = statements();
    for seed in first..first + count {
        target(&text(seed, &statements));
    }
}

#[test]
fn the_parser_takes_any_text() {
    run(targets::parse);
}

#[test]
fn any_text_goes_the_whole_way() {
    run(targets::query);
}

/// Files, each a little broken. A file costs more than a text, so there are fewer.
fn run_files(file: &[u8], target: impl Fn(&[u8])) {
    let number = |name| std::env::var(name).ok().and_then(|text| text.parse().ok());
    let count = number("TUPU_SOAK").unwrap_or(TEXTS) / 10;
    let first = number("TUPU_SEED").unwrap_or(0);
    for seed in first..first + count {
        let mut dice = Dice(seed);
        let mut bytes = file.to_vec();
        for _ in 0..=dice.below(6) {
            let at = dice.below(bytes.len());
            let end = bytes.len().min(at + dice.below(40));
            match dice.below(5) {
                0 => drop(bytes.drain(at..end)),
                1 => bytes.truncate(at),
                2 => drop(bytes.splice(at..at, PIECES[dice.below(PIECES.len())].bytes())),
                3 => bytes[at..end].fill(0xff),
                _ => {
                    let part = bytes[at..end].to_vec();
                    drop(bytes.splice(at..at, part));
                }
            }
            if bytes.is_empty() {
                break;
            }
        }
        target(&bytes);
    }
}

const RON: &str = r#"Graph(
    version: 1,
    documents: [Document(id: "d", title: "区情", source: "局", date: "2026-03-01")],
    nodes: [
        Node(id: "甲", labels: [District], properties: {"name": "甲区", "x": [1, 2.5, true]}),
        Node(id: "乙", labels: [Enterprise]),
    ],
    relationships: [Relationship(from: "乙", type: LOCATED_IN, to: "甲", sources: ["d"])],
)"#;

const CSV: &str = r#":ID,:LABEL,k:int,d:date,l:string[]
1,A;B,5,2024-01-17,a;b
2,,"x""y",,
"#;

const ARTICLE: &str = "<html><title>坪山区发布政策</title><p>2024年1月17日，坪山区发布低空经济专项产业规划政策，     GDP 增长 8.5%。<table><tr><td>甲</td></tr></table></html>";

#[test]
fn any_text_may_be_a_ron_file() {
    run_files(RON.as_bytes(), |bytes| {
        targets::ron(&String::from_utf8_lossy(bytes));
    });
}

#[test]
fn any_bytes_may_be_an_article() {
    run_files(ARTICLE.as_bytes(), targets::article);
}

#[test]
fn any_bytes_may_be_a_csv_file() {
    run_files(CSV.as_bytes(), targets::csv);
}

#[test]
fn any_bytes_may_be_a_durable_file() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files/version-1.tupu");
    run_files(&std::fs::read(file).expect("it is there"), targets::store);
}

#[test]
fn any_bytes_may_be_a_record_of_a_durable_file() {
    // The nodes of a chunk: one with a label and a property of each kind, and fifteen slots never used.
    const VALUES: &[u8] = &[
        0, 0, 1, 1, 1, 2, 1, 5, 3, 8, 0, 0, 0, 0, 0, 0, 240, 63, 4, 3, 231, 148, 178, 5, 3, 2, 1,
        7, 6, 2, 200, 1, 7, 1, 10, 8, 2, 10, 0, 9, 2, 4, 10, 10, 4, 20, 0, 0, 0, 11, 4, 2, 4, 6, 8,
    ];
    let list = [&[5, 55][..], VALUES].concat();
    let node = [&[0, 1, 0, 2, 1, 0, 1, 0][..], &list, &[0; 15]].concat();
    run_files(&node, targets::record);
    let relationship = [&[1, 2, 1, 2, 0, 0, 1, 1, 1, 4, 1, 65][..], &[0; 63]].concat();
    run_files(&relationship, targets::record);
    let schema = [&[18, 2, 0, 2, 0, 0, 1, 1][..], &[0; 3]].concat();
    run_files(&schema, targets::record);
}

#[test]
fn any_text_may_be_an_article_of_a_build() {
    run_files(ARTICLE.as_bytes(), |bytes| {
        targets::pipeline(&String::from_utf8_lossy(bytes));
    });
}
