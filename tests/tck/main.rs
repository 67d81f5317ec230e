//! The openCypher Technology Compatibility Kit, run against the engine in this process.
//!
//! `TUPU_TCK` names a file of scenarios, one JSON object a line; without it, a kit that lies beside the repository is
//! used, and without that the test skips. Held against each scenario are the rows with their types and order, the names
//! of the columns, the side effects, and of an error its type, its phase, its detail and that it changed nothing. What
//! does not pass yet stands in `not_yet.txt` with the reason; the test fails when that list is wrong in either
//! direction, so that it can only shrink.

mod canonical;
mod check;
mod literal;
mod not_yet;
mod scenario;
mod snapshot;

use std::collections::BTreeMap;
use std::io::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use scenario::Scenario;

/// How long the test waits for any scenario to end before it holds those that have not ended to be stuck.
const PATIENCE: Duration = Duration::from_secs(20);

type Outcome = Result<(), String>;

#[test]
fn scenarios_pass_except_those_listed() {
    let Some(path) = kit() else {
        say("tck: skipped, for there is no kit: TUPU_TCK=FILE names one");
        return;
    };
    let scenarios = Arc::new(scenario::read(&path));
    let outcomes = run(&scenarios);
    say(&table(&scenarios, &outcomes));
    let pairs = scenarios.iter().map(|scenario| scenario.id.as_str());
    let faults = not_yet::faults(pairs.zip(&outcomes));
    assert!(
        faults.is_empty(),
        "{} of {} scenarios are not as listed:\n{}",
        faults.len(),
        scenarios.len(),
        faults.join("\n")
    );
}

fn kit() -> Option<PathBuf> {
    if let Some(path) = std::env::var_os("TUPU_TCK") {
        return Some(path.into());
    }
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/tck/dev.jsonl");
    beside.exists().then_some(beside)
}

/// Writes past the test harness, which holds back what a passing test prints.
fn say(text: &str) {
    writeln!(std::io::stderr(), "{text}").expect("standard error is open");
}

/// The outcome of every scenario, from as many threads as there are processors.
fn run(scenarios: &Arc<Vec<Scenario>>) -> Vec<Outcome> {
    let mut outcomes = vec![Err(format!("no end within {PATIENCE:?}")); scenarios.len()];
    let next = Arc::new(AtomicUsize::new(0));
    let (sender, receiver) = mpsc::channel();
    for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
        let (scenarios, next, sender) = (scenarios.clone(), next.clone(), sender.clone());
        thread::spawn(move || {
            while let index = next.fetch_add(1, Ordering::Relaxed)
                && let Some(scenario) = scenarios.get(index)
                && sender.send((index, outcome(scenario))).is_ok()
            {}
        });
    }
    drop(sender);
    // A thread that is stuck is left behind; the end of the test ends it.
    while let Ok((index, outcome)) = receiver.recv_timeout(PATIENCE) {
        outcomes[index] = outcome;
    }
    outcomes
}

/// The outcome of one scenario; a panic is its failure and not that of the run.
fn outcome(scenario: &Scenario) -> Outcome {
    catch_unwind(AssertUnwindSafe(|| check::check(scenario))).unwrap_or_else(|payload| {
        let text = payload
            .downcast_ref::<String>()
            .map(String::as_str)
            .or_else(|| payload.downcast_ref::<&str>().copied());
        Err(format!("panics: {}", text.unwrap_or("without a message")))
    })
}

/// How many scenarios of each folder pass.
fn table(scenarios: &[Scenario], outcomes: &[Outcome]) -> String {
    let mut folders: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (scenario, outcome) in scenarios.iter().zip(outcomes) {
        let (passed, all) = folders.entry(&scenario.folder).or_default();
        *passed += usize::from(outcome.is_ok());
        *all += 1;
    }
    let passed = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
    let mut lines: Vec<String> = folders
        .iter()
        .map(|(folder, (passed, all))| format!("{passed:>6} of {all:>5}  {folder}"))
        .collect();
    lines.push(format!("{passed:>6} of {:>5}  pass", outcomes.len()));
    lines.join("\n")
}
