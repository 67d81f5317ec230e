//! The rules on the reference annotations' own entities: what they find when every name is known.
//!
//! Skips where the annotated articles are not at hand. With `TUPU_ORACLE` it writes what it found as JSON Lines there;
//! `TUPU_ARTICLES` names another folder of annotated articles.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::measure::measure;
use super::relate::{Tokens, relate};
use super::scene::{Place, Scene};
use super::{Article, Document, Label, Normalized, Rules, Status};

fn corpus() -> Option<PathBuf> {
    if let Ok(folder) = std::env::var("TUPU_ARTICLES") {
        return Some(PathBuf::from(folder));
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    if let Some(folder) = std::env::var_os("TUPU_CORPUS") {
        return Some(PathBuf::from(folder));
    }
    let near = ["../shared/corpus", "../../shared/corpus"];
    near.iter()
        .map(|path| root.join(path))
        .find(|path| path.is_dir())
}

fn places(text: &str, entities: &[Value]) -> Vec<Place> {
    let mut names: Vec<(String, usize)> = Vec::new();
    for (entity, value) in entities.iter().enumerate() {
        let aliases = value["aliases"].as_array().into_iter().flatten();
        for name in std::iter::once(&value["name"]).chain(aliases) {
            let name = Normalized::new(name.as_str().unwrap_or_default());
            names.push((name.text().to_owned(), entity));
        }
    }
    names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    let mut out: Vec<Place> = Vec::new();
    for (name, entity) in &names {
        for (start, _) in text.match_indices(name.as_str()) {
            let end = start + name.len();
            let crosses = |place: &Place| place.start < end && start < place.end;
            let holds = |place: &Place| place.start <= start && end <= place.end;
            let same = |place: &Place| place.entity == *entity;
            if out
                .iter()
                .filter(|place| crosses(place))
                .all(|place| holds(place) && !same(place))
            {
                out.push(Place::new(start, end, *entity));
            }
        }
    }
    out
}

fn read(text: &str, gold: &Value) -> Value {
    let article = Article {
        id: "oracle".into(),
        title: None,
        source: None,
        date: None,
        text: text.into(),
    };
    let document = Document::new(&article);
    let text = document.text();
    let entities = gold["entities"].as_array().cloned().unwrap_or_default();
    let label = |entity: &Value| Label::from_name(entity["label"].as_str().unwrap_or_default());
    let labels = entities
        .iter()
        .map(|entity| label(entity).expect("a label"))
        .collect();
    let date = gold["date"].as_str();
    let scene = Scene::new(
        text,
        Scene::sentences(&document),
        places(text, &entities),
        labels,
        date,
    );
    let id = |entity: usize| entities[entity]["id"].clone();
    let rules = Rules::standard();
    let tokens = Tokens::new(&scene, &rules);
    let relations: Vec<Value> = relate(&scene, &tokens, &rules)
        .iter()
        .map(|found| {
            json!({
                "s": id(found.subject), "type": found.relation_type.name(), "o": id(found.object),
                "planned": found.status == Status::Planned, "role": found.role, "rule": &*found.rule,
                "quote": &text[found.span.range()],
            })
        })
        .collect();
    let indicators: Vec<Value> = measure(&scene, &tokens)
        .iter()
        .map(|found| {
            json!({
                "s": id(found.subject), "indicator": found.name, "value": found.value, "unit": found.unit,
                "period": found.period, "qualifier": found.qualifier.sign(), "quote": &text[found.span.range()],
            })
        })
        .collect();
    json!({"doc": gold["doc"], "entities": entities, "relations": relations, "indicators": indicators})
}

/// What is read when the names are found too.
fn read_all(text: &str, gold: &Value) -> Value {
    let article = Article {
        id: "own".into(),
        title: None,
        source: None,
        date: None,
        text: text.into(),
    };
    let reading = super::read(&article, super::Knowledge::standard());
    let entities: Vec<Value> = reading
        .entities
        .iter()
        .enumerate()
        .map(|(id, found)| {
            json!({"id": id, "label": found.label.name(), "name": found.name, "aliases": found.aliases})
        })
        .collect();
    let relations = reading.relations.iter().map(|found| {
        json!({
            "s": found.subject, "type": found.relation_type.name(), "o": found.object, "rule": &*found.rule,
            "quote": &text[found.span.range()],
        })
    });
    let indicators = reading.indicators.iter().map(|found| {
        json!({
            "s": found.subject, "indicator": found.name, "value": found.value, "unit": found.unit,
            "period": found.period, "qualifier": found.qualifier.sign(), "quote": &text[found.span.range()],
        })
    });
    let (relations, indicators): (Vec<Value>, Vec<Value>) =
        (relations.collect(), indicators.collect());
    json!({"doc": gold["doc"], "entities": entities, "relations": relations, "indicators": indicators})
}

#[test]
fn the_rules_find_what_the_annotators_found() {
    let Some(corpus) = corpus() else {
        println!("skipped: no annotated articles beside the repository");
        return;
    };
    let mut lines = String::new();
    let mut files: Vec<PathBuf> = fs::read_dir(corpus)
        .expect("the corpus is readable")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.to_string_lossy().ends_with(".gold.json"))
        .collect();
    files.sort();
    for file in files {
        let gold = fs::read_to_string(&file).expect("an annotation");
        let gold: Value = serde_json::from_str(&gold).expect("JSON");
        let name = format!("{}.txt", gold["doc"].as_str().expect("a name"));
        let noisy = std::env::var("TUPU_NOISY").map(PathBuf::from);
        let place = noisy.map_or(file.with_file_name(&name), |folder| folder.join(&name));
        let text = fs::read_to_string(place).expect("an article");
        let found = match std::env::var_os("TUPU_OWN_NAMES") {
            None => read(&text, &gold),
            Some(_) => read_all(&text, &gold),
        };
        lines.push_str(&format!("{found}\n"));
    }
    if let Ok(path) = std::env::var("TUPU_ORACLE") {
        fs::write(path, lines).expect("the output is writable");
    }
}

mod properties {
    use proptest::prelude::*;

    use crate::extraction::{Article, Knowledge, read};

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        /// Whatever the text, it is read without a panic, and every span is a stretch of it.
        #[test]
        fn any_text_is_read(text in "([甲乙区市第前占增长达为近超亿万千百十两0-9.,%%家元位月年、，。“”()（）\\-—至公司聚焦新能源产业园拥有的\n]|今年|同比|平方米|百分点|有限公司|高新区|位于|举办|大会){0,80}") {
            let article = Article { id: "any".into(), title: None, source: None, date: None, text: text.as_str().into() };
            let reading = read(&article, Knowledge::standard());
            for span in reading.relations.iter().map(|found| found.span).chain(reading.indicators.iter().map(|found| found.span)) {
                prop_assert!(text.get(span.range()).is_some());
            }
        }
    }
}
