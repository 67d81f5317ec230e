//! The list of scenarios that do not pass yet.

use std::collections::BTreeMap;

use crate::Outcome;

const LIST: &str = include_str!("not_yet.txt");

/// The listed ids with their reasons.
fn listed(list: &str) -> BTreeMap<&str, &str> {
    let mut listed = BTreeMap::new();
    let mut lines = list
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    while let Some(id) = lines.next() {
        let reason = lines.next().and_then(|line| line.strip_prefix("    "));
        let reason = reason.unwrap_or_else(|| panic!("below {id} stands its reason, indented"));
        assert!(
            listed.insert(id, reason).is_none(),
            "{id} is listed once only"
        );
    }
    listed
}

/// A line for each scenario that passes though it is listed, or fails though it is not.
pub fn faults<'a>(outcomes: impl Iterator<Item = (&'a str, &'a Outcome)>) -> Vec<String> {
    let listed = listed(LIST);
    let faults = outcomes.filter_map(|(id, outcome)| match (outcome, listed.get(id)) {
        (Ok(()), Some(_)) => Some(format!(
            "{id}\n    passes: take it off tests/tck/not_yet.txt"
        )),
        (Err(reason), None) => Some(format!("{id}\n    {reason}")),
        _ => None,
    });
    faults.collect()
}

#[test]
fn an_entry_is_an_id_above_its_reason() {
    let list = "# A remark.\n\na/b:[1] c\n    the reason\n";
    assert_eq!(listed(list), BTreeMap::from([("a/b:[1] c", "the reason")]));
}
