//! Claims that contradict each other: another value of the same measure at the same time, another "6+3".

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{HAS_INDICATOR, INDICATOR, MENTIONS};
use crate::graph::{Direction, View};
use crate::value::{NodeId, RelationshipId, Value, to_float};

/// Two facts that cannot both be right, or that were right at different times.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    /// What both are said of.
    pub subject: NodeId,
    /// The measure, or the relationship type.
    pub measure: Arc<str>,
    /// The period that both are about.
    pub period: Option<Arc<str>>,
    /// The one.
    pub left: Side,
    /// The other.
    pub right: Side,
}

/// One side of a conflict.
#[derive(Clone, Debug, PartialEq)]
pub struct Side {
    /// What it says: the figure, or the name.
    pub value: Value,
    /// The figure's unit.
    pub unit: Option<Arc<str>>,
    /// The figure's node.
    pub node: NodeId,
    /// The relationship that says so.
    pub relationship: RelationshipId,
}

/// All conflicts in a graph, by subject, measure and period. Evidence is asked for by whoever shows them.
///
/// Figures conflict that have subject, measure, period and unit in common and cannot both hold: `>1000` and `1080` can.
/// Targets are held against targets only. Names conflict that differ in nothing but a formula: `6+3` and `9+2`.
///
/// # Complexity
///
/// O(figures of a subject²) for each subject.
#[must_use]
pub fn conflicts(view: &View) -> Vec<Conflict> {
    let mut found = Vec::new();
    for subject in view.nodes() {
        figures(view, subject, &mut found);
        formulas(view, subject, &mut found);
    }
    found
}

fn text(view: &View, node: NodeId, key: &str) -> Option<Arc<str>> {
    match view.node_property(node, view.key(key)?) {
        Value::String(text) => Some(text),
        _ => None,
    }
}

/// A figure with what it is compared by.
struct Figure {
    side: Side,
    number: f64,
    qualifier: Arc<str>,
}

fn figures(view: &View, subject: NodeId, found: &mut Vec<Conflict>) {
    let Some(has_indicator) = view.relationship_type(HAS_INDICATOR) else {
        return;
    };
    let mut measures: BTreeMap<_, Vec<Figure>> = BTreeMap::new();
    let neighbours = view.neighbours(subject, has_indicator, Direction::Outgoing);
    for (&node, &relationship) in neighbours.nodes.iter().zip(neighbours.relationships) {
        let node = view.node_id(node);
        let is_indicator = view
            .label(INDICATOR)
            .is_some_and(|label| view.has_label(node, label));
        let (Some(name), Some(period)) = (text(view, node, "name"), text(view, node, "period"))
        else {
            continue;
        };
        let value = view
            .key("value")
            .map_or(Value::Null, |key| view.node_property(node, key));
        let number = match value {
            Value::Integer(number) if is_indicator => to_float(number),
            Value::Float(number) if is_indicator => number,
            _ => continue,
        };
        let qualifier = text(view, node, "qualifier").unwrap_or_else(|| "=".into());
        let unit = text(view, node, "unit");
        let key = (name, period, unit.clone(), &*qualifier == "target");
        let side = Side {
            value,
            unit,
            node,
            relationship: view.relationship_id(relationship),
        };
        measures.entry(key).or_default().push(Figure {
            side,
            number,
            qualifier,
        });
    }
    for ((measure, period, ..), mut figures) in measures {
        figures.sort_by(|left, right| left.number.total_cmp(&right.number));
        for (at, left) in figures.iter().enumerate() {
            for right in figures[at + 1..]
                .iter()
                .filter(|right| excludes(left, right))
            {
                found.push(Conflict {
                    subject,
                    measure: measure.clone(),
                    period: Some(period.clone()),
                    left: left.side.clone(),
                    right: right.side.clone(),
                });
            }
        }
    }
}

/// Whether two figures, the smaller first, cannot both hold.
fn excludes(left: &Figure, right: &Figure) -> bool {
    let is_open_above = &*left.qualifier == ">";
    let is_open_below = &*right.qualifier == "<";
    let is_about = [left, right].iter().any(|figure| &*figure.qualifier == "~");
    let is_near = (right.number - left.number).abs() <= 0.1 * right.number.abs();
    let can_both_hold = is_open_above || is_open_below || (is_about && is_near);
    left.number.total_cmp(&right.number).is_lt() && !can_both_hold
}

/// Names that a subject is related to and that hold different formulas around the same words.
/// A formula with the fact that names it.
type Formula = (String, Side);

fn formulas(view: &View, subject: NodeId, found: &mut Vec<Conflict>) {
    let mut groups: BTreeMap<(Arc<str>, String), Vec<Formula>> = BTreeMap::new();
    for relationship in view.incident(subject) {
        let Some((start, end)) = view.endpoints(relationship) else {
            continue;
        };
        let Some((name, t)) = text(view, end, "name").zip(view.type_of(relationship)) else {
            continue;
        };
        // A document that names two bundles says nothing against itself.
        if start != subject || &**view.type_name(t) == MENTIONS {
            continue;
        }
        let Some((formula, rest)) = formula(&name) else {
            continue;
        };
        let key = (Arc::clone(view.type_name(t)), rest);
        let side = Side {
            value: Value::String(name.clone()),
            unit: None,
            node: end,
            relationship,
        };
        groups.entry(key).or_default().push((formula, side));
    }
    for ((measure, _), mut sides) in groups {
        sides.sort_by(|(_, left), (_, right)| left.value.as_str().cmp(&right.value.as_str()));
        for (at, (formula, left)) in sides.iter().enumerate() {
            // “6+3” and “6+3”产业集群 say the same.
            let others = sides[at + 1..].iter().filter(|(other, _)| other != formula);
            found.extend(others.map(|(_, right)| Conflict {
                subject,
                measure: measure.clone(),
                period: None,
                left: left.clone(),
                right: right.clone(),
            }));
        }
    }
}

/// A formula such as `6+3` and the words around it, without quotation marks and the words for clusters of industries;
/// `None` where there is no formula.
fn formula(name: &str) -> Option<(String, String)> {
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '+' | '＋');
    let start = name.find(|c: char| c.is_ascii_digit())?;
    let length = name[start..].find(|c| !is_part(c));
    let end = length.map_or(name.len(), |length| start + length);
    let formula = &name[start..end];
    let is_formula = formula.split(['+', '＋']).count() > 1
        && formula.split(['+', '＋']).all(|part| !part.is_empty());
    let rest: String = [&name[..start], &name[end..]]
        .concat()
        .chars()
        .filter(|c| !matches!(c, '“' | '”' | '"' | '「' | '」'))
        .collect();
    let rest = rest.trim_end_matches("体系").trim_end_matches("集群");
    let rest = rest.trim_end_matches("产业").to_owned();
    is_formula.then(|| (formula.replace('＋', "+"), rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Graph;

    #[test]
    fn formulas_conflict_where_they_are_said_of_one_thing_and_not_where_they_are_only_named() {
        let mut graph = Graph::new();
        let name = graph.intern_key("name");
        let [says, names] = ["FOCUSES_ON", MENTIONS].map(|t| graph.intern_type(t));
        let [district, document, old, new] = ["甲区", "一则新闻", "6+3", "9+2"].map(|text| {
            graph
                .create_node(&[], &[(name, Value::from(text))])
                .expect("there is room")
        });
        for (subject, t) in [(district, says), (document, names)] {
            for bundle in [old, new] {
                graph
                    .create_relationship(subject, t, bundle, &[])
                    .expect("both ends are there");
            }
        }
        let found = conflicts(graph.view());
        let subjects: Vec<NodeId> = found.iter().map(|conflict| conflict.subject).collect();
        assert_eq!(subjects, [district]);
    }

    #[test]
    fn formulas_leave_their_words() {
        let cases = [
            ("“6+3”产业集群", Some(("6+3", ""))),
            ("“6＋3”产业集群体系", Some(("6+3", ""))),
            ("9+2", Some(("9+2", ""))),
            ("20+8现代产业体系", Some(("20+8", "现代"))),
            ("6+", None),
            ("5G", None),
            ("低空经济", None),
        ];
        for (name, expected) in cases {
            let found = formula(name);
            let found = found.as_ref().map(|(formula, rest)| (&**formula, &**rest));
            assert_eq!(found, expected, "{name}");
        }
    }
}
