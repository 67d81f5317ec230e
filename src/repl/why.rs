//! Why an answer holds: the sentences of documents that support what is in a row.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::evidence::{Claim, Evidence};
use crate::graph::{Direction, View};
use crate::lookup;
use crate::render::{Names, entity_name, quantity};
use crate::session::QueryResult;
use crate::value::{NodeId, RelationshipId, Value};

/// The facts that a row shows: the relationships and nodes in it. Where there are none, those that its names and figures
/// tell of: what holds between the things of these names.
pub(super) fn facts(view: &View, result: &QueryResult, row: usize) -> Vec<Value> {
    let mut facts = Vec::new();
    let cells = &result.rows[row];
    for cell in cells {
        collect(cell, &mut facts);
    }
    if facts.is_empty() {
        facts = told(view, cells);
    }
    // Relationships say more than the nodes at their ends.
    if facts
        .iter()
        .any(|fact| matches!(fact, Value::Relationship(_)))
    {
        facts.retain(|fact| matches!(fact, Value::Relationship(_)));
    }
    let mut seen = BTreeSet::new();
    facts.retain(|fact| seen.insert(key(fact)));
    facts
}

fn key(fact: &Value) -> (bool, u64) {
    match fact {
        Value::Relationship(RelationshipId(id)) => (true, *id),
        Value::Node(NodeId(id)) => (false, *id),
        _ => (false, u64::MAX),
    }
}

fn collect(cell: &Value, facts: &mut Vec<Value>) {
    match cell {
        Value::Node(_) | Value::Relationship(_) => facts.push(cell.clone()),
        Value::Path(path) => {
            facts.extend(path.nodes().iter().map(|id| Value::from(*id)));
            facts.extend(path.relationships().iter().map(|id| Value::from(*id)));
        }
        Value::List(items) => items.iter().for_each(|item| collect(item, facts)),
        Value::Map(map) => map.values().for_each(|item| collect(item, facts)),
        _ => {}
    }
}

/// What the names and figures of a row tell of.
fn told(view: &View, cells: &[Value]) -> Vec<Value> {
    let mut named = Vec::new();
    for cell in cells {
        names(view, cell, &mut named);
    }
    let mut facts = Vec::new();
    for &start in &named {
        for t in view.types() {
            let neighbours = view.neighbours(start, t, Direction::Outgoing);
            for (&end, &relationship) in neighbours.nodes.iter().zip(neighbours.relationships) {
                let end = view.node_id(end);
                let is_told = named.contains(&end) || shows_figure(view, end, cells);
                if is_told && &**view.type_name(t) != "MENTIONS" {
                    facts.push(view.relationship_id(relationship).into());
                }
            }
        }
    }
    if facts.is_empty() {
        facts.extend(named.into_iter().map(Value::from));
    }
    facts
}

fn names(view: &View, cell: &Value, named: &mut Vec<NodeId>) {
    match cell {
        Value::String(name) => {
            named.extend(lookup::find(view, name).into_iter().map(|found| found.node));
        }
        Value::List(items) => items.iter().for_each(|item| names(view, item, named)),
        _ => {}
    }
}

/// Whether a node is a figure whose value stands in a row.
fn shows_figure(view: &View, node: NodeId, cells: &[Value]) -> bool {
    let value = view.key("value").map(|key| view.node_property(node, key));
    value.is_some_and(|value| !value.is_null() && cells.contains(&value))
}

/// The claims that support a fact.
pub(super) fn claims<'e>(evidence: &'e Evidence, view: &View, fact: &Value) -> Vec<&'e Claim> {
    match fact {
        Value::Node(node) => evidence.of_node(*node).collect(),
        Value::Relationship(id) => evidence.of_relationship(view, *id),
        _ => Vec::new(),
    }
}

/// A fact in words: `坪山区 -[FOCUSES_ON]-> 低空经济`.
fn fact_text(view: &View, fact: &Value, names: Names) -> String {
    let name = |node: NodeId| {
        let node = view.node(node).unwrap_or_default();
        let quantity = quantity(&node.properties);
        let name = entity_name(&node, names);
        quantity.map_or(name.clone(), |quantity| format!("{name} {quantity}"))
    };
    match fact {
        Value::Node(node) => name(*node),
        Value::Relationship(id) => match view.endpoints(*id).zip(view.type_of(*id)) {
            Some(((start, end), t)) => {
                let type_name = names.relationship_type(view.type_name(t)).to_owned();
                format!("{} -[{type_name}]-> {}", name(start), name(end))
            }
            None => "a relationship that is gone".to_owned(),
        },
        _ => String::new(),
    }
}

/// Why a row holds, as text: each fact, and under it the sentences with the quotation marked.
pub(super) fn text(
    view: &View,
    evidence: &Evidence,
    result: &QueryResult,
    row: usize,
    names: Names,
) -> String {
    let mut text = String::new();
    let facts = facts(view, result, row);
    for fact in &facts {
        writeln!(text, "{}", fact_text(view, fact, names)).expect("writing to a string");
        let claims = claims(evidence, view, fact);
        if claims.is_empty() {
            text.push_str("  no document states it: a query or a person wrote it\n");
        }
        for claim in claims {
            let (before, quote, after) = evidence.quotation(claim);
            let sentence = format!("{before}【{quote}】{after}").replace('\n', " ");
            writeln!(text, "  {}\n    {sentence}", source(evidence, claim))
                .expect("writing to a string");
        }
    }
    if facts.is_empty() {
        text.push_str("the row names nothing of the graph\n");
    }
    text
}

/// A claim's document and place: `《题》 报, 2024-02-20 (pingshan, characters 312–325; rule focus)`.
fn source(evidence: &Evidence, claim: &Claim) -> String {
    let document = evidence.document(claim);
    let title = document
        .title
        .as_deref()
        .map(|title| format!("《{title}》 "));
    let about = [&document.source, &document.date];
    let about: Vec<&str> = about.into_iter().flatten().map(String::as_str).collect();
    let about = if about.is_empty() {
        String::new()
    } else {
        format!("{} ", about.join(", "))
    };
    format!(
        "{}{about}({}, characters {}–{}; rule {})",
        title.unwrap_or_default(),
        document.id,
        claim.start,
        claim.end,
        claim.rule
    )
}

/// Numbers the sources of a result: adds a column with their numbers, and gives the list that belongs under it.
pub(super) fn footnotes(view: &View, evidence: &Evidence, result: &mut QueryResult) -> String {
    let mut notes: Vec<String> = Vec::new();
    let mut cells = Vec::with_capacity(result.rows.len());
    for row in 0..result.rows.len() {
        let mut numbers = BTreeSet::new();
        for fact in facts(view, result, row) {
            for claim in claims(evidence, view, &fact) {
                let (_, quote, _) = evidence.quotation(claim);
                let note = format!(
                    "{}: “{}”",
                    source(evidence, claim),
                    quote.replace('\n', " ")
                );
                let at = notes
                    .iter()
                    .position(|other| *other == note)
                    .unwrap_or_else(|| {
                        notes.push(note);
                        notes.len() - 1
                    });
                numbers.insert(at + 1);
            }
        }
        let numbers: Vec<String> = numbers.iter().map(|number| format!("[{number}]")).collect();
        cells.push(Value::from(numbers.join(" ").as_str()));
    }
    result.columns.push("sources".into());
    result
        .rows
        .iter_mut()
        .zip(cells)
        .for_each(|(row, cell)| row.push(cell));
    let lines = notes.iter().enumerate();
    lines
        .map(|(at, note)| format!("[{}] {note}\n", at + 1))
        .collect()
}
