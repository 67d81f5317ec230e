use crate::syntax::{HEIGHT_LIMIT, NESTING_LIMIT, parse};

/// Parses on a thread whose stack is as small as a program's own thread may have it.
fn parse_on_small_stack(text: String) -> Result<(), &'static str> {
    let parse = move || parse(&text).map(drop).map_err(|error| error.detail());
    let thread = std::thread::Builder::new()
        .stack_size(2 * 1024 * 1024)
        .spawn(parse)
        .expect("a thread starts");
    thread.join().expect("parsing never panics")
}

fn nested(depth: usize, open: &str, inner: &str, close: &str) -> String {
    format!(
        "RETURN {}{inner}{}",
        open.repeat(depth),
        close.repeat(depth)
    )
}

const NESTINGS: [(&str, &str, &str); 15] = [
    ("(", "1", ")"),
    ("[", "1", "]"),
    ("{a: ", "1", "}"),
    ("f(", "1", ")"),
    ("a[", "1", "]"),
    ("CASE WHEN ", "1", " THEN 1 END"),
    ("CASE ", "1", " WHEN 1 THEN 1 END"),
    ("[x IN ", "xs", "]"),
    ("[x IN xs | ", "x", "]"),
    ("all(x IN xs WHERE ", "x", ")"),
    ("reduce(a = 0, x IN xs | ", "x", ")"),
    ("EXISTS { RETURN ", "1", " }"),
    ("n {a: ", "1", "}"),
    ("1 + (", "1", ")"),
    ("[(a)-->(b) | ", "1", "]"),
];

#[test]
fn nesting_within_the_limit_is_parsed_on_any_stack() {
    for (open, inner, close) in NESTINGS {
        let brackets =
            open.matches(['(', '[', '{']).count() - open.matches([')', ']', '}']).count();
        let depth = (NESTING_LIMIT - 5) / brackets.max(1);
        let parsed = parse_on_small_stack(nested(depth, open, inner, close));
        assert!(parsed.is_ok(), "{open}: {parsed:?}");
    }
}

#[test]
fn nesting_beyond_the_limit_is_refused() {
    for (open, inner, close) in NESTINGS {
        assert_eq!(
            parse_on_small_stack(nested(10_000, open, inner, close)),
            Err("NestingTooDeep"),
            "{open}"
        );
        assert_eq!(
            parse_on_small_stack(nested(10_000, open, "", "")),
            Err("NestingTooDeep"),
            "{open}"
        );
    }
}

#[test]
fn long_chains_are_refused_where_their_tree_would_be_high() {
    let chains = [
        nested(10_000, "NOT ", "1", ""),
        nested(10_000, "- ", "1", ""),
        nested(10_000, "", "1", " + 1"),
        nested(10_000, "", "1", " ^ 1"),
        nested(10_000, "", "a", ".a"),
        nested(10_000, "", "a", "[0]"),
        nested(10_000, "", "a", " IS NULL"),
        nested(10_000, "", "a", " IN a"),
    ];
    for chain in chains {
        assert_eq!(
            parse_on_small_stack(chain.clone()),
            Err("ExpressionTooDeep"),
            "{}",
            &chain[..20]
        );
    }
    assert_eq!(
        parse_on_small_stack(format!("MATCH (:{}A) RETURN 1", "!".repeat(10_000))),
        Err("NestingTooDeep")
    );
}

#[test]
fn chains_within_the_limit_are_parsed() {
    for (prefix, suffix) in [
        ("NOT ", ""),
        ("- ", ""),
        ("", " + 1"),
        ("", ".a"),
        ("", "[0]"),
    ] {
        let parsed = parse_on_small_stack(nested(HEIGHT_LIMIT - 2, prefix, "a", suffix));
        assert!(parsed.is_ok(), "{prefix}{suffix}: {parsed:?}");
    }
}

#[test]
fn wide_statements_are_parsed() {
    let wide = [
        nested(10_000, "", "a.x + 1 = 2", " OR a.x + 1 = 2"),
        nested(10_000, "", "1", " < 2"),
        nested(10_000, "", "1", ", 1"),
        format!("RETURN [{}1]", "-1 + 1, ".repeat(10_000)),
        format!("MATCH (a){} RETURN 1", "-->()".repeat(10_000)),
        format!("{}RETURN 1", "MATCH (a) ".repeat(10_000)),
        format!("RETURN 1{}", " UNION RETURN 1".repeat(10_000)),
    ];
    for text in wide {
        let parsed = parse_on_small_stack(text.clone());
        assert!(parsed.is_ok(), "{}: {parsed:?}", &text[..20]);
    }
}

#[test]
fn an_error_deep_inside_is_found_without_trying_all_readings() {
    for (open, ..) in NESTINGS {
        let brackets =
            open.matches(['(', '[', '{']).count() - open.matches([')', ']', '}']).count();
        let depth = (NESTING_LIMIT - 5) / brackets.max(1);
        assert_eq!(
            parse_on_small_stack(nested(depth, open, ",", "")),
            Err("UnexpectedSyntax"),
            "{open}"
        );
    }
    for open in [
        "(a)-[{k: ",
        "shortestPath((a {k: ",
        "[(a)-->(b) WHERE (",
        "(n {a: ",
        "exists((a)-[{c: ",
    ] {
        let depth = 60;
        assert_eq!(
            parse_on_small_stack(nested(depth, open, ",", "")),
            Err("UnexpectedSyntax"),
            "{open}"
        );
    }
}
