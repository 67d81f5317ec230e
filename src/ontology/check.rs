//! What in a graph the ontology does not allow.

use std::fmt;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::{Ends, Ontology, Type};
use crate::graph::{LabelId, TypeId, View};
use crate::source::nearest_name;
use crate::value::{NodeId, RelationshipId, Value};

const NAME: &str = "name";

/// Something in a graph that the ontology does not allow; nodes and relationships are given as text,
/// `(坪山区:District:Region)`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Violation {
    /// A node bears no label.
    NoLabel {
        /// The node.
        node: String,
    },
    /// A node bears a label that the ontology does not have.
    UnknownLabel {
        /// The node.
        node: String,
        /// The label.
        label: String,
        /// The label of the ontology that was probably meant.
        nearest: Option<String>,
    },
    /// A node bears a label, but not the more general one that goes with it.
    MissingLabel {
        /// The node.
        node: String,
        /// The label that it bears.
        label: String,
        /// The label that it should bear too.
        missing: String,
    },
    /// A node has no property `name` that is text.
    MissingName {
        /// The node.
        node: String,
    },
    /// A relationship has a type that the ontology does not have.
    UnknownType {
        /// The relationship with its ends.
        relationship: String,
        /// The type.
        relationship_type: String,
        /// The type of the ontology that was probably meant.
        nearest: Option<String>,
    },
    /// A relationship's ends are not among those that its type may have.
    Ends {
        /// The relationship with its ends.
        relationship: String,
        /// The ends that its type may have.
        expected: String,
    },
    /// Several relationships of one type lead from one node to one other.
    Duplicate {
        /// The relationship with its ends.
        relationship: String,
        /// How many there are.
        count: usize,
    },
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoLabel { node } => write!(f, "{node} bears no label"),
            Self::UnknownLabel {
                node,
                label,
                nearest,
            } => {
                write!(
                    f,
                    "{node} bears `{label}`, which is no label of the ontology"
                )?;
                write_nearest(f, nearest.as_deref())
            }
            Self::MissingLabel {
                node,
                label,
                missing,
            } => write!(f, "{node} bears `{label}` without `{missing}`"),
            Self::MissingName { node } => write!(f, "{node} has no text as its `name`"),
            Self::UnknownType {
                relationship,
                relationship_type,
                nearest,
            } => {
                write!(
                    f,
                    "{relationship} has `{relationship_type}`, which is no type of the ontology"
                )?;
                write_nearest(f, nearest.as_deref())
            }
            Self::Ends {
                relationship,
                expected,
            } => write!(f, "{relationship} has ends of other labels than {expected}"),
            Self::Duplicate {
                relationship,
                count,
            } => {
                write!(
                    f,
                    "{relationship} stands {count} times; one relationship names all its sources"
                )
            }
        }
    }
}

fn write_nearest(f: &mut fmt::Formatter<'_>, nearest: Option<&str>) -> fmt::Result {
    match nearest {
        Some(nearest) => write!(f, "; did you mean `{nearest}`?"),
        None => Ok(()),
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
        let check = Check {
            ontology: self,
            view,
        };
        let mut violations = Vec::new();
        for node in view.nodes() {
            check.node(node, &mut violations);
        }
        for relationship in view.relationships() {
            check.relationship(relationship, &mut violations);
        }
        check.duplicates(&mut violations);
        violations.sort_unstable();
        violations
    }
}

struct Check<'a> {
    ontology: &'a Ontology,
    view: &'a View,
}

impl Check<'_> {
    fn node(&self, node: NodeId, violations: &mut Vec<Violation>) {
        let text = || describe(self.view, node);
        let labels = self.view.node_labels(node);
        if labels.is_empty() {
            violations.push(Violation::NoLabel { node: text() });
        }
        for name in labels.iter().map(|label| self.label_name(*label)) {
            let Some(label) = self.ontology.label(name) else {
                let labels = self.ontology.labels.iter().map(|label| label.name.as_str());
                violations.push(Violation::UnknownLabel {
                    node: text(),
                    label: name.to_owned(),
                    nearest: nearest_name(labels, name).map(str::to_owned),
                });
                continue;
            };
            if let Some(missing) = label
                .kind_of
                .as_ref()
                .filter(|kind| !self.has_label(node, kind))
            {
                let (label, missing) = (name.to_owned(), missing.clone());
                violations.push(Violation::MissingLabel {
                    node: text(),
                    label,
                    missing,
                });
            }
        }
        if name(self.view, node).is_none() {
            violations.push(Violation::MissingName { node: text() });
        }
    }

    fn relationship(&self, relationship: RelationshipId, violations: &mut Vec<Violation>) {
        let Some(type_id) = self.view.type_of(relationship) else {
            return;
        };
        let Some((start, end)) = self.view.endpoints(relationship) else {
            return;
        };
        let type_name = self.view.type_name(type_id);
        let Some(t) = self.ontology.relationship_type(type_name) else {
            let relationship = self.describe_relationship(start, type_id, end);
            let types = self.ontology.types.iter().map(|t| t.name.as_str());
            violations.push(Violation::UnknownType {
                relationship,
                relationship_type: type_name.to_string(),
                nearest: nearest_name(types, type_name).map(str::to_owned),
            });
            return;
        };
        let has_one =
            |node, labels: &[String]| labels.iter().any(|label| self.has_label(node, label));
        if !t
            .ends
            .iter()
            .any(|ends| has_one(start, &ends.from) && has_one(end, &ends.to))
        {
            let relationship = self.describe_relationship(start, type_id, end);
            violations.push(Violation::Ends {
                relationship,
                expected: expected(t),
            });
        }
    }

    fn duplicates(&self, violations: &mut Vec<Violation>) {
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
            violations.push(Violation::Duplicate {
                relationship,
                count,
            });
        }
    }

    fn label_name(&self, label: LabelId) -> &str {
        self.view.label_name(label)
    }

    fn has_label(&self, node: NodeId, name: &str) -> bool {
        self.view
            .node_labels(node)
            .iter()
            .any(|label| self.label_name(*label) == name)
    }

    fn describe_relationship(&self, start: NodeId, type_id: TypeId, end: NodeId) -> String {
        let (start, end) = (describe(self.view, start), describe(self.view, end));
        format!("{start}-[:{}]->{end}", self.view.type_name(type_id))
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
mod tests {
    use expect_test::{Expect, expect};

    use super::super::Ontology;
    use crate::graph::Graph;

    fn check(nodes: &[(&str, &[&str])], relationships: &[(usize, &str, usize)], expected: Expect) {
        let mut graph = Graph::new();
        let name_key = graph.intern_key("name");
        let mut ids = Vec::new();
        for (name, labels) in nodes {
            let labels: Vec<_> = labels
                .iter()
                .map(|label| graph.intern_label(label))
                .collect();
            let name = Some(*name).filter(|name| !name.is_empty()).into();
            ids.push(
                graph
                    .create_node(&labels, &[(name_key, name)])
                    .expect("there is room"),
            );
        }
        for (start, type_name, end) in relationships {
            let t = graph.intern_type(type_name);
            graph
                .create_relationship(ids[*start], t, ids[*end], &[])
                .expect("both ends are there");
        }
        let violations = Ontology::regional_industry().check(graph.view());
        expected.assert_eq(
            &violations
                .iter()
                .map(|violation| violation.to_string() + "\n")
                .collect::<String>(),
        );
    }

    #[test]
    fn what_the_ontology_allows() {
        check(
            &[
                ("坪山区", &["District", "Region"]),
                ("比亚迪", &["Enterprise"]),
                ("新闻", &["Document"]),
                ("地区生产总值", &["Indicator"]),
            ],
            &[
                (1, "LOCATED_IN", 0),
                (0, "COOPERATES_WITH", 1),
                (2, "MENTIONS", 0),
                (0, "HAS_INDICATOR", 3),
            ],
            expect![[""]],
        );
    }

    #[test]
    fn nodes() {
        check(
            &[
                ("坪山区", &["District"]),
                ("比亚迪", &["Enterprize", "汽车"]),
                ("", &["Park"]),
                ("", &[]),
            ],
            &[],
            expect![[r#"
                () bears no label
                (比亚迪:Enterprize:汽车) bears `Enterprize`, which is no label of the ontology; did you mean `Enterprise`?
                (比亚迪:Enterprize:汽车) bears `汽车`, which is no label of the ontology
                (坪山区:District) bears `District` without `Region`
                () has no text as its `name`
                (:Park) has no text as its `name`
            "#]],
        );
    }

    #[test]
    fn relationships() {
        check(
            &[
                ("坪山区", &["District", "Region"]),
                ("比亚迪", &["Enterprise"]),
                ("智能车", &["Cluster"]),
            ],
            &[
                (0, "LOCATED_IN", 1),
                (1, "LOCATE_IN", 0),
                (1, "喜欢", 0),
                (2, "PART_OF", 1),
                (1, "IN_CLUSTER", 2),
                (1, "IN_CLUSTER", 2),
            ],
            expect![[r#"
                (比亚迪:Enterprise)-[:LOCATE_IN]->(坪山区:District:Region) has `LOCATE_IN`, which is no type of the ontology; did you mean `LOCATED_IN`?
                (比亚迪:Enterprise)-[:喜欢]->(坪山区:District:Region) has `喜欢`, which is no type of the ontology
                (坪山区:District:Region)-[:LOCATED_IN]->(比亚迪:Enterprise) has ends of other labels than Enterprise|Park|Organization|Facility|Event|Fund|Region to Region|Park|Facility
                (智能车:Cluster)-[:PART_OF]->(比亚迪:Enterprise) has ends of other labels than Cluster to Cluster, or Park to Park, or Organization to Organization, or Policy to Policy
                (比亚迪:Enterprise)-[:IN_CLUSTER]->(智能车:Cluster) stands 2 times; one relationship names all its sources
            "#]],
        );
    }
}
