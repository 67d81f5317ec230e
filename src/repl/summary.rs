//! The line under a result: how many rows, what was changed, how long it took.

use std::time::Duration;

use crate::graph::Counters;
use crate::session::QueryResult;

/// The line under a result, such as `3 rows, 1 node created (12.4 ms)`.
///
/// `shown` is the number of rows that stand above the line.
#[must_use]
pub(super) fn line(result: &QueryResult, shown: usize, with_time: bool) -> String {
    let mut parts = Vec::new();
    if result.has_rows {
        parts.push(match result.rows.len() {
            count if count == shown => counted(count, "row"),
            count => format!("{shown} of {}", counted(count, "row")),
        });
    }
    parts.extend(changes(&result.counters));
    if parts.is_empty() {
        parts.push(if result.plan.is_some() {
            "plan".to_owned()
        } else {
            "nothing changed".to_owned()
        });
    }
    let time = if with_time {
        format!(" ({})", time(result.elapsed))
    } else {
        String::new()
    };
    format!("{}{time}", parts.join(", "))
}

/// What a statement changed, each kind of change as a phrase.
#[must_use]
pub(super) fn changes(counters: &Counters) -> Vec<String> {
    let phrase = |count: usize, what: &str, done: &str| {
        (count > 0).then(|| format!("{} {done}", counted(count, what)))
    };
    [
        phrase(counters.nodes_created, "node", "created"),
        phrase(counters.nodes_deleted, "node", "deleted"),
        phrase(counters.relationships_created, "relationship", "created"),
        phrase(counters.relationships_deleted, "relationship", "deleted"),
        phrase(counters.properties_set, "property", "set"),
        phrase(counters.labels_added, "label", "added"),
        phrase(counters.labels_removed, "label", "removed"),
        phrase(counters.indexes_added, "index", "added"),
        phrase(counters.indexes_removed, "index", "removed"),
        phrase(counters.constraints_added, "constraint", "added"),
        phrase(counters.constraints_removed, "constraint", "removed"),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// `1 row`, `2 rows`, `2 properties`.
#[must_use]
pub(super) fn counted(count: usize, what: &str) -> String {
    match (count, what.strip_suffix('y')) {
        (1, _) => format!("1 {what}"),
        (_, Some(stem)) => format!("{count} {stem}ies"),
        (_, None) => format!("{count} {what}s"),
    }
}

/// A time as people read it: `0.2 ms`, `1.53 s`.
fn time(elapsed: Duration) -> String {
    let seconds = elapsed.as_secs_f64();
    if seconds < 1.0 {
        format!("{:.1} ms", seconds * 1000.0)
    } else {
        format!("{seconds:.2} s")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Value;

    #[test]
    fn says_what_happened() {
        let mut result = QueryResult {
            has_rows: true,
            rows: vec![vec![Value::Null]; 3],
            elapsed: Duration::from_micros(1530),
            ..QueryResult::default()
        };
        assert_eq!(line(&result, 3, true), "3 rows (1.5 ms)");
        assert_eq!(line(&result, 2, false), "2 of 3 rows");
        result.counters.properties_set = 2;
        result.counters.nodes_created = 1;
        assert_eq!(
            line(&result, 3, false),
            "3 rows, 1 node created, 2 properties set"
        );
        assert_eq!(line(&QueryResult::default(), 0, false), "nothing changed");
    }
}
