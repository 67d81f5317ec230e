//! Corrections: a RON file in the user's hands with facts that hold whatever documents say, and facts that do not.

use serde::{Deserialize, Serialize};

use super::Error;
use super::registry::{check_version, misplaced, parse};
use crate::evidence::{self, Claims, Document, Mention, Status};
use crate::extraction::{Label, RelationType};
use crate::source::Span;

/// Facts asserted and denied by people.
///
/// ```
/// use tupu::build::Corrections;
///
/// let corrections = Corrections::parse(
///     "corrections.ron",
///     r#"Corrections(
///         version: 1,
///         assert: [Fact(from: "Enterprise/甲公司", type: "LOCATED_IN", to: "District/乙区", reason: "its own report")],
///         deny: [Fact(from: "Enterprise/甲公司", type: "IN_CLUSTER", to: "Cluster/生物医药", reason: "a different firm")],
///     )"#,
/// )?;
/// assert_eq!(corrections.deny.len(), 1);
/// # Ok::<(), tupu::build::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Corrections {
    /// The version of the format: 1.
    pub version: u32,
    /// Facts that hold.
    #[serde(default)]
    pub assert: Vec<Fact>,
    /// Facts that do not hold.
    #[serde(default)]
    pub deny: Vec<Fact>,
}

/// A fact: a relationship (`from`, `type`, `to`), a figure (`of`, `indicator`, …) or a thing (`of` alone). What it names
/// is a label and a name: `District/坪山区`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Fact {
    /// Where the relationship starts.
    pub from: String,
    /// Its type.
    #[serde(rename = "type")]
    pub relation_type: String,
    /// Where it ends.
    pub to: String,
    /// The thing, or what is measured.
    pub of: String,
    /// The measure.
    pub indicator: String,
    /// The figure; a denied one is denied whatever its value where this is left out.
    pub value: Option<f64>,
    /// The figure's unit.
    pub unit: String,
    /// What the figure is about.
    pub period: Option<String>,
    /// Why.
    pub reason: String,
}

/// The id of the document that stands for the corrections in a graph.
const DOCUMENT: &str = "corrections";

impl Corrections {
    /// Reads corrections; `name` is that of their file.
    ///
    /// # Errors
    ///
    /// [`Error::Malformed`].
    pub fn parse(name: &str, text: &str) -> Result<Self, Error> {
        let corrections: Self = parse(name, text)?;
        check_version(name, corrections.version)?;
        for fact in corrections.assert.iter().chain(&corrections.deny) {
            if let Some((word, reason)) = fact.fault() {
                return Err(misplaced(name, text, word, reason));
            }
        }
        Ok(corrections)
    }

    /// The asserted facts as the claims of a document of their own, whose sentences are the reasons.
    pub(super) fn claims(&self) -> Option<Claims> {
        if self.assert.is_empty() {
            return None;
        }
        let mut claims = Claims {
            version: Claims::VERSION,
            document: Document {
                id: DOCUMENT.to_owned(),
                title: Some("facts asserted by hand".to_owned()),
                ..Document::default()
            },
            ..Claims::default()
        };
        for fact in &self.assert {
            fact.claim(&mut claims);
        }
        Some(claims)
    }
}

impl Fact {
    /// A word that is wrong, and why.
    fn fault(&self) -> Option<(&str, String)> {
        let is_relationship = !self.from.is_empty() || !self.to.is_empty();
        let ends = if is_relationship {
            vec![&self.from, &self.to]
        } else {
            vec![&self.of]
        };
        for end in ends {
            let label = end
                .split_once('/')
                .and_then(|(label, _)| Label::from_name(label));
            if label.is_none() {
                let reason =
                    format!("found {end:?}, expected a label and a name: \"District/坪山区\"");
                return Some((end, reason));
            }
        }
        let is_known = RelationType::from_name(&self.relation_type).is_some();
        if is_relationship && !is_known {
            let reason = format!(
                "found the type {:?}, expected one of the ontology",
                self.relation_type
            );
            return Some((&self.relation_type, reason));
        }
        if !self.indicator.is_empty() && self.of.is_empty() {
            return Some((
                &self.indicator,
                "a figure needs `of`, what it is said of".to_owned(),
            ));
        }
        None
    }

    fn claim(&self, claims: &mut Claims) {
        let start = claims.text.len();
        let reason = if self.reason.is_empty() {
            "no reason given"
        } else {
            &self.reason
        };
        claims.text.push_str(reason);
        let span = Span::new(start, claims.text.len());
        claims.text.push('\n');
        let rule = "corrections".to_owned();
        let mut entity = |reference: &str| {
            let (label, name) = reference.split_once('/').unwrap_or(("", reference));
            let same = |entity: &evidence::Entity| entity.label == label && entity.name == name;
            if let Some(at) = claims.entities.iter().position(same) {
                return at;
            }
            claims.entities.push(evidence::Entity {
                label: label.to_owned(),
                name: name.to_owned(),
                aliases: Vec::new(),
                code: None,
                mentions: vec![Mention {
                    span,
                    form: name.to_owned(),
                    rule: rule.clone(),
                }],
            });
            claims.entities.len() - 1
        };
        if self.from.is_empty() {
            let subject = entity(&self.of);
            if let Some(value) = self.value.filter(|_| !self.indicator.is_empty()) {
                claims.indicators.push(evidence::Indicator {
                    subject,
                    name: self.indicator.clone(),
                    value,
                    unit: self.unit.clone(),
                    period: self.period.clone(),
                    qualifier: "=".to_owned(),
                    span,
                    carried_subject: None,
                    rule,
                });
            }
        } else {
            let (subject, object) = (entity(&self.from), entity(&self.to));
            claims.relations.push(evidence::Relation {
                subject,
                relation_type: self.relation_type.clone(),
                object,
                status: Status::Stated,
                role: None,
                span,
                carried_subject: None,
                rule,
            });
        }
    }

    /// Whether this denies a thing as a whole.
    pub(super) fn denies_entity(&self, id: &str) -> bool {
        self.from.is_empty() && self.indicator.is_empty() && self.of == id
    }

    /// Whether this denies a relationship.
    pub(super) fn denies_relationship(&self, from: &str, relation_type: &str, to: &str) -> bool {
        self.from == from && self.relation_type == relation_type && self.to == to
    }

    /// Whether this denies a figure.
    pub(super) fn denies_indicator(&self, of: &str, indicator: &evidence::Indicator) -> bool {
        self.from.is_empty()
            && self.of == of
            && self.indicator == indicator.name
            && self
                .value
                .is_none_or(|value| value.total_cmp(&indicator.value).is_eq())
            && (self.period.is_none() || self.period == indicator.period)
    }
}
