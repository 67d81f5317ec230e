//! Many readers beside a writer: what transfers keep is kept in all that anybody reads, and memory does not grow.

use std::fs;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use tupu::session::{Database, Session};
use tupu::value::Map;

use super::{Dice, Folder};

const ACCOUNTS: usize = 200;
const READERS: usize = 8;

/// The sum of all accounts and their number, by one of several plans.
fn read(session: &mut Session, number: u64) -> (i64, i64) {
    let texts = [
        "MATCH (户:户) RETURN sum(户.额) AS 和, count(*) AS 数",
        "MATCH (户:户) WITH 户.额 AS 额 ORDER BY 额 RETURN sum(额) AS 和, count(*) AS 数",
        "MATCH (:行)-[:有]->(户) WITH collect(户.额) AS 额 RETURN reduce(和 = 0, 甲 IN 额 | 和 + 甲) AS 和, size(额) AS 数",
    ];
    let text = texts[usize::try_from(number % 3).expect("it is small")];
    let rows = session.run(text, &Map::default()).expect("it reads").rows;
    let at = |column: usize| rows[0][column].as_integer().expect("an integer");
    (at(0), at(1))
}

fn transfer(session: &mut Session, dice: &mut Dice) {
    let (from, to, amount) = (dice.below(ACCOUNTS), dice.below(ACCOUNTS), dice.below(50));
    session.begin().expect("nobody else writes for long");
    for (account, change) in [(from, format!("- {amount}")), (to, format!("+ {amount}"))] {
        let text = format!("MATCH (户:户 {{号: {account}}}) SET 户.额 = 户.额 {change}");
        session.run(&text, &Map::default()).expect("it writes");
    }
    match dice.below(4) {
        0 => session.rollback(),
        _ => session.commit(),
    }
    .expect("one is open");
}

/// What the process holds in memory, in megabytes, where the system tells.
fn resident() -> Option<u64> {
    let text = fs::read_to_string("/proc/self/status").ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.split_whitespace()
        .next()?
        .parse::<u64>()
        .ok()
        .map(|kilobytes| kilobytes / 1024)
}

#[test]
fn readers_beside_a_writer_see_only_whole_transfers() {
    let folder = Folder::new("load");
    let database = Database::open(&[folder.file("graph.tupu")]).expect("it comes into being");
    let setup = format!(
        "CREATE (行:行) WITH 行 UNWIND range(0, {}) AS 号 CREATE (行)-[:有]->(:户 {{号: 号, 额: 1000}})",
        ACCOUNTS - 1
    );
    let mut writer = database.session();
    for text in [&*setup, "CREATE INDEX FOR (n:户) ON (n.号)"] {
        writer.run(text, &Map::default()).expect("it writes");
    }
    let length = std::env::var("TUPU_SOAK").map_or(2, |size| size.parse().unwrap_or(1) * 6);
    let length = Duration::from_secs(length);
    let (is_over, reads) = (AtomicBool::new(false), AtomicU64::new(0));
    let mut transfers = 0_u64;
    let (mut early, mut most) = (None, None);
    std::thread::scope(|scope| {
        for _ in 0..READERS {
            scope.spawn(|| {
                let mut session = database.session();
                session.is_read_only = true;
                while !is_over.load(Ordering::Relaxed) {
                    let number = reads.fetch_add(1, Ordering::Relaxed);
                    session.begin().expect("none is open");
                    let all = i64::try_from(ACCOUNTS).expect("it is small");
                    for further in 0..2 {
                        assert_eq!(read(&mut session, number + further), (1000 * all, all));
                    }
                    session.commit().expect("one is open");
                }
            });
        }
        let (start, mut dice) = (Instant::now(), Dice(7));
        while start.elapsed() < length {
            transfer(&mut writer, &mut dice);
            transfers += 1;
            if start.elapsed() > length / 4 {
                early = early.or_else(resident);
                most = most.max(resident());
            }
        }
        is_over.store(true, Ordering::Relaxed);
    });
    let reads = reads.load(Ordering::Relaxed);
    println!(
        "{transfers} transfers beside {reads} reads by {READERS} readers; {early:?} MB, later at most {most:?} MB"
    );
    assert!(transfers > 5 && reads > 5);
    if let (Some(early), Some(most)) = (early, most) {
        assert!(most < early + 64, "{early} MB have become {most} MB");
    }
}
