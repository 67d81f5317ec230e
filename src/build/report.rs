//! Coverage: what of each document was read, skipped, turned into facts, and left unexplained.

use serde::Serialize;

use super::gate::has_figure;
use super::{Error, Folder};
use crate::evidence::{Claims, sentences};
use crate::source::Span;

/// What became of all documents.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Report {
    /// By id.
    pub documents: Vec<DocumentReport>,
}

/// What became of one document.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct DocumentReport {
    /// Its id.
    pub document: String,
    /// Its title.
    pub title: Option<String>,
    /// When it appeared.
    pub date: Option<String>,
    /// How many characters its text has.
    pub characters: usize,
    /// How many of them were skipped as furniture.
    pub skipped: usize,
    /// How many things it names.
    pub entities: usize,
    /// How many relations it states.
    pub relations: usize,
    /// How many figures it states.
    pub indicators: usize,
    /// Claims that did not pass the gate.
    pub rejected: Vec<String>,
    /// Sentences with figures or verbs of the ontology, and no fact.
    pub unexplained: Vec<String>,
    /// The whole text, cut into parts of one kind.
    pub parts: Vec<Part>,
}

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Part {
    /// What became of it.
    pub kind: Kind,
    /// What stands there.
    pub text: String,
}

/// What became of a part of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// It was read and says nothing that the ontology holds.
    Read,
    /// It is the site's furniture.
    Skipped,
    /// It says who wrote the article, when and for whom.
    Byline,
    /// It has a figure or a verb of the ontology, and no fact.
    Unexplained,
    /// It states a relation or figure.
    Fact,
    /// It names a thing.
    Named,
}

/// Verbs that tell of what the ontology holds.
const TRIGGERS: [&str; 22] = [
    "聚焦",
    "重点发展",
    "主攻",
    "培育",
    "打造",
    "布局",
    "位于",
    "坐落",
    "落户",
    "总部",
    "发布",
    "印发",
    "出台",
    "举办",
    "主办",
    "承办",
    "建设",
    "运营",
    "签约",
    "合作",
    "集聚",
    "任命",
];

impl Report {
    /// Reports on all documents of a folder.
    ///
    /// # Errors
    ///
    /// [`Error::File`], [`Error::Claims`].
    pub fn of(folder: &Folder) -> Result<Self, Error> {
        let names = folder.documents()?;
        let claims = names.iter().map(|name| folder.read(name));
        let documents = claims.map(|claims| Ok(DocumentReport::of(&claims?)));
        let mut documents = documents.collect::<Result<Vec<_>, Error>>()?;
        documents.sort_by(|left, right| left.document.cmp(&right.document));
        Ok(Self { documents })
    }

    /// The report as lines of text.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        for document in &self.documents {
            let DocumentReport {
                characters,
                skipped,
                entities,
                relations,
                indicators,
                ..
            } = document;
            text += &format!(
                "{}\n  {characters} characters, {skipped} skipped as furniture\n  \
                 {entities} entities, {relations} relations, {indicators} figures, {} rejected\n",
                document.heading(),
                document.rejected.len()
            );
            for line in &document.rejected {
                text += &format!("  rejected: {line}\n");
            }
            for sentence in &document.unexplained {
                text += &format!("  unexplained: {}\n", sentence.replace('\n', " "));
            }
        }
        text
    }

    /// The report as a page that needs nothing else.
    #[must_use]
    pub fn html(&self) -> String {
        let mut page = String::from(PAGE);
        for document in &self.documents {
            page += &format!(
                "<section><h2>{}</h2>\n<p>{} characters, {} skipped; {} entities, {} relations, {} figures, {} rejected, {} sentences unexplained</p>\n<pre>",
                escaped(&document.heading()),
                document.characters,
                document.skipped,
                document.entities,
                document.relations,
                document.indicators,
                document.rejected.len(),
                document.unexplained.len(),
            );
            for part in &document.parts {
                let text = escaped(&part.text);
                page += &match part.kind {
                    Kind::Read => text,
                    Kind::Skipped => format!("<s>{text}</s>"),
                    Kind::Byline => format!("<i>{text}</i>"),
                    Kind::Unexplained => format!("<u>{text}</u>"),
                    Kind::Fact => format!("<mark>{text}</mark>"),
                    Kind::Named => format!("<b>{text}</b>"),
                };
            }
            page += "</pre>\n";
            for (name, lines) in [
                ("rejected", &document.rejected),
                ("unexplained", &document.unexplained),
            ] {
                if !lines.is_empty() {
                    let items = lines
                        .iter()
                        .map(|line| format!("<li>{}</li>\n", escaped(line)));
                    page += &format!(
                        "<h3>{name}</h3>\n<ul>\n{}</ul>\n",
                        items.collect::<String>()
                    );
                }
            }
            page += "</section>\n";
        }
        page + "</body></html>\n"
    }
}

const PAGE: &str = "<!DOCTYPE html>\n<html lang=\"zh\"><head><meta charset=\"utf-8\"><title>tupu report</title><style>\
body{font:16px/1.7 sans-serif;max-width:50em;margin:2em auto;padding:0 1em}\
pre{font:inherit;white-space:pre-wrap}mark{background:#cfe8cf}s{color:#999}\
u{background:#fbe3c0;text-decoration:none}</style></head><body>\n\
<p><mark>states a fact</mark> · <b>names a thing</b> · <u>unexplained</u> · <i>byline</i> · <s>skipped</s></p>\n";

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

impl DocumentReport {
    fn of(claims: &Claims) -> Self {
        let text = &claims.text;
        let facts: Vec<Span> = {
            let relations = claims.relations.iter().map(|relation| relation.span);
            relations
                .chain(claims.indicators.iter().map(|indicator| indicator.span))
                .collect()
        };
        let overlaps = |spans: &[Span], place: Span| {
            spans
                .iter()
                .any(|span| span.start < place.end && place.start < span.end)
        };
        let unexplained: Vec<Span> = sentences(text)
            .into_iter()
            .filter(|place| {
                let known = [&facts, &claims.skipped, &claims.bylines];
                !known.into_iter().any(|spans| overlaps(spans, *place))
            })
            .filter(|place| {
                let sentence = &text[place.range()];
                has_figure(sentence) || TRIGGERS.iter().any(|verb| sentence.contains(verb))
            })
            .collect();
        let named = claims.entities.iter().flat_map(|entity| &entity.mentions);
        let layers = [
            (Kind::Skipped, claims.skipped.clone()),
            (Kind::Byline, claims.bylines.clone()),
            (Kind::Unexplained, unexplained.clone()),
            (Kind::Fact, facts),
            (Kind::Named, named.map(|mention| mention.span).collect()),
        ];
        let skipped = claims
            .skipped
            .iter()
            .filter_map(|span| text.get(span.range()));
        Self {
            document: claims.document.id.clone(),
            title: claims.document.title.clone(),
            date: claims.document.date.clone(),
            characters: text.chars().count(),
            skipped: skipped.map(|part| part.chars().count()).sum(),
            entities: claims.entities.len(),
            relations: claims.relations.len(),
            indicators: claims.indicators.len(),
            rejected: claims.rejected.clone(),
            unexplained: unexplained
                .iter()
                .map(|span| text[span.range()].to_owned())
                .collect(),
            parts: parts(text, &layers),
        }
    }

    fn heading(&self) -> String {
        let title = self.title.as_deref().map(|title| format!(" 《{title}》"));
        let date = self.date.as_deref().map(|date| format!(" {date}"));
        format!(
            "{}{}{}",
            self.document,
            title.unwrap_or_default(),
            date.unwrap_or_default()
        )
    }
}

/// Cuts a text where layers begin and end; of two layers the later one shows.
fn parts(text: &str, layers: &[(Kind, Vec<Span>)]) -> Vec<Part> {
    let mut kinds = vec![Kind::Read; text.len()];
    for (kind, spans) in layers {
        for span in spans {
            if let Some(covered) = kinds.get_mut(span.range()) {
                covered.fill(*kind);
            }
        }
    }
    let mut parts: Vec<Part> = Vec::new();
    for (at, c) in text.char_indices() {
        match parts.last_mut() {
            Some(part) if part.kind == kinds[at] => part.text.push(c),
            _ => parts.push(Part {
                kind: kinds[at],
                text: c.into(),
            }),
        }
    }
    parts
}
