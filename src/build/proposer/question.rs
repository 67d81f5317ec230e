//! What the model server is asked: the ontology, and a piece of an article.

use serde_json::json;

use crate::build::folder::hash;
use crate::evidence::sentences;
use crate::extraction::{Article, Label, RelationType};
use crate::source::Span;

/// How many bytes of text one question holds at the most, unless a sentence is longer.
const PIECE: usize = 9_000;
/// How many bytes of one sentence are asked about.
const LONGEST: usize = 4 * PIECE;

/// A question about a piece of an article.
#[derive(Debug)]
pub(super) struct Question {
    /// What names it: a hash of everything that the answer may depend on.
    pub(super) id: String,
    /// The piece of the article's text that it is about.
    pub(super) place: Span,
    content: String,
}

/// What names the instructions.
pub(super) fn fingerprint() -> String {
    hash([instructions().as_bytes()])[..16].to_owned()
}

impl Question {
    /// All questions about an article.
    pub(super) fn all(article: &Article, model: &str) -> Vec<Self> {
        let date = article.date.map(|date| date.to_string());
        let mut head = String::new();
        for (name, value) in [
            ("title", &article.title),
            ("source", &article.source),
            ("date", &date),
        ] {
            if let Some(value) = value {
                head += &format!("{name}: {value}\n");
            }
        }
        let instructions = instructions();
        let question = |place: Span| {
            let content = format!("{head}\n{}", &article.text[place.range()]);
            let parts = [model, &instructions, &content];
            Self {
                id: hash(parts.map(str::as_bytes)),
                place,
                content,
            }
        };
        pieces(&article.text).into_iter().map(question).collect()
    }

    /// The request.
    pub(super) fn body(&self, model: &str) -> String {
        json!({
            "model": model,
            "temperature": 0,
            "stream": false,
            "messages": [
                {"role": "system", "content": instructions()},
                {"role": "user", "content": self.content},
            ],
        })
        .to_string()
    }
}

/// Runs of whole sentences that are short enough for a question.
fn pieces(text: &str) -> Vec<Span> {
    let mut pieces: Vec<Span> = Vec::new();
    for sentence in sentences(text) {
        let sentence = cut(text, sentence);
        match pieces.last_mut() {
            Some(last) if (sentence.end - last.start) as usize <= PIECE => last.end = sentence.end,
            _ => pieces.push(sentence),
        }
    }
    pieces
}

fn cut(text: &str, sentence: Span) -> Span {
    let start = sentence.start as usize;
    let end = text.floor_char_boundary(start + LONGEST);
    Span::new(start, end.min(sentence.end as usize))
}

fn instructions() -> String {
    let names = |names: Vec<&str>| names.join(", ");
    let labels = names(Label::ALL.iter().map(|label| label.name()).collect());
    let types = names(RelationType::ALL.iter().map(|t| t.name()).collect());
    INSTRUCTIONS
        .replace("LABELS", &labels)
        .replace("TYPES", &types)
}

const INSTRUCTIONS: &str = r#"You read an article about a region's economy and list what it states. Answer with one JSON object and nothing else:

{"entities": [{"id": "e1", "label": "District", "name": "甲区", "aliases": ["甲"]}],
 "relations": [{"s": "e1", "type": "FOCUSES_ON", "o": "e2", "status": "stated", "quote": "甲区聚焦集成电路"}],
 "indicators": [{"s": "e1", "indicator": "产值", "value": 3000000000, "unit": "元", "period": "2022", "qualifier": "=", "quote": "甲区2022年产值达30亿元"}]}

label is one of LABELS. type is one of TYPES. status is stated or planned. qualifier is =, >, <, ~ or target. value is in the base unit (30亿元 is 3000000000 元). period is 2022, 2023-H1, 2024-Q1, 2023-06, 2023-01/2023-08 or a day, and null where the text gives none.

quote is the shortest stretch of the article that states the claim, copied character by character. It names the subject, and the object or the figure. A claim whose quote does not stand in the article is thrown away. State nothing that the article does not state."#;
