//! Limits of time and size, and cancelling.

use std::time::{Duration, Instant};

use expect_test::expect;

use super::{check_error, number, run, session};
use crate::session::{Database, Error, Session};

/// Statements that would run for hours.
const ENDLESS: [&str; 7] = [
    "UNWIND range(1, 100000000) AS 甲 RETURN max(甲)",
    "RETURN reduce(和 = 0, 甲 IN range(1, 100000000) | 和 + 甲)",
    "RETURN size([甲 IN range(1, 10000) WHERE all(乙 IN range(1, 10000) WHERE 乙 > 0)])",
    "MATCH (甲), (乙), (丙), (丁), (戊) RETURN count(*)",
    "MATCH 路 = (甲)-[*]-(乙) RETURN count(*)",
    "MATCH (甲), (乙) WHERE COUNT { (丙), (丁), (戊) } > 1 RETURN count(*)",
    "MATCH (甲), (乙), (丙), (丁), (戊) WHERE 甲.号 = 戊.号 RETURN count(*)",
];

#[test]
fn time_ends_whatever_runs() {
    let mut session = session(
        "UNWIND range(1, 60) AS 号 CREATE (:点 {号: 号}) WITH count(*) AS 数
         MATCH (甲:点), (乙:点) WHERE 甲.号 < 乙.号 CREATE (甲)-[:连]->(乙)",
    );
    session.limits.timeout = Some(Duration::from_millis(50));
    for text in ENDLESS {
        let start = Instant::now();
        let error = run(&mut session, text).expect_err(text);
        assert!(error.is_limit() && !error.is_cancelled(), "{text}: {error}");
        assert!(start.elapsed() < Duration::from_secs(5), "{text}");
    }
    let error = run(&mut session, ENDLESS[3]).expect_err("it takes too long");
    check_error(
        &error,
        ENDLESS[3],
        expect![[r#"
        runtime LimitError Timeout
        error: the statement took longer than 0.05 s
        help: allow more time (--timeout), or ask for less
    "#]],
    );
}

#[test]
fn what_is_cancelled_leaves_nothing_behind() {
    let mut session = session("UNWIND range(1, 100) AS 号 CREATE (:点 {号: 号})");
    let handle = session.cancel_handle();
    std::thread::scope(|scope| {
        let text = "MATCH (甲), (乙), (丙), (丁) CREATE (:新)";
        let running = scope.spawn(|| run(&mut session, text));
        // Cancelling before the statement has begun has no effect, so it is done until it has one.
        while !running.is_finished() {
            handle.cancel();
            std::thread::yield_now();
        }
        let error = running
            .join()
            .expect("no panic")
            .expect_err("it was cancelled");
        assert!(error.is_cancelled(), "{error}");
    });
    assert_eq!(number(&mut session, "MATCH (甲) RETURN count(*)"), 100);
}

#[test]
fn a_cancellation_between_two_statements_is_for_neither() {
    let mut session = Database::new().session();
    session.cancel_handle().cancel();
    assert_eq!(number(&mut session, "RETURN 1"), 1);
}

#[test]
fn rows_are_counted() {
    let mut session = Database::new().session();
    session.limits.max_rows = Some(3);
    let result = run(&mut session, "UNWIND [1, 2, 3] AS 数 RETURN 数").expect("three are allowed");
    assert_eq!(result.rows.len(), 3);
    let text = "UNWIND range(1, 1000000) AS 数 RETURN 数";
    let error = run(&mut session, text).expect_err("four are too many");
    check_error(
        &error,
        text,
        expect![[r#"
        runtime LimitError RowLimit
        error: the statement gives more than 3 rows
        help: allow more rows (--max-rows), or add LIMIT
    "#]],
    );
}

/// Statements that would hold more and more.
const GREEDY: [&str; 23] = [
    "UNWIND range(1, 100000000) AS 甲 RETURN 甲",
    "UNWIND range(1, 100000000) AS 甲 RETURN collect(甲)",
    "UNWIND range(1, 100000000) AS 甲 RETURN count(DISTINCT 甲)",
    "UNWIND range(1, 100000000) AS 甲 RETURN percentileCont(甲, 0.5)",
    "UNWIND range(1, 100000000) AS 甲 WITH DISTINCT 甲 RETURN count(*)",
    "UNWIND range(1, 100000000) AS 甲 WITH 甲 ORDER BY -甲 RETURN max(甲)",
    "UNWIND range(1, 100000000) AS 甲 WITH 甲 % 50000000 AS 乙, count(*) AS 数 RETURN max(数)",
    "UNWIND range(1, 100000000) AS 甲 CREATE (:新 {号: 甲})",
    "UNWIND range(1, 100000000) AS 甲 MERGE (:新 {号: range(甲, 甲 + 500)})",
    "MATCH (点) WITH 点 LIMIT 1 UNWIND range(1, 100000000) AS 甲 SET 点.号 = 甲",
    "MATCH (甲), (乙), (丙), (丁), (戊) RETURN collect(甲)",
    "MATCH (甲) WHERE size(COLLECT { MATCH (乙), (丙), (丁), (戊) RETURN 乙 }) > 0 RETURN 甲",
    "MATCH 路 = (甲)-[*]-(乙) RETURN 路",
    "MATCH 路 = SHORTEST 100000000 (甲)-[:连]-+(乙) RETURN count(路)",
    "OPTIONAL MATCH (甲), (乙), (丙), (丁), (戊) RETURN 甲",
    "RETURN range(0, 1000000000000)",
    "RETURN [甲 IN range(1, 100000000) | toString(甲)]",
    "RETURN size(reduce(文 = 'ab', 甲 IN range(1, 60) | 文 + 文))",
    "RETURN size(reduce(列 = [1], 甲 IN range(1, 60) | 列 + 列))",
    "WITH reduce(文 = 'ab', 甲 IN range(1, 16) | 文 + 文) AS 文 RETURN size(replace(文, 'a', 文))",
    "WITH reduce(文 = 'ab', 甲 IN range(1, 20) | 文 + 文) AS 文 RETURN size(split(文, ''))",
    "UNWIND range(1, 1000) AS 甲 RETURN range(甲, 100000)",
    "MATCH (甲) OPTIONAL MATCH (乙:点 {号: 1})-[:连]->()-[:连]->()-[:连]->()-[:连]->(丙)
     WHERE 甲.号 = 丙.号 AND 乙.号 < 2 RETURN max(丙.号)",
];

/// Values that are deeper, or larger when written out, than what they hold shows.
const TWISTED: [(&str, &str); 6] = [
    (
        "RETURN reduce(列 = [], 甲 IN range(1, 1000000) | [列])",
        "NestingLimit",
    ),
    (
        "RETURN keys(reduce(图 = {}, 甲 IN range(1, 1000000) | {内: [图]}))",
        "NestingLimit",
    ),
    (
        "RETURN reduce(列 = [1], 甲 IN range(1, 60) | [列, 列])",
        "MemoryLimit",
    ),
    (
        "WITH reduce(列 = [1], 甲 IN range(1, 60) | [列, 列]) AS 列 RETURN DISTINCT 列",
        "MemoryLimit",
    ),
    (
        "WITH reduce(列 = [1], 甲 IN range(1, 15) | [列, 列]) AS 列 RETURN [列, 列, 列, 列]",
        "MemoryLimit",
    ),
    (
        "MATCH (点) WITH 点 LIMIT 1 SET 点.深 = reduce(列 = [], 甲 IN range(1, 500) | [列])",
        "InvalidPropertyType",
    ),
];

#[test]
fn nesting_is_bounded_also_where_what_is_inside_is_shared() {
    let mut session = session(COMPLETE);
    session.limits.max_memory = Some(1 << 20);
    for (text, detail) in TWISTED {
        let error = run(&mut session, text).expect_err(text);
        assert_eq!(error.detail(), detail, "{text}: {error}");
    }
    let mut chain = "WITH [] AS 列 ".to_owned();
    chain.push_str(&"WITH [列] AS 列 ".repeat(1200));
    let error = run(&mut session, &format!("{chain}RETURN 列")).expect_err("it is too deep");
    assert_eq!(error.detail(), "NestingLimit", "{error}");
    assert!(run(&mut session, &format!("{chain}RETURN 1")).is_ok());
}

const COMPLETE: &str = "UNWIND range(1, 60) AS 号 CREATE (:点 {号: 号}) WITH count(*) AS 数
     MATCH (甲:点), (乙:点) WHERE 甲.号 < 乙.号 CREATE (甲)-[:连]->(乙)";

#[test]
fn memory_is_bounded_wherever_it_grows() {
    let mut session = session(COMPLETE);
    session.limits.max_memory = Some(4 << 20);
    // So that a fault shows as a wrong error, and not as a machine without memory.
    session.limits.timeout = Some(Duration::from_secs(20));
    for text in GREEDY {
        let error = run(&mut session, text).expect_err(text);
        assert_eq!(error.detail(), "MemoryLimit", "{text}: {error}");
        let view = session.view();
        assert_eq!(
            (view.node_count(), view.relationship_count()),
            (60, 1770),
            "{text}"
        );
    }
    check_error(
        &run(&mut session, GREEDY[0]).expect_err("it is too much"),
        GREEDY[0],
        expect![[r#"
            runtime LimitError MemoryLimit
            error: the statement needs more than 4 MB of memory
            help: allow more memory (--max-memory), or ask for less
        "#]],
    );
}

#[test]
fn a_transaction_may_hold_no_more_than_a_statement() {
    const TEXT: &str = "UNWIND range(1, 5000) AS 甲 CREATE (:新 {号: 甲})";
    let mut session = session("CREATE (:点 {号: 0})");
    session.limits.max_memory = Some(4 << 20);
    let within = |session: &mut Session| {
        run(session, "BEGIN").expect("none is open");
        for count in 0..100 {
            if let Err(error) = run(session, TEXT) {
                return (count * 5000, error);
            }
        }
        panic!("nothing bounds a transaction");
    };
    let (made, error) = within(&mut session);
    check_error(
        &error,
        TEXT,
        expect![[r#"
        runtime LimitError MemoryLimit
        error: the transaction needs more than 4 MB of memory, of which 3.2 MB hold what it has changed before this statement
        help: COMMIT more often, allow more memory (--max-memory), or ask for less
    "#]],
    );
    assert!(made > 0, "one statement fits");
    assert_eq!(number(&mut session, "MATCH (甲:新) RETURN count(*)"), made);
    run(&mut session, "COMMIT").expect("one is open");
    let (more, _) = within(&mut session);
    assert_eq!(more, made, "a new transaction has all of it");
    run(&mut session, "ROLLBACK").expect("one is open");
    run(&mut session, TEXT).expect("it is its own transaction");
    assert_eq!(
        number(&mut session, "MATCH (甲:新) RETURN count(*)"),
        made + 5000
    );
}

#[test]
fn indexes_and_constraints_are_made_within_the_limits() {
    let mut session = session("UNWIND range(1, 20000) AS 甲 CREATE (:点 {号: 甲})");
    let texts = [
        "CREATE INDEX FOR (n:点) ON (n.号)",
        "CREATE CONSTRAINT FOR (n:点) REQUIRE n.号 IS UNIQUE",
        "CREATE CONSTRAINT FOR (n:点) REQUIRE n.号 IS NOT NULL",
        "CREATE CONSTRAINT FOR (n:点) REQUIRE n.号 IS NODE KEY",
    ];
    for text in texts {
        session.limits.timeout = Some(Duration::ZERO);
        let error = run(&mut session, text).expect_err(text);
        assert_eq!(error.detail(), "Timeout", "{text}: {error}");
        session.limits.timeout = None;
        session.limits.max_memory = Some(100_000);
        let error = run(&mut session, text).expect_err(text);
        assert_eq!(error.detail(), "MemoryLimit", "{text}: {error}");
        session.limits.max_memory = None;
        for shown in ["SHOW INDEXES", "SHOW CONSTRAINTS"] {
            let result = run(&mut session, shown).expect("it shows");
            assert!(result.rows.is_empty(), "{text} left something");
        }
    }
    for text in [texts[0], texts[2]] {
        run(&mut session, text).expect("without limits it is made");
    }
}

#[test]
fn what_streams_needs_no_memory() {
    let mut session = session(COMPLETE);
    session.limits.max_memory = Some(1 << 20);
    for text in [
        "UNWIND range(1, 100000) AS 甲 RETURN max(甲)",
        "UNWIND range(1, 100000) AS 甲 RETURN count(DISTINCT 甲 % 10)",
        "UNWIND range(1, 100000) AS 甲 WITH 甲 % 7 AS 乙, sum(甲) AS 和 RETURN max(和)",
        "UNWIND range(1, 100000) AS 甲 WITH 甲 ORDER BY -甲 LIMIT 3 RETURN max(甲)",
        "UNWIND range(1, 1000) AS 甲 RETURN max(size(range(1, 10000)))",
        "RETURN reduce(和 = 0, 甲 IN range(1, 1000) | 和 + size(range(1, 10000)))",
        "RETURN size([甲 IN range(1, 1000) | size(range(1, 10000))])",
        "RETURN all(甲 IN range(1, 1000) WHERE size(range(1, 10000)) > 甲)",
        "MATCH (甲), (乙), (丙) RETURN count(*)",
        "MATCH (甲:点 {号: 1})-[:连*1..3]-(乙) RETURN count(*)",
    ] {
        if let Err(error) = run(&mut session, text) {
            panic!("{text}: {error}");
        }
    }
}

#[test]
fn a_statement_without_a_limit_of_memory_may_use_all() {
    let mut session = Database::new().session();
    assert!(session.limits.max_memory.is_some_and(|most| most > 1 << 20));
    session.limits.max_memory = None;
    assert_eq!(
        number(&mut session, "RETURN size(range(1, 1000000))"),
        1_000_000
    );
}

#[test]
fn whatever_runs_can_be_cancelled() {
    let mut session = session(COMPLETE);
    session.limits.max_memory = None;
    let handle = session.cancel_handle();
    for text in ENDLESS.into_iter().chain([GREEDY[6], GREEDY[9]]) {
        std::thread::scope(|scope| {
            let running = scope.spawn(|| run(&mut session, text));
            let start = Instant::now();
            while !running.is_finished() {
                std::thread::sleep(Duration::from_millis(5));
                handle.cancel();
                assert!(start.elapsed() < Duration::from_secs(20), "{text}");
            }
            let error = running.join().expect("no panic").expect_err(text);
            assert!(error.is_cancelled(), "{text}: {error}");
        });
    }
}

#[test]
fn whether_a_statement_writes_is_known_from_its_plan() {
    let mut session = session("CREATE (:点 {名: 'CREATE (:坏)'})");
    session.is_read_only = true;
    for text in [
        "RETURN 'CREATE (:坏) SET DELETE MERGE' AS 文",
        "MATCH (创建:点) WHERE 创建.名 CONTAINS 'CREATE' RETURN 创建.名 AS `DELETE` // SET",
        "CALL db.labels() YIELD label RETURN label AS `MERGE`",
        "RETURN EXISTS { MATCH (:点) } AS `create`",
        "EXPLAIN MATCH (甲) RETURN 甲.`set`",
    ] {
        if let Err(error) = run(&mut session, text) {
            panic!("{text}: {error}");
        }
    }
    for text in [
        "CREATE (:坏)",
        "MATCH (甲) SET 甲.数 = 1",
        "MATCH (甲) REMOVE 甲:点",
        "MATCH (甲) DETACH DELETE 甲",
        "MERGE (:坏)",
        "FOREACH (甲 IN [1] | CREATE (:坏))",
        "CALL { CREATE (:坏) } RETURN 1",
        "UNWIND [] AS 甲 CREATE (:坏)",
        "PROFILE CREATE (:坏)",
        "CREATE INDEX FOR (n:点) ON (n.名)",
    ] {
        let error = run(&mut session, text).expect_err(text);
        assert!(matches!(error, Error::ReadOnly), "{text}: {error}");
    }
}
