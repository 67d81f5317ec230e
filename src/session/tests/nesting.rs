//! Deep and wide statements: refused or run, never the end of the stack.

use std::fmt::Write as _;

use expect_test::expect;

use crate::session::Database;
use crate::source::Source;
use crate::syntax::{HEIGHT_LIMIT, NESTING_LIMIT};
use crate::value::Map;

/// Runs a statement where there is little stack, and gives its first value or the error as text.
fn run_on_small_stack(text: String) -> String {
    let run = move || {
        let mut session = Database::new().session();
        match session.run(&text, &Map::default()) {
            Ok(result) => match result.rows.first() {
                Some(row) => format!("{:?}", row[0]),
                None => "no row".to_owned(),
            },
            Err(error) => {
                let text = error.render(&Source::new("query", &text), 0);
                text.lines().next().unwrap_or_default().to_owned()
            }
        }
    };
    std::thread::Builder::new()
        .stack_size(256 * 1024)
        .spawn(run)
        .expect("a thread can be made")
        .join()
        .expect("the statement was refused or ran")
}

fn nested(depth: usize, open: &str, inner: &str, close: &str) -> String {
    format!("{}{inner}{}", open.repeat(depth), close.repeat(depth))
}

#[test]
fn what_is_too_deep_is_refused() {
    let mut answers = String::new();
    for (open, inner, close) in [
        ("(", "1", ")"),
        ("[", "1", "]"),
        ("{a: ", "1", "}"),
        ("NOT ", "true", ""),
        ("CASE WHEN true THEN ", "1", " END"),
        ("-", "1", ""),
        ("size(", "[]", ")"),
        ("EXISTS { MATCH (n) WHERE ", "true", " }"),
        ("1 + ", "1", ""),
    ] {
        let answer = run_on_small_stack(format!("RETURN {}", nested(10_000, open, inner, close)));
        writeln!(answers, "{open:27}{answer}").expect("writing to a string");
    }
    expect![[r#"
        (                          error: brackets and `CASE` nest deeper than 200 levels
        [                          error: brackets and `CASE` nest deeper than 200 levels
        {a:                        error: brackets and `CASE` nest deeper than 200 levels
        NOT                        error: an expression nests or chains more than 1000 operators
        CASE WHEN true THEN        error: brackets and `CASE` nest deeper than 200 levels
        -                          error: an expression nests or chains more than 1000 operators
        size(                      error: brackets and `CASE` nest deeper than 200 levels
        EXISTS { MATCH (n) WHERE   error: brackets and `CASE` nest deeper than 200 levels
        1 +                        error: an expression nests or chains more than 1000 operators
    "#]]
    .assert_eq(&answers);
}

#[test]
fn what_just_fits_runs() {
    let deepest = NESTING_LIMIT - 2;
    for text in [
        nested(deepest, "(", "1", ")"),
        nested(deepest, "[", "1", "]"),
        nested(deepest, "{a: ", "1", "}"),
        nested(deepest, "CASE WHEN true THEN ", "1", " END"),
        nested(deepest, "coalesce(", "1", ")"),
        nested(deepest / 2, "[x IN [1] | ", "1", "]"),
        nested(deepest / 2, "reduce(x = 0, y IN [1] | ", "1", ")"),
        nested(deepest / 2, "COUNT { MATCH (n) WHERE ", "true", " } > 0"),
        nested(deepest / 2, "COLLECT { RETURN ", "1", " }"),
        nested(HEIGHT_LIMIT - 2, "NOT ", "true", ""),
        nested(HEIGHT_LIMIT - 2, "- ", "1", ""),
        nested(HEIGHT_LIMIT - 2, "", "1", " + 1"),
    ] {
        let answer = run_on_small_stack(format!("RETURN {text} AS x"));
        assert!(
            !answer.starts_with("error"),
            "{}…: {answer}",
            &text[..text.len().min(60)]
        );
    }
}

#[test]
fn wide_statements_run() {
    let many = 2_000;
    let list = |item: &str, separator: &str| vec![item; many].join(separator);
    for text in [
        format!("RETURN [{}] AS x", list("1", ", ")),
        format!("RETURN {} AS x", list("true", " AND ")),
        format!("RETURN {} AS x", list("true", " OR ")),
        format!("WITH 1 AS x {} RETURN x", list("WITH x", " ")),
        format!(
            "WITH 1 AS x {} RETURN x",
            list("UNWIND [1] AS x0 WITH x", " ")
        ),
        list("RETURN 1 AS x", " UNION ALL "),
        list("RETURN 1 AS x", " UNION "),
        format!("CREATE {} RETURN 1", list("(:A)-[:R]->(:B)", ", ")),
        format!("MATCH (a){} RETURN 1", list("-[:R]->()", "")),
        format!("WITH 1 AS x {} RETURN x", list("MATCH (n)", " ")),
        format!("WITH 1 AS x {} RETURN x", list("OPTIONAL MATCH (n)", " ")),
        format!("CREATE (n) {} RETURN 1", list("SET n.a = 1", " ")),
        format!("WITH 1 AS x {} RETURN x", list("CALL { CREATE (:A) }", " ")),
    ] {
        let answer = run_on_small_stack(text.clone());
        assert!(
            !answer.starts_with("error"),
            "{}…: {answer}",
            &text[..text.len().min(60)]
        );
    }
}
