//! The gate: a reading becomes claims only where the text says what they say.

use std::collections::BTreeSet;

use crate::evidence::{self, Claims, Status};
use crate::extraction::{self, Article, Normalized, Reading};
use crate::source::Span;

/// What an article claims: of its reading, what passes the gate.
///
/// An entity needs a place where its name or an alias stands. A relation or figure needs its subject inside its
/// characters, or a recorded place of the subject before them; a relation its object and its trigger too.
#[must_use]
pub fn claims(article: &Article, reading: &Reading, hash: String) -> Claims {
    let mut gate = Gate {
        text: &article.text,
        reading,
        places: Vec::new(),
        rejected: Vec::new(),
    };
    let entities = gate.entities();
    let kept = |index: usize| entities.positions.get(index).copied().flatten();
    let relations = gate.relations(kept);
    let indicators = gate.indicators(kept);
    Claims {
        version: Claims::VERSION,
        document: evidence::Document {
            id: article.id.to_string(),
            title: reading.title.clone(),
            source: reading.source.clone(),
            date: reading.date.clone(),
        },
        hash,
        text: article.text.to_string(),
        skipped: reading.furniture.clone(),
        bylines: reading.bylines.clone(),
        entities: entities.kept,
        relations,
        indicators,
        rejected: gate.rejected,
    }
}

struct Gate<'a> {
    text: &'a str,
    reading: &'a Reading,
    /// The places of each entity that stood the test.
    places: Vec<Vec<Span>>,
    rejected: Vec<String>,
}

/// The entities that passed, and the new position of each of the reading's.
struct Entities {
    kept: Vec<evidence::Entity>,
    positions: Vec<Option<usize>>,
}

impl Gate<'_> {
    fn entities(&mut self) -> Entities {
        let mut entities = Entities {
            kept: Vec::new(),
            positions: Vec::new(),
        };
        for entity in &self.reading.entities {
            let (mentions, places) = self.mentions(entity);
            let supported: BTreeSet<&str> = mentions.iter().map(|mention| &*mention.form).collect();
            let aliases = entity.aliases.iter();
            let aliases = aliases.filter(|alias| supported.contains(alias.as_str()));
            let aliases: Vec<String> = aliases.cloned().collect();
            let is_kept = !mentions.is_empty();
            if is_kept {
                entities.kept.push(evidence::Entity {
                    label: entity.label.name().to_owned(),
                    name: entity.name.clone(),
                    aliases,
                    code: entity.code.as_deref().map(str::to_owned),
                    mentions,
                });
            } else {
                let name = &entity.name;
                self.rejected
                    .push(format!("entity {name}: no place in the text names it"));
            }
            let position = is_kept.then(|| entities.kept.len() - 1);
            entities.positions.push(position);
            self.places.push(places);
        }
        entities
    }

    /// The first place of each form, and all places.
    fn mentions(&self, entity: &extraction::Entity) -> (Vec<evidence::Mention>, Vec<Span>) {
        let forms = std::iter::once(&entity.name).chain(&entity.aliases);
        let forms: Vec<(&String, String)> = forms.map(|form| (form, fold(form))).collect();
        let mut mentions: Vec<evidence::Mention> = Vec::new();
        let mut places = Vec::new();
        for mention in &entity.mentions {
            let Some(found) = self.text.get(mention.span.range()).map(fold) else {
                continue;
            };
            let form = forms
                .iter()
                .find(|(_, form)| *form == found && !form.is_empty());
            let Some((form, _)) = form else {
                continue;
            };
            places.push(mention.span);
            if !mentions.iter().any(|other| other.form == **form) {
                mentions.push(evidence::Mention {
                    span: mention.span,
                    form: (*form).clone(),
                    rule: mention.rule.to_string(),
                });
            }
        }
        (mentions, places)
    }

    /// Whether an entity is named inside a span.
    fn names(&self, entity: usize, span: Span) -> bool {
        let is_inside = |place: &Span| span.start <= place.start && place.end <= span.end;
        let places = self.places.get(entity);
        let is_placed = places.is_some_and(|places| places.iter().any(is_inside));
        is_placed || {
            let Some((text, entity)) = self
                .text
                .get(span.range())
                .map(fold)
                .zip(self.reading.entities.get(entity))
            else {
                return false;
            };
            let mut forms = std::iter::once(&entity.name).chain(&entity.aliases);
            forms.any(|form| {
                Some(fold(form)).is_some_and(|form| !form.is_empty() && text.contains(&form))
            })
        }
    }

    /// Why a claim's subject is not where it should be; `None` where it is.
    fn subject_fault(
        &self,
        subject: usize,
        span: Span,
        carried: Option<Span>,
    ) -> Option<&'static str> {
        if self.text.get(span.range()).is_none_or(str::is_empty) {
            return Some("its characters are no part of the text");
        }
        let is_named = match carried {
            Some(carried) => self.names(subject, carried) || self.names(subject, span),
            None => self.names(subject, span),
        };
        (!is_named).then_some("its subject is not named there")
    }

    fn relations(&mut self, kept: impl Fn(usize) -> Option<usize>) -> Vec<evidence::Relation> {
        let mut passed = Vec::new();
        for relation in &self.reading.relations {
            let ends = kept(relation.subject).zip(kept(relation.object));
            let fault = self
                .subject_fault(relation.subject, relation.span, relation.carried_subject)
                .or_else(|| {
                    let has_object = self.names(relation.object, relation.span);
                    (!has_object).then_some("its object is not named there")
                })
                .or_else(|| {
                    let is_inside = |trigger: Span| {
                        relation.span.start <= trigger.start && trigger.end <= relation.span.end
                    };
                    let has_trigger = relation.trigger.is_none_or(is_inside);
                    (!has_trigger).then_some("its trigger does not stand there")
                });
            match (ends, fault) {
                (Some((subject, object)), None) => passed.push(evidence::Relation {
                    subject,
                    relation_type: relation.relation_type.name().to_owned(),
                    object,
                    status: match relation.status {
                        extraction::Status::Stated => Status::Stated,
                        extraction::Status::Planned => Status::Planned,
                    },
                    role: relation.role.clone(),
                    span: relation.span,
                    carried_subject: relation.carried_subject,
                    rule: relation.rule.to_string(),
                }),
                (_, fault) => {
                    let fault = fault.unwrap_or("one of its ends did not pass");
                    let (subject, object) =
                        (self.name(relation.subject), self.name(relation.object));
                    let line = format!(
                        "{subject} {} {object}: {fault} (rule {})",
                        relation.relation_type.name(),
                        relation.rule
                    );
                    self.rejected.push(line);
                }
            }
        }
        passed
    }

    fn indicators(&mut self, kept: impl Fn(usize) -> Option<usize>) -> Vec<evidence::Indicator> {
        let mut passed = Vec::new();
        for indicator in &self.reading.indicators {
            let fault = self
                .subject_fault(indicator.subject, indicator.span, indicator.carried_subject)
                .or_else(|| {
                    let text = self.text.get(indicator.span.range()).unwrap_or_default();
                    let has_figure = has_figure(text);
                    (!has_figure).then_some("no figure stands there")
                })
                .or_else(|| (!indicator.value.is_finite()).then_some("its value is no number"));
            match (kept(indicator.subject), fault) {
                (Some(subject), None) => passed.push(evidence::Indicator {
                    subject,
                    name: indicator.name.clone(),
                    value: indicator.value,
                    unit: indicator.unit.clone(),
                    period: indicator.period.clone(),
                    qualifier: indicator.qualifier.sign().to_owned(),
                    span: indicator.span,
                    carried_subject: indicator.carried_subject,
                    rule: indicator.rule.to_string(),
                }),
                (_, fault) => {
                    let fault = fault.unwrap_or("its subject did not pass");
                    let subject = self.name(indicator.subject);
                    let (name, rule) = (&indicator.name, &indicator.rule);
                    self.rejected
                        .push(format!("{subject} {name}: {fault} (rule {rule})"));
                }
            }
        }
        passed
    }

    fn name(&self, entity: usize) -> &str {
        let entity = self.reading.entities.get(entity);
        entity.map_or("nothing", |entity| &entity.name)
    }
}

/// Whether a text holds a figure, in digits or in Chinese numerals.
pub(super) fn has_figure(text: &str) -> bool {
    let is_numeral = |c: char| c.is_numeric() || "〇零一二两三四五六七八九十百千万亿半".contains(c);
    fold(text).contains(is_numeral)
}

/// A name or stretch of text as it is compared: read, narrow, without quotation marks and blanks, in small letters.
pub(super) fn fold(text: &str) -> String {
    let normalized = Normalized::new(text);
    let characters = normalized.text().chars();
    let is_sign = |c: &char| {
        c.is_whitespace()
            || matches!(
                c,
                '“' | '”' | '‘' | '’' | '"' | '\'' | '《' | '》' | '「' | '」'
            )
    };
    characters
        .filter(|c| !is_sign(c))
        .flat_map(char::to_lowercase)
        .collect()
}
