//! A reader of a few kinds of sentences, and builds with it.
//!
//! ```text
//! 甲区聚焦集成电路。         FOCUSES_ON; 将聚焦: planned
//! 甲公司位于甲区。           LOCATED_IN
//! 甲区2023年产值达30亿元。   a figure
//! 张三任甲区书记。           LEADS
//! 甲公司(简称甲)。           an alias
//! ```

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use tupu::build::{Builder, Corrections, Folder, Outcome, Registry, export};
use tupu::extraction::{
    Article, Entity, Indicator, Label, Mention, Qualifier, Reading, Relation, RelationType, Status,
};
use tupu::source::Span;
use tupu::value::Date;

/// Reads an article.
pub(crate) fn read(article: &Article) -> Reading {
    let mut reading = Reading {
        title: article.title.clone(),
        source: article.source.clone(),
        date: article.date.map(|date| date.to_string()),
        ..Reading::default()
    };
    let mut start = 0;
    for sentence in article.text.split_inclusive('。') {
        sentence_of(&mut reading, sentence.trim_end_matches('。'), start);
        start += sentence.len();
    }
    reading
}

fn sentence_of(reading: &mut Reading, sentence: &str, start: usize) {
    let span = Span::new(start, start + sentence.len());
    let relations = [
        ("将聚焦", RelationType::FocusesOn, Status::Planned),
        ("聚焦", RelationType::FocusesOn, Status::Stated),
        ("位于", RelationType::LocatedIn, Status::Stated),
        ("合作", RelationType::CooperatesWith, Status::Stated),
        ("任", RelationType::Leads, Status::Stated),
    ];
    for (verb, relation_type, status) in relations {
        let Some((subject, object)) = sentence.split_once(verb) else {
            continue;
        };
        let (object, role) = match object.strip_suffix("书记") {
            Some(body) => (body, Some("书记".to_owned())),
            None => (object, None),
        };
        let at = start + subject.len();
        let trigger = Span::new(at, at + verb.len());
        let place = trigger.end as usize;
        let subject = entity(reading, subject, start);
        let object = entity(reading, object, place);
        reading.relations.push(Relation {
            subject,
            relation_type,
            object,
            status,
            role,
            span,
            carried_subject: None,
            trigger: Some(trigger),
            rule: "toy".into(),
        });
        return;
    }
    if let Some((subject, rest)) = sentence.split_once("20") {
        let subject = entity(reading, subject, start);
        let (period, value) = rest.split_once("年产值达").expect("a figure of its year");
        reading.indicators.push(Indicator {
            subject,
            name: "产值".to_owned(),
            value: value
                .trim_end_matches("亿元")
                .parse::<f64>()
                .expect("a figure")
                * 1e8,
            unit: "元".to_owned(),
            period: Some(format!("20{period}")),
            qualifier: Qualifier::Exact,
            span,
            carried_subject: None,
            rule: "toy".into(),
        });
    } else if let Some((name, alias)) = sentence.split_once("(简称") {
        let alias = alias.trim_end_matches(')');
        let at = entity(reading, name, start);
        reading.entities[at].aliases.push(alias.to_owned());
        let place = start + name.len() + "(简称".len();
        reading.entities[at].mentions.push(mention(place, alias));
    }
}

fn entity(reading: &mut Reading, name: &str, start: usize) -> usize {
    let label = match name.chars().next_back() {
        Some('区') => Label::District,
        Some('市') => Label::City,
        Some('园') => Label::Park,
        Some('司') => Label::Enterprise,
        Some('三' | '四') => Label::Person,
        _ if name.contains("科技") => Label::Enterprise,
        _ => Label::Cluster,
    };
    let known = reading
        .entities
        .iter()
        .position(|entity| entity.name == name);
    let at = known.unwrap_or_else(|| {
        reading.entities.push(Entity {
            label,
            name: name.to_owned(),
            aliases: Vec::new(),
            code: None,
            mentions: Vec::new(),
        });
        reading.entities.len() - 1
    });
    reading.entities[at].mentions.push(mention(start, name));
    at
}

fn mention(start: usize, form: &str) -> Mention {
    Mention {
        span: Span::new(start, start + form.len()),
        rule: "toy".into(),
    }
}

/// An article; its date follows from its number.
pub(crate) fn article(id: &str, date: &str, text: &str) -> Article {
    Article {
        id: Arc::from(id),
        title: Some(format!("{id}的报道")),
        source: Some("测试报".to_owned()),
        date: Date::parse(date).ok(),
        text: text.into(),
    }
}

/// A graph that is built in a folder of its own.
pub(crate) struct Build {
    pub(crate) graph: PathBuf,
    pub(crate) folder: Folder,
    pub(crate) registry: Registry,
    pub(crate) corrections: Corrections,
    pub(crate) day: Option<Date>,
}

impl Build {
    /// An empty one.
    pub(crate) fn new(test: &str) -> Self {
        let place = PathBuf::from(env!("CARGO_TARGET_TMPDIR"))
            .join("build")
            .join(test);
        // What an earlier run left is not there any more; that there was none is no fault.
        drop(fs::remove_dir_all(&place));
        fs::create_dir_all(&place).expect("the build folder can be written");
        let graph = place.join("graph.ron");
        Self {
            folder: Folder::of(&graph).expect("the folder can be opened"),
            graph,
            registry: Registry::default(),
            corrections: Corrections::default(),
            day: None,
        }
    }

    /// Adds articles and gives how it went.
    pub(crate) fn add(&self, articles: &[Article]) -> Outcome {
        let builder = Builder {
            folder: &self.folder,
            read: &read,
            fingerprint: "toy",
            propose: None,
            is_strict: false,
        };
        let open = |article: Article| vec![Ok(article)];
        builder
            .add(articles.iter().cloned(), open, |_| {})
            .expect("the folder can be written")
    }

    /// Writes the graph and gives its text.
    pub(crate) fn export(&self) -> String {
        export(
            &self.graph,
            &self.folder,
            &self.registry,
            &self.corrections,
            self.day,
            None,
        )
        .expect("the graph can be written");
        fs::read_to_string(&self.graph).expect("it was just written")
    }

    /// The text of a graph of these articles alone.
    pub(crate) fn of(test: &str, articles: &[Article]) -> String {
        let build = Self::new(test);
        build.add(articles);
        build.export()
    }
}
