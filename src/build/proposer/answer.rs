//! What a model server answers, held against the text.

use std::sync::Arc;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::build::gate::fold;
use crate::extraction::{
    Article, Entity, Indicator, Label, Mention, Normalized, Qualifier, Reading, Relation,
    RelationType, Status, figures,
};
use crate::source::Span;

/// How many characters a quotation may have.
const LONGEST: usize = 300;

/// An answer: claims by their kind, each still to be understood.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Answer {
    entities: Vec<Value>,
    relations: Vec<Value>,
    indicators: Vec<Value>,
}

#[derive(Deserialize)]
struct ProposedEntity {
    id: Value,
    label: String,
    name: String,
    #[serde(default)]
    aliases: Vec<String>,
}

#[derive(Deserialize)]
struct ProposedRelation {
    s: Value,
    #[serde(rename = "type")]
    relation_type: String,
    o: Value,
    status: Option<String>,
    role: Option<String>,
    quote: String,
}

#[derive(Deserialize)]
struct ProposedIndicator {
    s: Value,
    indicator: String,
    value: f64,
    unit: Option<String>,
    period: Option<String>,
    qualifier: Option<String>,
    quote: String,
}

impl Answer {
    /// The JSON object in a text; `None` where there is none.
    pub(super) fn parse(text: &str) -> Option<Self> {
        // Models think aloud, and fence what they write.
        let text = text.rsplit("</think>").next().unwrap_or(text);
        let object = &text[text.find('{')?..=text.rfind('}')?];
        serde_json::from_str(object).ok()
    }

    /// Adds to a reading what the text bears out; gives why the rest is rejected.
    pub(super) fn add_to(
        self,
        reading: &mut Reading,
        article: &Article,
        place: Span,
        rule: &Arc<str>,
    ) -> Vec<String> {
        let mut judge = Judge {
            reading,
            text: &article.text,
            place,
            normalized: Normalized::new(&article.text[place.range()]),
            rule,
            known: Vec::new(),
        };
        let mut rejected = Vec::new();
        let mut note = |what: &Value, judged: Result<(), String>| {
            if let Err(why) = judged {
                rejected.push(format!("{what}: {why} (rule {rule})"));
            }
        };
        for entity in &self.entities {
            note(entity, judge.entity(entity));
        }
        for relation in &self.relations {
            note(relation, judge.relation(relation));
        }
        for indicator in &self.indicators {
            note(indicator, judge.indicator(indicator));
        }
        rejected
    }
}

struct Judge<'a> {
    reading: &'a mut Reading,
    text: &'a str,
    /// The piece of the text that the question was about.
    place: Span,
    normalized: Normalized,
    rule: &'a Arc<str>,
    /// The answer's ids, and the position of the entity in the reading.
    known: Vec<(String, usize)>,
}

impl Judge<'_> {
    fn entity(&mut self, value: &Value) -> Result<(), String> {
        let proposed: ProposedEntity = understood(value)?;
        let label = Label::from_name(&proposed.label);
        let label = label.ok_or_else(|| format!("the ontology has no label {}", proposed.label))?;
        let name = proposed.name.trim();
        let at = match self.position(label, name) {
            Some(at) => at,
            None => self.new_entity(label, name, &proposed.aliases)?,
        };
        self.known.push((id(&proposed.id), at));
        Ok(())
    }

    /// The entity of the reading that bears a name.
    fn position(&self, label: Label, name: &str) -> Option<usize> {
        let name = fold(name);
        self.reading.entities.iter().position(|entity| {
            let mut forms = std::iter::once(&entity.name).chain(&entity.aliases);
            is_one_class(entity.label, label) && forms.any(|form| fold(form) == name)
        })
    }

    fn new_entity(
        &mut self,
        label: Label,
        name: &str,
        aliases: &[String],
    ) -> Result<usize, String> {
        let mut mentions = self.mentions(name);
        if mentions.is_empty() {
            return Err("no place in the text names it".to_owned());
        }
        let name = Normalized::new(name).text().to_owned();
        let mut kept: Vec<String> = Vec::new();
        for alias in aliases {
            let alias = Normalized::new(alias.trim()).text().to_owned();
            // What names another thing here is no alias.
            let is_free = alias != name && self.position(label, &alias).is_none();
            let places = self.mentions(&alias);
            if is_free && !places.is_empty() && !kept.contains(&alias) {
                mentions.extend(places);
                kept.push(alias);
            }
        }
        mentions.sort_by_key(|mention| (mention.span.start, mention.span.end));
        kept.sort();
        self.reading.entities.push(Entity {
            label,
            name,
            aliases: kept,
            code: None,
            mentions,
        });
        Ok(self.reading.entities.len() - 1)
    }

    /// Where the piece of text names something.
    fn mentions(&self, form: &str) -> Vec<Mention> {
        let form = Normalized::new(form);
        if form.text().trim().is_empty() {
            return Vec::new();
        }
        let found = self.normalized.text().match_indices(form.text());
        let spans =
            found.map(|(at, form)| self.normalized.original(Span::new(at, at + form.len())));
        spans
            .map(|span| Mention {
                span: self.in_the_article(span),
                rule: Arc::clone(self.rule),
            })
            .collect()
    }

    fn in_the_article(&self, span: Span) -> Span {
        let from = self.place.start as usize;
        Span::new(from + span.start as usize, from + span.end as usize)
    }

    fn relation(&mut self, value: &Value) -> Result<(), String> {
        let proposed: ProposedRelation = understood(value)?;
        let t = RelationType::from_name(&proposed.relation_type);
        let t = t.ok_or_else(|| format!("the ontology has no type {}", proposed.relation_type))?;
        let (subject, object) = (self.end(&proposed.s)?, self.end(&proposed.o)?);
        if subject == object {
            return Err("both ends are one".to_owned());
        }
        let status = match proposed.status.as_deref() {
            None | Some("stated") => Status::Stated,
            Some("planned") => Status::Planned,
            Some(other) => return Err(format!("there is no status {other}")),
        };
        let span = self.quotation(&proposed.quote)?;
        let is_known = self.reading.relations.iter().any(|relation| {
            let ends = (relation.subject, relation.relation_type, relation.object);
            ends == (subject, t, object) && relation.rule != *self.rule
        });
        if is_known {
            return Ok(());
        }
        let role = proposed.role.filter(|_| t == RelationType::Leads);
        if role
            .as_ref()
            .is_some_and(|role| !self.stands_in(role, span))
        {
            return Err("its office does not stand there".to_owned());
        }
        self.reading.relations.push(Relation {
            subject,
            relation_type: t,
            object,
            status,
            role,
            span,
            carried_subject: None,
            trigger: None,
            rule: Arc::clone(self.rule),
        });
        Ok(())
    }

    fn indicator(&mut self, value: &Value) -> Result<(), String> {
        let proposed: ProposedIndicator = understood(value)?;
        let subject = self.end(&proposed.s)?;
        let span = self.quotation(&proposed.quote)?;
        let figure = proposed.value;
        let is_same = |other: f64| (other - figure).abs() <= 1e-9 * figure.abs();
        if !figures(&proposed.quote).into_iter().any(is_same) {
            return Err("its figure does not stand there".to_owned());
        }
        let name = Normalized::new(proposed.indicator.trim()).text().to_owned();
        if !self.is_half_in(&name, span) {
            return Err("its measure is not named there".to_owned());
        }
        let period = proposed.period.filter(|period| !period.is_empty());
        if period.as_deref().is_some_and(|period| !is_period(period)) {
            return Err("its period is not written as 2022, 2023-H1 or 2023-06".to_owned());
        }
        let qualifier = match proposed.qualifier.as_deref() {
            None | Some("=") => Qualifier::Exact,
            Some(">") => Qualifier::Over,
            Some("<") => Qualifier::Under,
            Some("~") => Qualifier::About,
            Some("target") => Qualifier::Target,
            Some(other) => return Err(format!("there is no qualifier {other}")),
        };
        let is_known = self.reading.indicators.iter().any(|known| {
            let is_same = is_same(known.value) && known.period == period;
            known.subject == subject && is_same && known.rule != *self.rule
        });
        if is_known {
            return Ok(());
        }
        self.reading.indicators.push(Indicator {
            subject,
            name,
            value: figure,
            unit: proposed.unit.unwrap_or_default(),
            period,
            qualifier,
            span,
            carried_subject: None,
            rule: Arc::clone(self.rule),
        });
        Ok(())
    }

    /// The entity that an end of a claim means.
    fn end(&self, value: &Value) -> Result<usize, String> {
        let id = id(value);
        let found = self.known.iter().find(|(known, _)| *known == id);
        found
            .map(|(_, at)| *at)
            .ok_or_else(|| format!("no entity {id} passed"))
    }

    /// Where a quotation stands, character by character.
    fn quotation(&self, quote: &str) -> Result<Span, String> {
        let quote = quote.trim();
        if quote.is_empty() {
            return Err("it has no quotation".to_owned());
        }
        if quote.chars().count() > LONGEST {
            return Err(format!("its quotation has more than {LONGEST} characters"));
        }
        let at = self.text[self.place.range()].find(quote);
        let at = at.ok_or("its quotation does not stand in the text")?;
        Ok(self.in_the_article(Span::new(at, at + quote.len())))
    }

    fn stands_in(&self, words: &str, span: Span) -> bool {
        fold(&self.text[span.range()]).contains(&fold(words))
    }

    /// Whether at least half of the characters of a measure's name stand in a span.
    fn is_half_in(&self, name: &str, span: Span) -> bool {
        let there = fold(&self.text[span.range()]);
        let name = fold(name);
        let found = name.chars().filter(|c| there.contains(*c)).count();
        found > 0 && found * 2 >= name.chars().count()
    }
}

fn understood<T: DeserializeOwned>(value: &Value) -> Result<T, String> {
    T::deserialize(value).map_err(|error| error.to_string())
}

fn id(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

fn is_one_class(left: Label, right: Label) -> bool {
    let is_region = |label| {
        matches!(
            label,
            Label::Province | Label::City | Label::District | Label::Zone
        )
    };
    left == right || (is_region(left) && is_region(right))
}

fn is_period(text: &str) -> bool {
    let is_part = |part: &str| {
        let mut parts = part.split('-');
        let year = parts.next().unwrap_or_default();
        let is_number = |text: &str, most: usize| {
            (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
        };
        let is_rest = |rest: &str| is_number(rest.trim_start_matches(['H', 'Q']), 2);
        year.len() == 4 && is_number(year, 4) && parts.all(is_rest)
    };
    text.split('/').all(is_part) && text.split('/').count() <= 2
}
