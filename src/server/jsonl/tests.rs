use std::io::{Error, Write};

use expect_test::{Expect, expect};

use super::*;

/// The answers to requests, one a line, with the times taken out.
fn answers(requests: &[u8], longest: usize) -> String {
    let mut output = Vec::new();
    converse(
        &Database::new(),
        &Limits::default(),
        requests,
        &mut output,
        longest,
    )
    .expect("memory takes all answers");
    let text = String::from_utf8(output).expect("an answer is text");
    let lines = text
        .lines()
        .map(|line| match line.split_once("\"elapsed_ms\":") {
            Some((before, _)) => format!("{before}\"elapsed_ms\":…}}\n"),
            None => format!("{line}\n"),
        });
    lines.collect()
}

fn check(requests: &str, expected: &Expect) {
    expected.assert_eq(&answers(requests.as_bytes(), LONGEST_LINE));
}

#[test]
fn a_run_answers_with_columns_rows_and_counts() {
    check(
        r#"{"op":"run","query":"CREATE (区:District {name: $名, 面积: 166.31}) RETURN 区, 区.name AS 名","params":{"名":"坪山区"}}
{"op":"run","query":"MATCH (区) RETURN count(*) AS 数, [1, 2.0, null, date('2024-01-17')] AS 值"}"#,
        &expect![[r#"
            {"columns":["区","名"],"rows":[[{"~node":{"id":0,"labels":["District"],"props":{"name":"坪山区","面积":166.31}}},"坪山区"]],"stats":{"nodes_created":1,"nodes_deleted":0,"relationships_created":0,"relationships_deleted":0,"properties_set":2,"labels_added":1,"labels_removed":0},"elapsed_ms":…}
            {"columns":["数","值"],"rows":[[1,[1,2.0,null,{"~temporal":"2024-01-17","type":"Date"}]]],"stats":{"nodes_created":0,"nodes_deleted":0,"relationships_created":0,"relationships_deleted":0,"properties_set":0,"labels_added":0,"labels_removed":0},"elapsed_ms":…}
        "#]],
    );
}

#[test]
fn an_error_says_what_and_where_and_what_to_do() {
    check(
        r#"{"op":"run","query":"MATCH (企业)\nRETURN '坪山', 企 AS x"}
{"op":"run","query":"RETURN 1 / 0"}
{"op":"run","query":"RETURN $x"}"#,
        &expect![[r#"
            {"error":{"type":"SyntaxError","phase":"compile time","detail":"UndefinedVariable","message":"the variable `企` is not defined here","line":2,"column":14}}
            {"error":{"type":"ArithmeticError","phase":"runtime","detail":"DivisionByZero","message":"division by zero","line":1,"column":8}}
            {"error":{"type":"ParameterMissing","phase":"compile time","detail":"MissingParameter","message":"the parameter $x has no value","help":"give it a value: `-P x=…`, or `:param x => …` at the prompt","line":1,"column":8}}
        "#]],
    );
}

#[test]
fn a_warning_says_where_too() {
    check(
        r#"{"op":"run","query":"CREATE (:District)"}
{"op":"run","query":"MATCH (n:Distrikt) RETURN n"}"#,
        &expect![[r#"
            {"columns":[],"rows":[],"stats":{"nodes_created":1,"nodes_deleted":0,"relationships_created":0,"relationships_deleted":0,"properties_set":0,"labels_added":1,"labels_removed":0},"elapsed_ms":…}
            {"columns":["n"],"rows":[],"stats":{"nodes_created":0,"nodes_deleted":0,"relationships_created":0,"relationships_deleted":0,"properties_set":0,"labels_added":0,"labels_removed":0},"warnings":[{"message":"no node bears the label `Distrikt`","help":"did you mean `District`?","line":1,"column":10}],"elapsed_ms":…}
        "#]],
    );
}

#[test]
fn many_runs_share_one_answer() {
    check(
        r#"{"op":"run_many","query":"CREATE (:Park {name: $name})","params_list":[{"name":"a"},{"name":"b"}]}
{"op":"run_many","query":"CREATE (:Park {name: toInteger($name)})","params_list":[{"name":"1"},{"name":[]},{"name":"3"}]}
{"op":"run","query":"MATCH (p:Park) RETURN collect(p.name) AS names"}"#,
        &expect![[r#"
            {"elapsed_ms":…}
            {"error":{"type":"TypeError","phase":"runtime","detail":"InvalidArgumentValue","message":"toInteger takes a number, BOOLEAN or STRING, found LIST","line":1,"column":22,"index":1}}
            {"columns":["names"],"rows":[[["a","b",1]]],"stats":{"nodes_created":0,"nodes_deleted":0,"relationships_created":0,"relationships_deleted":0,"properties_set":0,"labels_added":0,"labels_removed":0},"elapsed_ms":…}
        "#]],
    );
}

#[test]
fn a_reset_forgets_the_graph_and_the_procedures() {
    check(
        r#"{"op":"procedure","signature":"test.population(year :: INTEGER?) :: (n :: INTEGER?)","columns":["year","n"],"rows":[[2022,55],[2023,56]]}
{"op":"run","query":"CALL test.population(2023)"}
{"op":"reset"}
{"op":"run","query":"CALL test.population(2023)"}"#,
        &expect![[r#"
            {"ok":true}
            {"columns":["n"],"rows":[[56]],"stats":{"nodes_created":0,"nodes_deleted":0,"relationships_created":0,"relationships_deleted":0,"properties_set":0,"labels_added":0,"labels_removed":0},"elapsed_ms":…}
            {"ok":true}
            {"error":{"type":"ProcedureError","phase":"compile time","detail":"ProcedureNotFound","message":"there is no procedure test.population","line":1,"column":6}}
        "#]],
    );
}

#[test]
fn a_transaction_is_kept_or_taken_back_as_a_whole() {
    check(
        r#"{"op":"commit"}
{"op":"begin"}
{"op":"begin"}
{"op":"run_many","query":"CREATE (:Park {name: $name})","params_list":[{"name":"a"},{"name":"b"}]}
{"op":"rollback"}
{"op":"run","query":"begin transaction"}
{"op":"run","query":"CREATE (:Park {name: 'c'})"}
{"op":"run","query":"CREATE (:Park {name: 1 / 0})"}
{"op":"run","query":"COMMIT"}
{"op":"run","query":"MATCH (p:Park) RETURN collect(p.name) AS names"}
{"op":"rollback"}"#,
        &expect![[r#"
            {"error":{"type":"TransactionError","phase":"runtime","detail":"NotOpen","message":"no transaction is open","help":"BEGIN opens one"}}
            {"ok":true}
            {"error":{"type":"TransactionError","phase":"runtime","detail":"AlreadyOpen","message":"a transaction is already open","help":"end it first with COMMIT or ROLLBACK"}}
            {"elapsed_ms":…}
            {"ok":true}
            {"columns":[],"rows":[],"stats":{"nodes_created":0,"nodes_deleted":0,"relationships_created":0,"relationships_deleted":0,"properties_set":0,"labels_added":0,"labels_removed":0},"elapsed_ms":…}
            {"columns":[],"rows":[],"stats":{"nodes_created":1,"nodes_deleted":0,"relationships_created":0,"relationships_deleted":0,"properties_set":1,"labels_added":1,"labels_removed":0},"elapsed_ms":…}
            {"error":{"type":"ArithmeticError","phase":"runtime","detail":"DivisionByZero","message":"division by zero","line":1,"column":22}}
            {"columns":[],"rows":[],"stats":{"nodes_created":0,"nodes_deleted":0,"relationships_created":0,"relationships_deleted":0,"properties_set":0,"labels_added":0,"labels_removed":0},"elapsed_ms":…}
            {"columns":["names"],"rows":[[["c"]]],"stats":{"nodes_created":0,"nodes_deleted":0,"relationships_created":0,"relationships_deleted":0,"properties_set":0,"labels_added":0,"labels_removed":0},"elapsed_ms":…}
            {"error":{"type":"TransactionError","phase":"runtime","detail":"NotOpen","message":"no transaction is open","help":"BEGIN opens one"}}
        "#]],
    );
}

#[test]
fn another_graph_is_opened_or_the_one_before_stays() {
    check(
        r#"{"op":"run","query":"CREATE (:Park)"}
{"op":"open"}
{"op":"open","path":"no/such.ron"}
{"op":"run","query":"MATCH (p:Park) RETURN count(*) AS parks"}"#,
        &expect![[r#"
            {"columns":[],"rows":[],"stats":{"nodes_created":1,"nodes_deleted":0,"relationships_created":0,"relationships_deleted":0,"properties_set":0,"labels_added":1,"labels_removed":0},"elapsed_ms":…}
            {"error":{"type":"ProtocolError","phase":"compile time","detail":"InvalidRequest","message":"a open needs a text in \"path\", found nothing"}}
            {"error":{"type":"FileError","phase":"compile time","detail":"Unreadable","message":"no/such.ron: No such file or directory (os error 2)"}}
            {"columns":["parks"],"rows":[[1]],"stats":{"nodes_created":0,"nodes_deleted":0,"relationships_created":0,"relationships_deleted":0,"properties_set":0,"labels_added":0,"labels_removed":0},"elapsed_ms":…}
        "#]],
    );
}

#[test]
fn whatever_a_line_holds_there_is_an_answer() {
    check(
        r#"{
[]
{}
{"op":"fly"}
{"op":7}
{"op":"run"}

{"op":"run","query":1}
{"op":"run","query":"RETURN 1","params":[]}
{"op":"run","query":"RETURN $x","params":{"x":{"~float":"much"}}}
{"op":"run","query":"RETURN $x","params":{"x":9223372036854775808}}
{"op":"run_many","query":"RETURN 1","params_list":{}}
{"op":"run_many","query":"RETURN 1","params_list":[{"x":{"~node":{}}}]}
{"op":"procedure","signature":"p"}
{"op":"procedure","signature":"p(a :: INTEGER?) :: (b :: STRING?)","rows":[[1]]}
"#,
        &expect![[r#"
            {"error":{"type":"ProtocolError","phase":"compile time","detail":"InvalidRequest","message":"the line is not JSON: EOF while parsing an object at line 1 column 1"}}
            {"error":{"type":"ProtocolError","phase":"compile time","detail":"InvalidRequest","message":"a request is an object with an \"op\": reset, load, open, run, run_many, begin, commit, rollback, procedure"}}
            {"error":{"type":"ProtocolError","phase":"compile time","detail":"InvalidRequest","message":"a request is an object with an \"op\": reset, load, open, run, run_many, begin, commit, rollback, procedure"}}
            {"error":{"type":"ProtocolError","phase":"compile time","detail":"InvalidRequest","message":"there is no op \"fly\"; there are reset, load, open, run, run_many, begin, commit, rollback, procedure"}}
            {"error":{"type":"ProtocolError","phase":"compile time","detail":"InvalidRequest","message":"there is no op 7; there are reset, load, open, run, run_many, begin, commit, rollback, procedure"}}
            {"error":{"type":"ProtocolError","phase":"compile time","detail":"InvalidRequest","message":"a run needs a text in \"query\", found nothing"}}
            {"error":{"type":"ProtocolError","phase":"compile time","detail":"InvalidRequest","message":"a run needs a text in \"query\", found a number"}}
            {"error":{"type":"ProtocolError","phase":"compile time","detail":"InvalidRequest","message":"a run needs the values of \"params\" in an object, found a list"}}
            {"error":{"type":"ProtocolError","phase":"compile time","detail":"InvalidRequest","message":"the parameter x: ~float takes \"NaN\", \"Infinity\" or \"-Infinity\", found \"much\""}}
            {"error":{"type":"ProtocolError","phase":"compile time","detail":"InvalidRequest","message":"the parameter x: the number 9223372036854775808 does not fit: integers have 64 bits, floats reach to ±1.8e308"}}
            {"error":{"type":"ProtocolError","phase":"compile time","detail":"InvalidRequest","message":"a run_many needs a list of objects in \"params_list\", found an object"}}
            {"error":{"type":"ProtocolError","phase":"compile time","detail":"InvalidRequest","message":"run 0, the parameter x: a value given to a query is no ~node: match the entity in the query instead"}}
            {"error":{"type":"ProtocolError","phase":"compile time","detail":"InvalidRequest","message":"this is no signature: p; write one like my.proc(a :: INTEGER?) :: (b :: STRING?)"}}
            {"error":{"type":"ProtocolError","phase":"compile time","detail":"InvalidRequest","message":"a row of this procedure has 2 values, its arguments and then its columns; row 0 has 1"}}
        "#]],
    );
}

#[test]
fn bytes_that_are_no_text_are_refused() {
    let requests = b"{\"op\":\"run\",\"query\":\"\xff\"}\n{\"op\":\"reset\"}";
    expect![[r#"
        {"error":{"type":"ProtocolError","phase":"compile time","detail":"InvalidRequest","message":"the line is not UTF-8 text (byte 21)"}}
        {"ok":true}
    "#]].assert_eq(&answers(requests, LONGEST_LINE));
}

#[test]
fn a_line_that_is_too_long_is_skipped() {
    let requests = format!("{}\n{{\"op\":\"reset\"}}", "x".repeat(100));
    expect![[r#"
        {"error":{"type":"ProtocolError","phase":"compile time","detail":"InvalidRequest","message":"the line is longer than 50 bytes; give long data in several runs, with UNWIND $rows"}}
        {"ok":true}
    "#]].assert_eq(&answers(requests.as_bytes(), 50));
}

#[test]
fn json_that_is_nested_too_deeply_is_refused() {
    let deep = "[".repeat(100_000);
    let requests = format!("{{\"op\":\"run\",\"params\":{deep}\n{{\"op\":\"reset\"}}");
    let text = answers(requests.as_bytes(), LONGEST_LINE);
    assert!(text.contains("recursion limit exceeded"), "{text}");
    assert!(text.ends_with("{\"ok\":true}\n"), "{text}");
}

/// A stream that nobody reads, or that fails for another reason.
struct Closed(ErrorKind);

impl Write for Closed {
    fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
        Err(Error::from(self.0))
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn only_an_output_that_nobody_reads_ends_the_conversation_quietly() {
    let serve_to = |kind| {
        let requests = b"{\"op\":\"reset\"}".as_slice();
        serve(&Database::new(), &Limits::default(), requests, Closed(kind))
            .map_err(|error| error.kind())
    };
    assert_eq!(serve_to(ErrorKind::BrokenPipe), Ok(()));
    assert_eq!(
        serve_to(ErrorKind::StorageFull),
        Err(ErrorKind::StorageFull)
    );
}

#[test]
fn a_folder_of_csv_files_takes_the_place_of_the_graph() {
    let folder = std::env::temp_dir().join(format!("tupu-jsonl-load-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a temporary folder");
    let write = |name: &str, text: &str| {
        std::fs::write(folder.join(name), text).expect("a temporary file");
    };
    write("a.csv", ":START_ID,:END_ID,:TYPE\n1,2,NEAR\n");
    write("b.csv", "id:ID,:LABEL\n1,District\n2,District\n");
    let dir = folder.to_str().expect("a path in UTF-8");
    let requests = format!(
        r#"{{"op":"run","query":"CREATE (:Old)"}}
{{"op":"load","dir":"{dir}"}}
{{"op":"run","query":"MATCH (n)-->(m) RETURN labels(n), n.id, m.id"}}
{{"op":"load","dir":"{dir}/none"}}
{{"op":"run","query":"MATCH (n) RETURN count(*)"}}
"#
    );
    let answers = answers(requests.as_bytes(), LONGEST_LINE).replace(dir, "DIR");
    let shown: Vec<&str> = answers
        .lines()
        .map(|line| line.split_once(",\"stats\"").map_or(line, |(rows, _)| rows))
        .map(|line| {
            line.split_once(",\"rss_mb\"")
                .map_or(line, |(counts, _)| counts)
        })
        .collect();
    std::fs::remove_dir_all(&folder).expect("the folder is ours");
    expect![[r#"
        {"nodes":2,"relationships":1
        {"columns":["labels(n)","n.id","m.id"],"rows":[[["District"],"1","2"]]
        {"error":{"type":"FileError","phase":"compile time","detail":"Unreadable","message":"DIR/none: No such file or directory (os error 2)"}}
        {"columns":["count(*)"],"rows":[[2]]"#]].assert_eq(&shown[1..].join("\n"));
}
