//! What transactions promise: to the one that has it open, to those who read meanwhile, and to those who wait.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::{number, run, session};
use crate::session::{Database, Error, TransactionError};

const COUNT: &str = "MATCH (企:企业) RETURN count(*)";

#[test]
fn a_transaction_sees_its_own_changes_and_nobody_else_does_before_the_commit() {
    let mut writer = session("CREATE (:企业)");
    let mut reader = writer.database().session();
    run(&mut writer, "BEGIN").expect("none is open");
    run(&mut writer, "CREATE (:企业)").expect("it writes");
    assert_eq!(number(&mut writer, COUNT), 2);
    assert_eq!(writer.view().node_count(), 2);
    assert_eq!(number(&mut reader, COUNT), 1);
    assert_eq!(reader.database().view().node_count(), 1);
    run(&mut writer, "COMMIT").expect("one is open");
    assert_eq!(number(&mut reader, COUNT), 2);
}

#[test]
fn a_rollback_takes_all_back_and_a_failed_statement_only_itself() {
    let mut session = session("CREATE (:企业 {名称: '甲'})-[:供应]->(:企业 {名称: '乙'})");
    let before = session.database().to_ron();
    session.begin().expect("none is open");
    run(&mut session, "MATCH (企 {名称: '甲'}) SET 企.名称 = '丙'").expect("it writes");
    run(&mut session, "CREATE (:企业 {名称: '丁'})").expect("it writes");
    run(
        &mut session,
        "MATCH (企) DETACH DELETE 企 WITH 1 AS 一 RETURN 一 / 0",
    )
    .expect_err("the statement fails");
    assert!(session.is_in_transaction());
    assert_eq!(number(&mut session, COUNT), 3);
    session.rollback().expect("one is open");
    assert_eq!(session.database().to_ron(), before);
}

#[test]
fn a_dropped_session_rolls_back() {
    let database = Database::new();
    let mut session = database.session();
    session.begin().expect("none is open");
    run(&mut session, "CREATE (:企业)").expect("it writes");
    drop(session);
    assert_eq!(database.view().node_count(), 0);
    run(&mut database.session(), "CREATE (:企业)").expect("nobody is writing any more");
}

#[test]
fn commands_that_make_no_sense_are_refused() {
    let mut session = session("CREATE (:企业)");
    for text in ["COMMIT", "ROLLBACK TRANSACTION;"] {
        let error = run(&mut session, text).expect_err(text);
        assert!(matches!(
            error,
            Error::Transaction(TransactionError::NotOpen)
        ));
    }
    run(&mut session, "begin transaction；").expect("none is open");
    let error = run(&mut session, "BEGIN").expect_err("one is open");
    assert!(matches!(
        error,
        Error::Transaction(TransactionError::AlreadyOpen)
    ));
}

#[test]
fn one_writer_waits_for_the_other_only_as_long_as_it_has_patience() {
    let database = Database::new();
    let (mut one, mut other) = (database.session(), database.session());
    one.begin().expect("none is open");
    other.limits.patience = Duration::from_millis(30);
    let start = Instant::now();
    for text in ["CREATE (:企业)", "BEGIN"] {
        let error = run(&mut other, text).expect_err("another is writing");
        assert_eq!(
            (error.class(), error.detail()),
            ("TransactionError", "Busy")
        );
    }
    assert!(start.elapsed() >= Duration::from_millis(60));
    one.rollback().expect("one is open");
    run(&mut other, "CREATE (:企业)").expect("nobody is writing");
}

#[test]
fn who_waits_gets_its_turn_and_can_be_cancelled() {
    let database = Database::new();
    let (mut one, mut other) = (database.session(), database.session());
    one.begin().expect("none is open");
    let cancel = other.cancel_handle();
    std::thread::scope(|scope| {
        let waiting = scope.spawn(|| run(&mut other, "CREATE (:企业)"));
        while !waiting.is_finished() {
            cancel.cancel();
            std::thread::yield_now();
        }
        let error = waiting
            .join()
            .expect("it does not panic")
            .expect_err("it was cancelled");
        assert!(error.is_cancelled());
    });
    std::thread::scope(|scope| {
        let waiting = scope.spawn(|| run(&mut other, "CREATE (:企业)"));
        run(&mut one, "CREATE (:企业)").expect("it has its turn");
        one.commit().expect("one is open");
        waiting
            .join()
            .expect("it does not panic")
            .expect("its turn came");
    });
    assert_eq!(database.view().node_count(), 2);
}

#[test]
fn a_transaction_that_only_reads_sees_one_state_and_holds_nobody_up() {
    let mut writer = session("CREATE (:企业)");
    let mut reader = writer.database().session();
    reader.is_read_only = true;
    reader.begin().expect("none is open");
    run(&mut writer, "CREATE (:企业)").expect("the reader does not hold it up");
    assert_eq!(number(&mut reader, COUNT), 1);
    reader.commit().expect("one is open");
    assert_eq!(number(&mut reader, COUNT), 2);
}

/// Readers add up what transfers leave unchanged, within one statement and across the statements of a transaction.
#[test]
fn sums_stay_true_beside_a_writer() {
    let mut writer = session("UNWIND range(1, 20) AS 号 CREATE (:户 {号: 号, 余额: 100})");
    let rounds: u64 =
        std::env::var("TUPU_SOAK").map_or(40, |size| size.parse().unwrap_or(40) * 400);
    let is_over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        // Also where the writer fails, so that the readers end and the failure is seen.
        let _end = OnDrop(&is_over);
        for _ in 0..3 {
            let mut reader = writer.database().session();
            reader.is_read_only = true;
            let is_over = &is_over;
            scope.spawn(move || {
                let mut looks = 0;
                while looks == 0 || !is_over.load(Ordering::Relaxed) {
                    reader.begin().expect("none is open");
                    for _ in 0..2 {
                        assert_eq!(
                            number(&mut reader, "MATCH (户:户) RETURN sum(户.余额)"),
                            2000
                        );
                        assert_eq!(
                            number(&mut reader, "MATCH (户:户) RETURN sum(户.转出)") % 2,
                            0
                        );
                    }
                    reader.commit().expect("one is open");
                    looks += 1;
                }
            });
        }
        for round in 0..rounds {
            let (from, to) = (round % 20 + 1, round * 7 % 20 + 1);
            writer.begin().expect("none is open");
            for _ in 0..2 {
                let give = format!(
                    "MATCH (户:户 {{号: {from}}}) SET 户.余额 = 户.余额 - 1, 户.转出 = coalesce(户.转出, 0) + 1"
                );
                run(&mut writer, &give).expect("it writes");
                let take = format!("MATCH (户:户 {{号: {to}}}) SET 户.余额 = 户.余额 + 1");
                run(&mut writer, &take).expect("it writes");
            }
            if round % 3 == 0 {
                writer.rollback().expect("one is open");
            } else {
                writer.commit().expect("one is open");
            }
        }
    });
}

struct OnDrop<'a>(&'a AtomicBool);

impl Drop for OnDrop<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}
