//! An annotation as far as it is compared.

use serde::{Deserialize, Deserializer};

/// The annotation of an article, read or reference.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct Annotated {
    /// What names the article.
    pub doc: String,
    /// What it names.
    #[serde(default)]
    pub entities: Vec<AnnotatedEntity>,
    /// What holds between them.
    #[serde(default)]
    pub relations: Vec<AnnotatedRelation>,
    /// The figures said of them.
    #[serde(default)]
    pub indicators: Vec<AnnotatedIndicator>,
}

/// A thing that an article names.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct AnnotatedEntity {
    /// What names it inside the annotation.
    pub id: String,
    /// What it is.
    pub label: String,
    /// Its name.
    pub name: String,
    /// Its other names.
    #[serde(default)]
    pub aliases: Vec<String>,
}

/// What holds between two entities.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct AnnotatedRelation {
    /// The id of the first.
    pub s: String,
    /// What holds.
    #[serde(rename = "type")]
    pub relation_type: String,
    /// The id of the second.
    pub o: String,
}

/// A figure said of an entity.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct AnnotatedIndicator {
    /// The id of what is measured.
    pub s: String,
    /// The measure's name.
    pub indicator: String,
    /// The figure, where it is one.
    #[serde(default, deserialize_with = "figure")]
    pub value: Option<f64>,
    /// The unit.
    #[serde(default)]
    pub unit: Option<String>,
    /// The period.
    #[serde(default)]
    pub period: Option<String>,
}

/// A number, or a text that reads as one; anything else is no figure.
fn figure<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<f64>, D::Error> {
    let value = serde_json::Value::deserialize(deserializer)?;
    Ok(match &value {
        serde_json::Value::Number(number) => number.as_f64(),
        serde_json::Value::String(text) => text.trim().parse().ok(),
        _ => None,
    })
}
