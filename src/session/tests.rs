//! What a session promises, statement by statement.

use std::time::Duration;

use expect_test::{Expect, expect};

use super::{Database, Error, QueryResult, Session};
use crate::plan::Optimization;
use crate::source::Source;
use crate::value::{Map, Value};

mod failing_disk;
mod groups;
mod hash_join;
mod limits;
mod nesting;
mod parallel;
mod transactions;

fn run(session: &mut Session, text: &str) -> Result<QueryResult, Error> {
    session.run(text, &Map::default())
}

fn session(setup: &str) -> Session {
    let mut session = Database::new().session();
    run(&mut session, setup).expect("the graph is set up");
    session
}

fn number(session: &mut Session, text: &str) -> i64 {
    let result = run(session, text).expect("the statement runs");
    result.rows[0][0].as_integer().expect("it gives a number")
}

fn check_error(error: &Error, text: &str, expected: Expect) {
    expected.assert_eq(&format!(
        "{} {} {}\n{}\n",
        error.phase().name(),
        error.class(),
        error.detail(),
        error.render(&Source::new("query", text), 0)
    ));
}

#[test]
fn a_statement_that_fails_changes_nothing() {
    let mut session =
        session("CREATE (:企业 {名称: '甲', 员工: 1})-[:供应 {年: 2020}]->(:企业 {名称: '乙'})");
    let before = session.database().to_ron();
    for text in [
        "UNWIND [1, 0] AS 数 CREATE (:新 {数: 1 / 数})",
        "MATCH (企:企业) SET 企.员工 = 9 / (size(企.名称) - 1)",
        "MATCH (企:企业) SET 企:新 REMOVE 企.名称 WITH 企 RETURN 1 / 0",
        "MATCH ()-[供:供应]->() DELETE 供 WITH 供 RETURN 1 / 0",
        "MATCH (企:企业 {名称: '甲'}) DETACH DELETE 企 WITH 1 AS 一 RETURN 一 / 0",
        "MERGE (新:新 {数: 1}) ON CREATE SET 新.商 = 1 / 0",
        "MATCH (企:企业) CREATE (企)-[:新]->(:新) WITH count(*) AS 数 CALL { CREATE (:新) } RETURN 数 / 0",
    ] {
        let error = run(&mut session, text).expect_err(text);
        assert_eq!(error.detail(), "DivisionByZero", "{text}: {error}");
        assert_eq!(session.database().to_ron(), before, "{text}");
    }
    assert_eq!(
        number(&mut session, "MATCH (企:企业) RETURN sum(企.员工)"),
        1
    );
}

#[test]
fn a_session_that_only_reads_refuses_what_writes() {
    let mut session = session("CREATE (:企业)");
    session.is_read_only = true;
    for text in [
        "CREATE (:企业)",
        "MATCH (企:企业) SET 企.a = 1",
        "MATCH (企:企业) REMOVE 企:企业",
        "MATCH (企:企业) DELETE 企",
        "MERGE (:企业)",
        "MATCH (企:企业) CALL { CREATE (:新) } RETURN 企",
        "EXPLAIN CREATE (:企业)",
    ] {
        assert!(
            matches!(run(&mut session, text), Err(Error::ReadOnly)),
            "{text}"
        );
    }
    assert_eq!(number(&mut session, "MATCH (企:企业) RETURN count(*)"), 1);
}

#[test]
fn sessions_of_one_database_see_each_others_writes() {
    let database = Database::new();
    let (mut one, mut other) = (database.session(), database.session());
    run(&mut one, "CREATE (:企业)").expect("one writes");
    assert_eq!(number(&mut other, "MATCH (企:企业) RETURN count(*)"), 1);
}

#[test]
fn a_view_and_a_result_stay_as_they_were() {
    let mut session = session("CREATE (:企业 {名称: '甲'})");
    let view = session.database().view();
    let result = run(&mut session, "MATCH (企:企业) RETURN 企").expect("it runs");
    run(&mut session, "MATCH (企:企业) DELETE 企").expect("it runs");
    assert_eq!(view.node_count(), 1);
    assert_eq!(session.database().view().node_count(), 0);
    let [Value::Node(node)] = result.rows[0][..] else {
        panic!("the result is a node");
    };
    let data = &result.entities.nodes[&node];
    assert_eq!(data.properties["名称"].as_str(), Some("甲"));
}

#[test]
fn what_is_saved_is_what_is_opened() {
    let session = session(
        "CREATE (:企业 {名称: '甲', 别名: ['a', 'b']})-[:供应 {年: 2020}]->(:企业 {名称: '乙'})",
    );
    let text = session.database().to_ron();
    let opened =
        Database::from_sources(&[("saved.ron", &text)]).expect("what was written is a graph");
    assert_eq!(opened.to_ron(), text);
}

#[test]
fn explain_shows_a_plan_and_runs_nothing() {
    let mut session = session("CREATE (:企业)");
    let result = run(&mut session, "EXPLAIN MATCH (企:企业) DELETE 企").expect("it is planned");
    assert!(!result.has_rows && result.rows.is_empty() && result.counters.is_empty());
    assert!(result.plan.is_some_and(|plan| plan.contains("Delete")));
    assert_eq!(number(&mut session, "MATCH (企:企业) RETURN count(*)"), 1);
}

#[test]
fn profile_counts_the_rows_of_every_operator() {
    let mut session = session("UNWIND range(1, 7) AS 号 CREATE (:企业 {号: 号})");
    let text = "PROFILE MATCH (企:企业) WHERE 企.号 > 2 AND EXISTS { (企) } WITH 企 LIMIT 3 RETURN count(*) AS 数";
    for optimization in [Optimization::Plain, Optimization::Full] {
        session.optimization = optimization;
        let result = run(&mut session, text).expect("it runs");
        let plan = result.plan.expect("a profile has a plan");
        let actual = |operator: &str| {
            let line = plan.lines().find(|line| line.contains(operator));
            let line = line.unwrap_or_else(|| panic!("no {operator} in\n{plan}"));
            let words: Vec<&str> = line.split_whitespace().collect();
            let at = words.iter().position(|word| *word == "actual");
            words[at.expect("a profile has actual rows") - 1].to_owned()
        };
        assert_eq!(actual("NodeByLabelScan"), "7");
        assert_eq!(actual("Limit"), "3");
        assert_eq!(actual("HashAggregate"), "1");
        assert_eq!(result.rows, [[Value::from(3)]]);
    }
}

#[test]
fn a_missing_parameter_is_named() {
    let text = "RETURN $甲 + $乙";
    let error = Database::new()
        .session()
        .run(text, &[("甲".into(), Value::from(1))].into_iter().collect())
        .expect_err("乙 has no value");
    check_error(
        &error,
        text,
        expect![[r#"
        compile time ParameterMissing MissingParameter
        error: the parameter $乙 has no value
         --> query:1:13
        1 | RETURN $甲 + $乙
          |              ^^^
        help: give it a value: `-P 乙=…`, or `:param 乙 => …` at the prompt
    "#]],
    );
}

#[test]
fn an_error_knows_its_place_in_a_script() {
    let script = "RETURN 1;\nMATCH (企) RETURN 企业;";
    let statement = "MATCH (企) RETURN 企业";
    let error = run(&mut Database::new().session(), statement).expect_err("企业 is not bound");
    expect![[r#"
        error: the variable `企业` is not defined here
         --> script.cypher:2:18
        2 | MATCH (企) RETURN 企业;
          |                   ^^^^"#]]
    .assert_eq(&error.render(&Source::new("script.cypher", script), 10));
}

#[test]
fn a_file_that_is_missing_is_named() {
    let error = Database::open(&["no/such/图谱.ron".into()]).expect_err("there is no such file");
    assert_eq!((error.class(), error.detail()), ("FileError", "Unreadable"));
    assert!(
        error.to_string().starts_with("no/such/图谱.ron: "),
        "{error}"
    );
}

#[test]
fn a_statement_can_be_followed_by_its_semicolon() {
    let mut session = Database::new().session();
    session.limits.timeout = Some(Duration::from_mins(1));
    for text in [
        "RETURN 1;",
        "RETURN 1；",
        "RETURN 1 ; // 完",
        " RETURN 1\n;\n",
    ] {
        assert_eq!(number(&mut session, text), 1, "{text}");
    }
}
