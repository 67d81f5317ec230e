//! Golden files: what people ask and what they are answered, as text that can be read.
//!
//! Takes `tests/golden/<area>/*.test`; `UPDATE_EXPECT=1` rewrites what stands below each `----`. Blocks are separated
//! by empty lines. A first block without `----` says on which graph the others run:
//!
//! ```text
//! # Who stands in which cluster.
//! graph: embedded
//! ```
//!
//! (`graph: embedded`, or names of files in `graph/`; without such a line the graph is empty) followed by statements
//! that prepare the graph; `ontology: FILE` says what that is held to then. Every other block is a case, and each case has the graph as the first block left it:
//!
//! ```text
//! # Enterprises are listed by name.
//! parameters: {名: '比亚迪'}
//! show: plans
//! MATCH (企:Enterprise {name: $名}) RETURN 企.name;
//! ----
//! ```
//!
//! `show: plan` adds the plan to the answer, `show: plans` the plan before and after the rewrite rules. Rows without
//! `ORDER BY` are a bag and shown sorted. Whatever a case shows, it runs under both plans, and the answers are equal.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use tupu::ontology::Ontology;
use tupu::plan::Optimization;
use tupu::render::{Format, Options, Rows, write};
use tupu::session::{Database, QueryResult};
use tupu::source::Source;
use tupu::value::{Map, Value, order};

#[test]
fn questions() {
    check_area("questions");
}

#[test]
fn language() {
    check_area("language");
}

#[test]
fn plans() {
    check_area("plan");
}

#[test]
fn errors() {
    check_area("errors");
}

fn check_area(area: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden")
        .join(area);
    let entries = std::fs::read_dir(&folder).expect("the area has a folder");
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.expect("the folder can be listed").path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "test")
        })
        .collect();
    files.sort();
    assert!(!files.is_empty(), "no golden files in {}", folder.display());
    for file in files {
        let text = std::fs::read_to_string(&file).expect("the file can be read");
        expect_test::expect_file![&file].assert_eq(&File::read(&text).answered());
    }
}

/// A golden file: its cases, and how to get the graph on which each of them runs.
struct File<'a> {
    head: Option<Block<'a>>,
    cases: Vec<Block<'a>>,
}

impl<'a> File<'a> {
    fn read(text: &'a str) -> Self {
        let mut blocks: Vec<Block<'a>> = text
            .trim_matches('\n')
            .split("\n\n")
            .map(|block| Block::read(block.trim_matches('\n')))
            .collect();
        let head = (!blocks[0].is_case).then(|| blocks.remove(0));
        for block in &blocks {
            assert!(block.is_case, "a case without `----`:\n{}", block.question);
        }
        Self {
            head,
            cases: blocks,
        }
    }

    /// The whole file with the answers that the engine gives.
    fn answered(&self) -> String {
        let mut graph = PreparedGraph::new(self.head.as_ref());
        let mut blocks: Vec<String> = Vec::new();
        blocks.extend(self.head.as_ref().map(|head| head.question.to_owned()));
        for case in &self.cases {
            let answer = case.answer(&mut graph);
            assert!(
                !answer.contains("\n\n"),
                "an empty line in an answer:\n{answer}"
            );
            blocks.push(format!("{}\n----\n{answer}", case.question));
        }
        blocks.join("\n\n") + "\n"
    }
}

/// What stands between two empty lines.
struct Block<'a> {
    /// All that stands above `----`.
    question: &'a str,
    is_case: bool,
    statements: Vec<&'a str>,
    graph: Option<&'a str>,
    ontology: Option<&'a str>,
    parameters: Option<&'a str>,
    show: Show,
}

#[derive(Clone, Copy, PartialEq)]
enum Show {
    Answer,
    Plan,
    Plans,
}

impl<'a> Block<'a> {
    fn read(text: &'a str) -> Self {
        let (question, is_case) = match text.split_once("\n----") {
            Some((question, _)) => (question, true),
            None => (text, false),
        };
        let mut block = Self {
            question,
            is_case,
            statements: Vec::new(),
            graph: None,
            ontology: None,
            parameters: None,
            show: Show::Answer,
        };
        let mut rest = question;
        while !rest.is_empty() {
            let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
            if !block.option(line) {
                break;
            }
            rest = after;
        }
        block.statements = statements(rest);
        assert!(
            !is_case || text.starts_with("# "),
            "a case says its point in the first line:\n{question}"
        );
        block
    }

    /// Takes a comment or an option; `false` where the statements begin.
    fn option(&mut self, line: &'a str) -> bool {
        match line.split_once(": ") {
            _ if line.starts_with('#') => {}
            Some(("graph", names)) => self.graph = Some(names),
            Some(("ontology", path)) => self.ontology = Some(path),
            Some(("parameters", map)) => self.parameters = Some(map),
            Some(("show", "plan")) => self.show = Show::Plan,
            Some(("show", "plans")) => self.show = Show::Plans,
            _ => return false,
        }
        true
    }

    fn answer(&self, graph: &mut PreparedGraph<'_>) -> String {
        let parameters = self.parameters.map_or_else(Map::default, parameters);
        let plain = self.outcomes(graph, &parameters, Optimization::Plain);
        let full = self.outcomes(graph, &parameters, Optimization::Full);
        for (plain, full) in plain.iter().zip(&full) {
            assert_eq!(
                plain.answer, full.answer,
                "the plain plan on the left, the optimized one on the right, for:\n{}",
                self.question
            );
        }
        let texts = plain
            .into_iter()
            .zip(full)
            .map(|(plain, full)| match self.show {
                Show::Answer => full.answer,
                Show::Plan => full.plan + &full.answer,
                Show::Plans if plain.plan == full.plan => {
                    format!("plain and optimized:\n{}{}", full.plan, full.answer)
                }
                Show::Plans => format!(
                    "plain:\n{}optimized:\n{}{}",
                    plain.plan, full.plan, full.answer
                ),
            });
        texts.collect::<String>().trim_end().to_owned()
    }

    /// What each statement answers, on a graph as the file prepares it.
    fn outcomes(
        &self,
        graph: &mut PreparedGraph<'_>,
        parameters: &Map,
        optimization: Optimization,
    ) -> Vec<Outcome> {
        let mut session = graph.open().session();
        // The same on every machine.
        session.limits.max_memory = Some(1 << 30);
        session.optimization = optimization;
        let mut outcomes = Vec::new();
        for text in &self.statements {
            let plan = match self.show {
                Show::Answer => String::new(),
                Show::Plan | Show::Plans => session
                    .run(&format!("EXPLAIN {text}"), parameters)
                    .ok()
                    .and_then(|result| result.plan)
                    .unwrap_or_default(),
            };
            let (answer, is_write) = match session.run(text, parameters) {
                Ok(result) => (answer(&result, text), !result.counters.is_empty()),
                Err(error) => (error.render(&Source::new("query", text), 0) + "\n", false),
            };
            if is_write {
                graph.spoil();
            }
            outcomes.push(Outcome { plan, answer });
        }
        outcomes
    }
}

struct Outcome {
    plan: String,
    answer: String,
}

/// The graph on which a file's cases run, made anew after each case that wrote to it.
struct PreparedGraph<'a> {
    head: Option<&'a Block<'a>>,
    database: Option<Database>,
}

impl<'a> PreparedGraph<'a> {
    fn new(head: Option<&'a Block<'a>>) -> Self {
        Self {
            head,
            database: None,
        }
    }

    fn open(&mut self) -> Database {
        self.database
            .get_or_insert_with(|| prepare(self.head))
            .clone()
    }

    fn spoil(&mut self) {
        self.database = None;
    }
}

fn prepare(head: Option<&Block<'_>>) -> Database {
    let Some(head) = head else {
        return Database::new();
    };
    let database = match head.graph {
        None => Ok(Database::new()),
        Some("embedded") => Database::embedded(),
        Some(names) => {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("graph");
            let files: Vec<PathBuf> = names
                .split(' ')
                .map(|name| folder.join(format!("{name}.ron")))
                .collect();
            Database::open(&files)
        }
    };
    let database = database.unwrap_or_else(|error| panic!("{error}"));
    let mut session = database.session();
    // The same on every machine.
    session.limits.max_memory = Some(1 << 30);
    for text in &head.statements {
        if let Err(error) = session.run(text, &Map::default()) {
            panic!("{}", error.render(&Source::new("graph", text), 0));
        }
    }
    if let Some(path) = head.ontology {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
        let text = std::fs::read_to_string(file).expect("the ontology can be read");
        let ontology = Ontology::parse(path, &text).unwrap_or_else(|error| panic!("{error}"));
        let held = database.set_ontology(Some(ontology));
        held.unwrap_or_else(|error| panic!("{error}"));
    }
    database
}

/// Cuts a text into statements, each of which ends with a `;` at the end of a line, or with the text.
fn statements(text: &str) -> Vec<&str> {
    let mut statements = Vec::new();
    let mut rest = text;
    while let Some((first, after)) = rest.split_once(";\n") {
        statements.push(first);
        rest = after;
    }
    if !rest.is_empty() {
        statements.push(rest);
    }
    statements
}

/// The parameters that a map literal of the language gives.
fn parameters(map: &str) -> Map {
    let text = format!("RETURN {map} AS parameters");
    let result = Database::new()
        .session()
        .run(&text, &Map::default())
        .unwrap_or_else(|error| panic!("{}", error.render(&Source::new("parameters", &text), 0)));
    match &result.rows[0][0] {
        Value::Map(map) => map.as_ref().clone(),
        other => panic!("parameters are a map, not {}", other.type_name()),
    }
}

/// Rows, changes and warnings as text.
fn answer(result: &QueryResult, text: &str) -> String {
    let mut rows = result.rows.clone();
    if !text.to_uppercase().contains("ORDER BY") {
        rows.sort_by(|left, right| order(&Value::list(left.clone()), &Value::list(right.clone())));
    }
    let mut out = Vec::new();
    let rows = Rows {
        columns: &result.columns,
        rows: &rows,
        entities: &result.entities,
    };
    write(&mut out, Format::Table, rows, &Options::default()).expect("writing to memory");
    let mut answer = String::from_utf8(out).expect("tables are text");
    answer.push_str(&changes(result));
    for warning in &result.warnings {
        writeln!(answer, "{}", warning.render(&Source::new("query", text), 0))
            .expect("to a string");
    }
    if answer.is_empty() {
        answer.push_str("nothing\n");
    }
    answer
}

/// What the statement changed, in one line.
fn changes(result: &QueryResult) -> String {
    let counters = &result.counters;
    let counts = [
        (counters.nodes_created, "nodes created"),
        (counters.nodes_deleted, "nodes deleted"),
        (counters.relationships_created, "relationships created"),
        (counters.relationships_deleted, "relationships deleted"),
        (counters.properties_set, "properties set"),
        (counters.labels_added, "labels added"),
        (counters.labels_removed, "labels removed"),
        (counters.indexes_added, "indexes added"),
        (counters.indexes_removed, "indexes removed"),
        (counters.constraints_added, "constraints added"),
        (counters.constraints_removed, "constraints removed"),
    ];
    let phrases: Vec<String> = counts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    if phrases.is_empty() {
        return String::new();
    }
    phrases.join(", ") + "\n"
}
