//! Shapes → values and positions: ids are defined and referred to over all files, before the graph hears of any.

use std::borrow::Cow;
use std::sync::Arc;

use indexmap::IndexSet;
use rustc_hash::{FxBuildHasher, FxHashMap};

use super::error::{FormatError, FormatErrorKind, Place, nearest};
use super::file::{Document, GraphFile, Indicator, Node, Properties, Relationship, Sources};
use super::raw::{Mismatch, Raw};
use super::value::read_value;
use super::{
    DOCUMENT, DOCUMENT_FIELDS, HAS_INDICATOR, INDICATOR, INDICATOR_FIELDS, MENTIONS, NAME, SOURCES,
    syntax,
};
use crate::value::Value;

/// A graph file that serde has read.
pub(super) struct File<'a> {
    pub name: &'a str,
    pub text: &'a str,
    pub shape: GraphFile<'a>,
}

/// A label, type or key by its position among all that the files name.
pub(super) type NameIndex = usize;
pub(super) type Names<'a> = IndexSet<Cow<'a, str>, FxBuildHasher>;

/// Everything that the files hold, as positions among themselves.
#[derive(Default)]
pub(super) struct Resolved<'a> {
    pub labels: Names<'a>,
    pub types: Names<'a>,
    pub keys: Names<'a>,
    pub nodes: Vec<ResolvedNode>,
    pub relationships: Vec<ResolvedRelationship>,
    /// The ids that stand in the files, by the positions of their nodes.
    pub ids: Vec<(usize, Arc<str>)>,
}

pub(super) struct ResolvedNode {
    pub labels: Vec<NameIndex>,
    pub properties: Vec<(NameIndex, Value)>,
}

pub(super) struct ResolvedRelationship {
    pub from: usize,
    pub type_name: NameIndex,
    pub to: usize,
    pub properties: Vec<(NameIndex, Value)>,
}

/// Resolves files together; the first fault ends it.
pub(super) fn resolve<'a>(files: &[File<'a>]) -> Result<Resolved<'a>, FormatError> {
    let mut resolver = Resolver {
        files,
        file: 0,
        definitions: FxHashMap::default(),
        defined: 0,
        resolved: Resolved::default(),
    };
    for index in 0..files.len() {
        resolver.file = index;
        resolver.define_all()?;
    }
    for index in 0..files.len() {
        resolver.file = index;
        resolver.resolve_all()?;
    }
    let Resolver {
        definitions,
        mut resolved,
        ..
    } = resolver;
    resolved.ids = definitions
        .into_values()
        .map(|definition| (definition.node, definition.id))
        .collect();
    Ok(resolved)
}

/// Where an id is defined, and as which node.
struct Definition<'a> {
    id: Arc<str>,
    node: usize,
    is_document: bool,
    file: usize,
    at: Raw<'a>,
}

struct Resolver<'f, 'a> {
    files: &'f [File<'a>],
    /// The file that is being read.
    file: usize,
    definitions: FxHashMap<Cow<'a, str>, Definition<'a>>,
    /// How many nodes the files define.
    defined: usize,
    resolved: Resolved<'a>,
}

impl<'a> Resolver<'_, 'a> {
    /// Numbers the nodes of a file in the order in which [`Resolver::resolve_all`] reads them.
    fn define_all(&mut self) -> Result<(), FormatError> {
        let shape = &self.files[self.file].shape;
        if let Some(evidence) = shape.evidence.first() {
            let help = "leave `evidence` out or empty";
            return Err(self
                .fault(*evidence, FormatErrorKind::EvidenceNotSupported)
                .help(Some(help.to_owned())));
        }
        for document in &shape.documents {
            self.define(document.id, true)?;
        }
        for node in &shape.nodes {
            self.define(node.id, false)?;
        }
        for indicator in &shape.indicators {
            self.define(indicator.id, false)?;
        }
        Ok(())
    }

    fn define(&mut self, at: Raw<'a>, is_document: bool) -> Result<(), FormatError> {
        let node = self.defined;
        self.defined += 1;
        if !at.is_given() {
            return Ok(());
        }
        let id = self.check(at.string())?;
        if let Some(first) = self.definitions.get(&id) {
            let kind = FormatErrorKind::DuplicateId {
                id: id.into_owned(),
            };
            return Err(self
                .fault(at, kind)
                .related("it is defined here first", self.place(first.file, first.at)));
        }
        let text = Arc::from(&*id);
        self.definitions.insert(
            id,
            Definition {
                id: text,
                node,
                is_document,
                file: self.file,
                at,
            },
        );
        Ok(())
    }

    fn resolve_all(&mut self) -> Result<(), FormatError> {
        let shape = &self.files[self.file].shape;
        for document in &shape.documents {
            self.document(document)?;
        }
        for node in &shape.nodes {
            self.node(node)?;
        }
        for indicator in &shape.indicators {
            self.indicator(indicator)?;
        }
        for relationship in &shape.relationships {
            self.relationship(relationship)?;
        }
        Ok(())
    }

    fn document(&mut self, document: &Document<'a>) -> Result<(), FormatError> {
        let from = self.resolved.nodes.len();
        let id = self.check(document.id.string())?;
        let mut properties = vec![(
            key(&mut self.resolved.keys, NAME),
            Value::String(Arc::clone(&self.definitions[&id].id)),
        )];
        let fields = [document.title, document.source, document.date];
        self.fields(&DOCUMENT_FIELDS, &fields, &mut properties)?;
        self.properties(&document.properties, &mut properties)?;
        let labels = vec![key(&mut self.resolved.labels, DOCUMENT)];
        self.resolved
            .nodes
            .push(ResolvedNode { labels, properties });
        for mentioned in &document.mentions {
            let to = self.reference(*mentioned)?;
            let type_name = key(&mut self.resolved.types, MENTIONS);
            self.resolved.relationships.push(ResolvedRelationship {
                from,
                type_name,
                to,
                properties: Vec::new(),
            });
        }
        Ok(())
    }

    fn node(&mut self, node: &Node<'a>) -> Result<(), FormatError> {
        let mut labels = Vec::with_capacity(node.labels.len());
        for label in &node.labels {
            let name = self.check(label.name())?;
            let label = self.resolved.labels.insert_full(name).0;
            if !labels.contains(&label) {
                labels.push(label);
            }
        }
        let mut properties = Vec::with_capacity(node.properties.0.len());
        self.properties(&node.properties, &mut properties)?;
        self.sources(&node.sources, &mut properties)?;
        self.resolved
            .nodes
            .push(ResolvedNode { labels, properties });
        Ok(())
    }

    fn indicator(&mut self, indicator: &Indicator<'a>) -> Result<(), FormatError> {
        let from = self.reference(indicator.of)?;
        let to = self.resolved.nodes.len();
        let mut properties = Vec::new();
        let fields = [
            indicator.name,
            indicator.value,
            indicator.unit,
            indicator.period,
            indicator.qualifier,
        ];
        self.fields(&INDICATOR_FIELDS, &fields, &mut properties)?;
        self.properties(&indicator.properties, &mut properties)?;
        self.sources(&indicator.sources, &mut properties)?;
        let labels = vec![key(&mut self.resolved.labels, INDICATOR)];
        self.resolved
            .nodes
            .push(ResolvedNode { labels, properties });

        let mut properties = Vec::new();
        self.sources(&indicator.sources, &mut properties)?;
        let type_name = key(&mut self.resolved.types, HAS_INDICATOR);
        self.resolved.relationships.push(ResolvedRelationship {
            from,
            type_name,
            to,
            properties,
        });
        Ok(())
    }

    fn relationship(&mut self, relationship: &Relationship<'a>) -> Result<(), FormatError> {
        let from = self.reference(relationship.from)?;
        let name = self.check(relationship.relationship_type.name())?;
        let type_name = self.resolved.types.insert_full(name).0;
        let to = self.reference(relationship.to)?;
        let mut properties = Vec::with_capacity(relationship.properties.0.len());
        self.properties(&relationship.properties, &mut properties)?;
        self.sources(&relationship.sources, &mut properties)?;
        self.resolved.relationships.push(ResolvedRelationship {
            from,
            type_name,
            to,
            properties,
        });
        Ok(())
    }

    /// Reads the fields that are properties under the same name.
    fn fields(
        &mut self,
        names: &[&'static str],
        values: &[Raw<'a>],
        properties: &mut Vec<(NameIndex, Value)>,
    ) -> Result<(), FormatError> {
        for (name, value) in names
            .iter()
            .zip(values)
            .filter(|(_, value)| value.is_given())
        {
            properties.push((
                key(&mut self.resolved.keys, name),
                self.check(read_value(*value))?,
            ));
        }
        Ok(())
    }

    fn properties(
        &mut self,
        entries: &Properties<'a>,
        properties: &mut Vec<(NameIndex, Value)>,
    ) -> Result<(), FormatError> {
        for (name, value) in &entries.0 {
            let key = self.check(name.string())?;
            let key = self.resolved.keys.insert_full(key).0;
            if properties.iter().any(|(other, _)| *other == key) {
                return Err(self.fault(
                    *name,
                    FormatErrorKind::GivenTwice {
                        name: self.resolved.keys[key].to_string(),
                    },
                ));
            }
            properties.push((key, self.check(read_value(*value))?));
        }
        Ok(())
    }

    fn sources(
        &mut self,
        Sources(sources): &Sources<'a>,
        properties: &mut Vec<(NameIndex, Value)>,
    ) -> Result<(), FormatError> {
        let Some(sources) = sources else {
            return Ok(());
        };
        let mut documents = Vec::with_capacity(sources.len());
        for source in sources {
            documents.push(Value::String(self.source(*source)?));
        }
        let key = key(&mut self.resolved.keys, SOURCES);
        if properties.iter().any(|(other, _)| *other == key) {
            let at = sources.first().copied().unwrap_or_default();
            return Err(self.fault(
                at,
                FormatErrorKind::GivenTwice {
                    name: SOURCES.to_owned(),
                },
            ));
        }
        properties.push((key, Value::list(documents)));
        Ok(())
    }

    /// The node that an id stands for.
    fn reference(&self, at: Raw<'a>) -> Result<usize, FormatError> {
        let id = self.check(at.string())?;
        if let Some(definition) = self.definitions.get(&id) {
            return Ok(definition.node);
        }
        let near = self.near(&id, |_| true);
        let kind = FormatErrorKind::UnknownId {
            id: id.clone().into_owned(),
        };
        Err(self.unknown(at, kind, near))
    }

    /// The id of a document that states a fact.
    fn source(&self, at: Raw<'a>) -> Result<Arc<str>, FormatError> {
        let id = self.check(at.string())?;
        let kind = || FormatErrorKind::UnknownDocument {
            id: id.clone().into_owned(),
        };
        match self.definitions.get(&id) {
            Some(definition) if definition.is_document => Ok(Arc::clone(&definition.id)),
            Some(definition) => {
                let place = self.place(definition.file, definition.at);
                Err(self
                    .fault(at, kind())
                    .related("what has the id is no Document(…)", place))
            }
            None => Err(self.unknown(
                at,
                kind(),
                self.near(&id, |definition| definition.is_document),
            )),
        }
    }

    /// The definition whose id is nearest to one that nothing has.
    fn near(
        &self,
        id: &str,
        is_wanted: impl Fn(&Definition<'a>) -> bool,
    ) -> Option<&Definition<'a>> {
        let ids = self
            .definitions
            .values()
            .filter(|definition| is_wanted(definition))
            .map(|definition| &*definition.id);
        nearest(id, ids).map(|id| &self.definitions[id])
    }

    fn unknown(
        &self,
        at: Raw<'a>,
        kind: FormatErrorKind,
        near: Option<&Definition<'a>>,
    ) -> FormatError {
        let error = self.fault(at, kind);
        match near {
            Some(near) => error
                .related("this is the nearest id", self.place(near.file, near.at))
                .help(Some(format!("did you mean \"{}\"?", near.id))),
            None => error.help(Some(
                "define it in one of the files that are opened together".to_owned(),
            )),
        }
    }

    fn check<T>(&self, result: Result<T, Mismatch<'a>>) -> Result<T, FormatError> {
        result.map_err(|Mismatch { at, expected }| {
            let file = &self.files[self.file];
            let found = syntax::describe(file.text, at.span(file.text));
            self.fault(
                at,
                FormatErrorKind::Unexpected {
                    found,
                    expected: expected.to_owned(),
                },
            )
        })
    }

    fn fault(&self, at: Raw<'a>, kind: FormatErrorKind) -> FormatError {
        FormatError::new(kind, self.place(self.file, at))
    }

    fn place(&self, file: usize, at: Raw<'a>) -> Place {
        let file = &self.files[file];
        Place::new(file.name, file.text, at.span(file.text))
    }
}

/// The position of a name that the format itself gives.
fn key(names: &mut Names<'_>, name: &'static str) -> NameIndex {
    match names.get_index_of(name) {
        Some(index) => index,
        None => names.insert_full(Cow::Borrowed(name)).0,
    }
}
