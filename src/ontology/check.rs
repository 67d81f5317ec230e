//! What in a graph, or in what was changed of it, the ontology does not allow.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::{Ends, Label, Ontology, Property, Type, ValueType, Violation};
use crate::graph::{ChangedSlots, KeyId, LabelId, TypeId, View};
use crate::source::nearest_name;
use crate::value::{NodeId, RelationshipId, Value};

const NAME: &str = "name";

/// The first entity for which a rule of the ontology does not hold, and how many others there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What is wrong.
    pub violation: Violation,
    /// For how many more the same is wrong.
    pub others: usize,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.violation)?;
        match self.others {
            0 => Ok(()),
            1 => f.write_str("; there is 1 more such case"),
            others => write!(f, "; there are {others} more such cases"),
        }
    }
}

impl Ontology {
    /// All that the ontology does not allow in a graph, sorted.
    ///
    /// # Complexity
    ///
    /// Linear in the size of the graph.
    #[must_use]
    pub fn check(&self, view: &View) -> Vec<Violation> {
        let check = Check::new(self, view);
        let mut violations = Vec::new();
        let mut add = |violation| violations.push(violation);
        view.nodes().for_each(|node| check.node(node, &mut add));
        for relationship in view.relationships() {
            check.relationship(relationship, &mut add);
        }
        check.duplicates(&mut add);
        violations.sort_unstable();
        violations
    }

    /// The rules that do not hold in a graph, each once; where `changed` is given, only what was changed is looked at.
    /// `go_on` is asked now and then whether to.
    ///
    /// # Errors
    ///
    /// What `go_on` says.
    ///
    /// # Complexity
    ///
    /// Linear in what is looked at, to which the relationships of changed nodes belong.
    pub fn findings<E>(
        &self,
        view: &View,
        changed: Option<&ChangedSlots>,
        go_on: impl Fn() -> Result<(), E>,
    ) -> Result<Vec<Finding>, E> {
        const STRIDE: usize = 1024;
        let check = Check::new(self, view);
        let mut found = Findings::default();
        let mut add = |violation| found.add(violation);
        let (nodes, relationships) = looked_at(view, changed);
        for nodes in nodes.chunks(STRIDE) {
            go_on()?;
            for node in nodes {
                check.node(*node, &mut add);
            }
        }
        for relationships in relationships.chunks(STRIDE) {
            go_on()?;
            for relationship in relationships {
                check.relationship(*relationship, &mut add);
            }
        }
        Ok(found.0.into_values().collect())
    }
}

/// What is to be looked at: all, or what was changed and is still there.
fn looked_at(view: &View, changed: Option<&ChangedSlots>) -> (Vec<NodeId>, Vec<RelationshipId>) {
    let Some(changed) = changed else {
        return (view.nodes().collect(), view.relationships().collect());
    };
    let nodes = changed.nodes.iter().filter_map(|slot| view.node_at(*slot));
    let slots = changed.relationships.iter();
    let mut relationships: Vec<_> = slots
        .filter_map(|slot| view.relationship_at(*slot))
        .collect();
    // Whether their ends are still of the right labels.
    let relabelled = changed.relabelled.iter();
    for node in relabelled.filter_map(|slot| view.node_at(*slot)) {
        relationships.extend(view.incident(node));
    }
    relationships.sort_unstable();
    relationships.dedup();
    (nodes.collect(), relationships)
}

/// By rule: its kind, and the names that it is about.
#[derive(Default)]
struct Findings(BTreeMap<(u8, String, String), Finding>);

impl Findings {
    fn add(&mut self, violation: Violation) {
        let kind = match violation {
            Violation::NoLabel { .. } => 0,
            Violation::UnknownLabel { .. } => 1,
            Violation::MissingLabel { .. } => 2,
            Violation::UnknownType { .. } => 3,
            Violation::Ends { .. } => 4,
            Violation::MissingProperty { .. } => 5,
            Violation::PropertyType { .. } => 6,
            Violation::Duplicate { .. } => 7,
        };
        let (bearer, key) = violation.names();
        let [bearer, key] = [bearer, key].map(|name| name.unwrap_or_default().to_owned());
        let found = self.0.entry((kind, bearer, key));
        found
            .and_modify(|finding| finding.others += 1)
            .or_insert(Finding {
                violation,
                others: 0,
            });
    }
}

/// An ontology whose names are those of a graph.
struct Check<'a> {
    ontology: &'a Ontology,
    view: &'a View,
    /// By the number of the graph's label; nothing for one that the ontology does not have.
    labels: Vec<Option<KnownLabel<'a>>>,
    /// By the number of the graph's type.
    types: Vec<Option<KnownType<'a>>>,
}

struct KnownLabel<'a> {
    label: &'a Label,
    kind_of: Option<LabelId>,
    properties: Vec<(Option<KeyId>, &'a Property)>,
}

struct KnownType<'a> {
    relationship_type: &'a Type,
    /// The labels that may stand at the start, with those at the end.
    ends: Vec<[Vec<LabelId>; 2]>,
    properties: Vec<(Option<KeyId>, &'a Property)>,
}

impl<'a> Check<'a> {
    fn new(ontology: &'a Ontology, view: &'a View) -> Self {
        let properties = |properties: &'a [Property]| {
            let known = properties.iter();
            known
                .map(|property| (view.key(&property.name), property))
                .collect()
        };
        let labels = view.labels().map(|label| {
            let label = ontology.label(view.label_name(label))?;
            Some(KnownLabel {
                label,
                kind_of: label.kind_of.as_ref().and_then(|kind| view.label(kind)),
                properties: properties(&label.properties),
            })
        });
        let known = |names: &[String]| names.iter().filter_map(|name| view.label(name)).collect();
        let types = view.types().map(|t| {
            let relationship_type = ontology.relationship_type(view.type_name(t))?;
            let ends = relationship_type.ends.iter();
            Some(KnownType {
                relationship_type,
                ends: ends
                    .map(|Ends { from, to }| [known(from), known(to)])
                    .collect(),
                properties: properties(&relationship_type.properties),
            })
        });
        Self {
            ontology,
            view,
            labels: labels.collect(),
            types: types.collect(),
        }
    }

    fn node(&self, node: NodeId, add: &mut impl FnMut(Violation)) {
        let labels = self.view.node_labels(node);
        if labels.is_empty() {
            let node = describe(self.view, node);
            return add(Violation::NoLabel { node });
        }
        for label in labels {
            match &self.labels[label.0 as usize] {
                None => add(self.unknown_label(node, *label)),
                Some(known) => self.known_label(node, known, add),
            }
        }
    }

    fn unknown_label(&self, node: NodeId, label: LabelId) -> Violation {
        let label = self.view.label_name(label);
        let labels = self.ontology.labels.iter().map(|label| label.name.as_str());
        Violation::UnknownLabel {
            node: describe(self.view, node),
            label: label.to_string(),
            nearest: nearest_name(labels, label).map(str::to_owned),
        }
    }

    fn known_label(&self, node: NodeId, known: &KnownLabel<'_>, add: &mut impl FnMut(Violation)) {
        let view = self.view;
        if let Some(missing) = &known.label.kind_of
            && !known.kind_of.is_some_and(|kind| view.has_label(node, kind))
        {
            add(Violation::MissingLabel {
                node: describe(view, node),
                label: known.label.name.clone(),
                missing: missing.clone(),
            });
        }
        let value = |key| view.node_property(node, key);
        let faults = known
            .properties
            .iter()
            .filter_map(|property| fault(*property, value));
        for fault in faults {
            add(fault.violation(describe(view, node), &known.label.name));
        }
    }

    fn relationship(&self, relationship: RelationshipId, add: &mut impl FnMut(Violation)) {
        let view = self.view;
        let Some(type_id) = view.type_of(relationship) else {
            return;
        };
        let Some((start, end)) = view.endpoints(relationship) else {
            return;
        };
        let text = || self.describe_relationship(start, type_id, end);
        let Some(known) = &self.types[type_id.0 as usize] else {
            let name = view.type_name(type_id);
            let types = self.ontology.types.iter().map(|t| t.name.as_str());
            return add(Violation::UnknownType {
                relationship: text(),
                relationship_type: name.to_string(),
                nearest: nearest_name(types, name).map(str::to_owned),
            });
        };
        let name = &known.relationship_type.name;
        let has_one =
            |node, labels: &[LabelId]| labels.iter().any(|label| view.has_label(node, *label));
        let mut ends = known.ends.iter();
        if !ends.any(|[from, to]| has_one(start, from) && has_one(end, to)) {
            add(Violation::Ends {
                relationship: text(),
                relationship_type: name.clone(),
                expected: expected(known.relationship_type),
            });
        }
        let value = |key| view.relationship_property(relationship, key);
        let faults = known
            .properties
            .iter()
            .filter_map(|property| fault(*property, value));
        for fault in faults {
            add(fault.violation(text(), name));
        }
    }

    fn duplicates(&self, add: &mut impl FnMut(Violation)) {
        let mut counts: FxHashMap<(NodeId, TypeId, NodeId), usize> = FxHashMap::default();
        for relationship in self.view.relationships() {
            if let Some(type_id) = self.view.type_of(relationship)
                && let Some((start, end)) = self.view.endpoints(relationship)
            {
                *counts.entry((start, type_id, end)).or_default() += 1;
            }
        }
        for ((start, type_id, end), count) in counts.into_iter().filter(|(_, count)| *count > 1) {
            let relationship = self.describe_relationship(start, type_id, end);
            add(Violation::Duplicate {
                relationship,
                count,
            });
        }
    }

    fn describe_relationship(&self, start: NodeId, type_id: TypeId, end: NodeId) -> String {
        let (start, end) = (describe(self.view, start), describe(self.view, end));
        format!("{start}-[:{}]->{end}", self.view.type_name(type_id))
    }
}

/// A property that is not as it should be; with the type of its value, where it has one.
struct PropertyFault<'a> {
    property: &'a Property,
    found: Option<ValueType>,
}

/// What is wrong with a property, whose value is found by its key.
fn fault(
    (key, property): (Option<KeyId>, &Property),
    value: impl Fn(KeyId) -> Value,
) -> Option<PropertyFault<'_>> {
    let value = key.map_or(Value::Null, value);
    let is_wrong = match value.is_null() {
        true => property.required,
        false => !ValueType::of(&value).overlaps(property.value_type),
    };
    is_wrong.then(|| PropertyFault {
        property,
        found: (!value.is_null()).then(|| ValueType::of(&value)),
    })
}

impl PropertyFault<'_> {
    fn violation(self, entity: String, bearer: &str) -> Violation {
        let (bearer, key) = (bearer.to_owned(), self.property.name.clone());
        match self.found {
            None => Violation::MissingProperty {
                entity,
                bearer,
                key,
            },
            Some(found) => Violation::PropertyType {
                entity,
                bearer,
                key,
                found: found.to_string(),
                expected: self.property.value_type.to_string(),
            },
        }
    }
}

/// A node as in a pattern: `(坪山区:District:Region)`.
fn describe(view: &View, node: NodeId) -> String {
    let labels = view.node_labels(node).iter();
    let mut labels: Vec<&str> = labels.map(|label| &**view.label_name(*label)).collect();
    labels.sort_unstable();
    let name = name(view, node);
    let parts = std::iter::once(name.as_deref().unwrap_or_default()).chain(labels);
    format!("({})", parts.collect::<Vec<_>>().join(":"))
}

fn name(view: &View, node: NodeId) -> Option<Arc<str>> {
    match view.node_property(node, view.key(NAME)?) {
        Value::String(name) => Some(name),
        _ => None,
    }
}

fn expected(t: &Type) -> String {
    let ends = |Ends { from, to }: &Ends| format!("{} to {}", from.join("|"), to.join("|"));
    t.ends.iter().map(ends).collect::<Vec<_>>().join(", or ")
}

#[cfg(test)]
mod tests;
