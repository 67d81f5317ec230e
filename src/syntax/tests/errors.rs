use expect_test::expect_file;

use crate::source::Source;
use crate::syntax::parse;

/// Each line of the file is a wrong statement, followed by what is said about it.
#[test]
fn errors_say_what_was_found_and_expected_and_what_to_do() {
    let expected = expect_file!["errors.txt"];
    let text = std::fs::read_to_string("src/syntax/tests/errors.txt")
        .expect("the file stands beside the test");
    let queries = text.lines().filter_map(|line| line.strip_prefix("> "));
    let messages: Vec<_> = queries
        .map(|query| format!("> {query}\n{}", message(query)))
        .collect();
    expected.assert_eq(&messages.join("\n"));
}

fn message(query: &str) -> String {
    let error = match parse(query) {
        Ok(statement) => return format!("read as {statement}\n"),
        Err(error) => error,
    };
    let help = error
        .help()
        .map_or(String::new(), |help| format!("help: {help}\n"));
    let excerpt = Source::new("<query>", query).excerpt(error.span);
    format!("{}: {error}\n{excerpt}\n{help}", error.detail())
}
