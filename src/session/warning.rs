//! Remarks about a statement that do not stop it.

use crate::algebra::{Mention, MentionKind};
use crate::graph::View;
use crate::ontology::Ontology;
use crate::source::{Source, Span, nearest_name};

/// A remark about a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// What is remarkable.
    pub message: String,
    /// What to do about it: ``did you mean `LOCATED_IN`?``
    pub help: Option<String>,
    /// Where.
    pub span: Span,
}

impl Warning {
    /// The whole message for people, with the excerpt. `offset` is where the statement starts in the source.
    #[must_use]
    pub fn render(&self, source: &Source<'_>, offset: usize) -> String {
        super::error::render(
            "warning",
            &self.message,
            Some(self.span),
            self.help.as_deref(),
            source,
            offset,
        )
    }
}

/// A remark about each name that the statement reads and that nothing in the graph bears. Such a statement is legal,
/// but it rarely means what was meant.
pub(super) fn unknown_names(mentions: &[Mention], view: &View) -> Vec<Warning> {
    if view.node_count() == 0 {
        return Vec::new();
    }
    let mut warnings: Vec<Warning> = Vec::new();
    for (at, mention) in mentions.iter().enumerate() {
        let is_repeated = mentions[..at]
            .iter()
            .any(|other| other.kind == mention.kind && other.name == mention.name);
        if !is_repeated && !is_known(mention, view) {
            warnings.push(unknown_name(mention, view));
        }
    }
    warnings
}

fn is_known(mention: &Mention, view: &View) -> bool {
    match mention.kind {
        MentionKind::Label => view
            .label(&mention.name)
            .is_some_and(|label| view.label_count(label) > 0),
        MentionKind::Type => view
            .relationship_type(&mention.name)
            .is_some_and(|t| view.type_count(t) > 0),
        MentionKind::Key => view.key(&mention.name).is_some(),
    }
}

fn unknown_name(mention: &Mention, view: &View) -> Warning {
    let name = &mention.name;
    let (message, known): (String, Vec<&str>) = match mention.kind {
        MentionKind::Label => {
            let labels = view.labels().filter(|label| view.label_count(*label) > 0);
            (
                format!("no node bears the label `{name}`"),
                labels.map(|label| &**view.label_name(label)).collect(),
            )
        }
        MentionKind::Type => {
            let types = view.types().filter(|t| view.type_count(*t) > 0);
            (
                format!("no relationship has the type `{name}`"),
                types.map(|t| &**view.type_name(t)).collect(),
            )
        }
        MentionKind::Key => {
            let keys = view.keys().map(|key| &**view.key_name(key)).collect();
            (format!("nothing has the property `{name}`"), keys)
        }
    };
    let help = meant(mention, known).map(|name| format!("did you mean `{name}`?"));
    Warning {
        message,
        help,
        span: mention.span,
    }
}

/// The name that was probably meant: the one that the Chinese name stands for, or the nearest.
fn meant<'a>(mention: &Mention, known: Vec<&'a str>) -> Option<&'a str> {
    let ontology = Ontology::regional_industry();
    let name = &mention.name;
    let translated = match mention.kind {
        MentionKind::Label => ontology.label_of_zh(name).map(|label| &*label.name),
        MentionKind::Type => ontology.type_of_zh(name).map(|t| &*t.name),
        MentionKind::Key => None,
    };
    match translated {
        Some(translated) if known.contains(&translated) => Some(translated),
        _ => nearest_name(known, name),
    }
}
