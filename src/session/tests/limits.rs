//! Limits of time and size, and cancelling.

use std::time::{Duration, Instant};

use expect_test::expect;

use super::{check_error, number, run, session};
use crate::session::Database;

/// Statements that would run for hours.
const ENDLESS: [&str; 6] = [
    "UNWIND range(1, 100000000) AS 甲 RETURN max(甲)",
    "RETURN reduce(和 = 0, 甲 IN range(1, 100000000) | 和 + 甲)",
    "RETURN size([甲 IN range(1, 10000) WHERE all(乙 IN range(1, 10000) WHERE 乙 > 0)])",
    "MATCH (甲), (乙), (丙), (丁), (戊) RETURN count(*)",
    "MATCH 路 = (甲)-[*]-(乙) RETURN count(*)",
    "MATCH (甲), (乙) WHERE COUNT { (丙), (丁), (戊) } > 1 RETURN count(*)",
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
