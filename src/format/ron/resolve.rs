//! Shapes → values and positions: ids are defined and referred to over all files, before the graph hears of any.

use std::borrow::Cow;
use std::sync::Arc;

use indexmap::IndexSet;
use rustc_hash::{FxBuildHasher, FxHashMap};

use super::error::{FormatError, FormatErrorKind, Place};
use super::evidence::{self, ResolvedEvidence};
use super::file::{
    Document, Given, GraphFile, Indicator, Node, Properties, Relationship, Sources, Text,
};
use super::raw::{Mismatch, Raw};
use super::value::read_value;
use super::{
    DOCUMENT, DOCUMENT_FIELDS, HAS_INDICATOR, INDICATOR, INDICATOR_FIELDS, MENTIONS, NAME, SOURCES,
    syntax,
};
use crate::source::nearest_name;
use crate::value::Value;

/// A graph file that serde has read.
pub(super) struct File<'a> {
    pub name: &'a str,
    pub text: &'a str,
    pub shape: GraphFile<'a, Text<'a>>,
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
    pub evidence: Vec<ResolvedEvidence<'a>>,
    pub by_hand: Vec<usize>,
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
pub(super) fn resolve<'f>(files: &'f [File<'f>]) -> Result<Resolved<'f>, FormatError> {
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
    if files.iter().any(|file| !file.shape.evidence.is_empty()) {
        evidence::resolve(&mut resolver)?;
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
pub(super) struct Definition<'f> {
    id: Arc<str>,
    node: usize,
    is_document: bool,
    file: usize,
    at: &'f Text<'f>,
}

pub(super) struct Resolver<'f> {
    pub(super) files: &'f [File<'f>],
    /// The file that is being read.
    pub(super) file: usize,
    definitions: FxHashMap<&'f str, Definition<'f>>,
    /// How many nodes the files define.
    defined: usize,
    pub(super) resolved: Resolved<'f>,
}

impl<'f> Resolver<'f> {
    /// Numbers the nodes of a file in the order in which [`Resolver::resolve_all`] reads them.
    fn define_all(&mut self) -> Result<(), FormatError> {
        let shape = &self.files[self.file].shape;
        for document in &shape.documents {
            self.define(Some(&document.id), true)?;
        }
        for node in &shape.nodes {
            self.define(Some(&node.id), false)?;
        }
        for indicator in &shape.indicators {
            self.define(indicator.id.0.as_ref(), false)?;
        }
        Ok(())
    }

    fn define(&mut self, id: Option<&'f Text<'f>>, is_document: bool) -> Result<(), FormatError> {
        let node = self.defined;
        self.defined += 1;
        let Some(at) = id else {
            return Ok(());
        };
        if let Some(first) = self.definitions.get(&**at) {
            let kind = FormatErrorKind::DuplicateId { id: at.to_string() };
            let first = self.text_place(first.file, first.at);
            let place = self.text_place(self.file, at);
            return Err(FormatError::new(kind, place).related("it is defined here first", first));
        }
        let definition = Definition {
            id: Arc::from(&**at),
            node,
            is_document,
            file: self.file,
            at,
        };
        self.definitions.insert(at, definition);
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

    fn document(&mut self, document: &'f Document<'f, Text<'f>>) -> Result<(), FormatError> {
        let from = self.resolved.nodes.len();
        let name = Arc::clone(&self.definitions[&*document.id].id);
        let mut properties = vec![(key(&mut self.resolved.keys, NAME), Value::String(name))];
        let fields = [document.title, document.source, document.date];
        self.fields(&DOCUMENT_FIELDS, &fields, &mut properties)?;
        self.properties(&document.properties, &mut properties)?;
        let labels = vec![key(&mut self.resolved.labels, DOCUMENT)];
        self.resolved
            .nodes
            .push(ResolvedNode { labels, properties });
        for mentioned in &document.mentions {
            let to = self.reference(mentioned)?;
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

    fn node(&mut self, node: &'f Node<'f, Text<'f>>) -> Result<(), FormatError> {
        let mut labels = Vec::with_capacity(node.labels.len());
        for label in &node.labels {
            let name = self.check(label.name())?;
            let label = self.resolved.labels.insert_full(name).0;
            if !labels.contains(&label) {
                labels.push(label);
            }
        }
        let mut properties = Vec::with_capacity(node.properties.0.len());
        self.sources(&node.sources, &mut properties)?;
        self.properties(&node.properties, &mut properties)?;
        self.resolved
            .nodes
            .push(ResolvedNode { labels, properties });
        Ok(())
    }

    fn indicator(&mut self, indicator: &'f Indicator<'f, Text<'f>>) -> Result<(), FormatError> {
        let from = self.reference(&indicator.of)?;
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
        self.sources(&indicator.sources, &mut properties)?;
        self.properties(&indicator.properties, &mut properties)?;
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

    fn relationship(
        &mut self,
        relationship: &'f Relationship<'f, Text<'f>>,
    ) -> Result<(), FormatError> {
        let from = self.reference(&relationship.from)?;
        let name = self.check(relationship.relationship_type.name())?;
        let type_name = self.resolved.types.insert_full(name).0;
        let to = self.reference(&relationship.to)?;
        let mut properties = Vec::with_capacity(relationship.properties.0.len());
        self.sources(&relationship.sources, &mut properties)?;
        self.properties(&relationship.properties, &mut properties)?;
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
        values: &[Raw<'f>],
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
        entries: &'f Properties<'f, Text<'f>>,
        properties: &mut Vec<(NameIndex, Value)>,
    ) -> Result<(), FormatError> {
        for (name, value) in &entries.0 {
            let key = key(&mut self.resolved.keys, name);
            if properties.iter().any(|(other, _)| *other == key) {
                let kind = FormatErrorKind::GivenTwice {
                    name: name.to_string(),
                };
                return Err(FormatError::new(kind, self.text_place(self.file, name)));
            }
            properties.push((key, self.check(read_value(*value))?));
        }
        Ok(())
    }

    /// Reads the field `sources`, before the properties, among which there may be no other then.
    fn sources(
        &mut self,
        Given(sources): &'f Sources<Text<'f>>,
        properties: &mut Vec<(NameIndex, Value)>,
    ) -> Result<(), FormatError> {
        let Some(sources) = sources else {
            return Ok(());
        };
        let mut documents = Vec::with_capacity(sources.len());
        for source in sources {
            documents.push(Value::String(self.source(source)?));
        }
        properties.push((
            key(&mut self.resolved.keys, SOURCES),
            Value::list(documents),
        ));
        Ok(())
    }

    /// The node that an id stands for.
    pub(super) fn reference(&self, id: &Text<'f>) -> Result<usize, FormatError> {
        if let Some(definition) = self.definitions.get(&**id) {
            return Ok(definition.node);
        }
        let kind = FormatErrorKind::UnknownId { id: id.to_string() };
        Err(self.unknown(id, kind, self.near(id, |_| true)))
    }

    /// The id of a document that states a fact.
    pub(super) fn source(&self, id: &Text<'f>) -> Result<Arc<str>, FormatError> {
        let kind = || FormatErrorKind::UnknownDocument { id: id.to_string() };
        match self.definitions.get(&**id) {
            Some(definition) if definition.is_document => Ok(Arc::clone(&definition.id)),
            Some(definition) => {
                let place = self.text_place(definition.file, definition.at);
                Err(FormatError::new(kind(), self.text_place(self.file, id))
                    .related("what has the id is no Document(…)", place))
            }
            None => Err(self.unknown(
                id,
                kind(),
                self.near(id, |definition| definition.is_document),
            )),
        }
    }

    /// The definition whose id is nearest to one that nothing has.
    fn near(
        &self,
        id: &str,
        is_wanted: impl Fn(&Definition<'f>) -> bool,
    ) -> Option<&Definition<'f>> {
        let wanted = self
            .definitions
            .values()
            .filter(|definition| is_wanted(definition));
        let mut ids: Vec<&str> = wanted.map(|definition| &*definition.id).collect();
        ids.sort_unstable();
        nearest_name(ids, id).map(|id| &self.definitions[id])
    }

    fn unknown(
        &self,
        id: &Text<'f>,
        kind: FormatErrorKind,
        near: Option<&Definition<'f>>,
    ) -> FormatError {
        let error = FormatError::new(kind, self.text_place(self.file, id));
        match near {
            Some(near) => error
                .related(
                    "this is the nearest id",
                    self.text_place(near.file, near.at),
                )
                .help(Some(format!("did you mean {:?}?", near.id))),
            None => error.help(Some(
                "define it in one of the files that are opened together".to_owned(),
            )),
        }
    }

    pub(super) fn check<T>(&self, result: Result<T, Mismatch<'f>>) -> Result<T, FormatError> {
        result.map_err(|Mismatch { at, expected }| {
            let text = self.files[self.file].text;
            let found = syntax::describe(text, at.span(text));
            let expected = expected.to_owned();
            FormatError::new(
                FormatErrorKind::Unexpected { found, expected },
                self.place(at),
            )
        })
    }

    /// Where a value of the file that is being read stands.
    pub(super) fn place(&self, at: Raw<'f>) -> Place {
        let file = &self.files[self.file];
        Place::new(file.name, file.text, at.span(file.text))
    }

    /// Where an id or key of a file stands.
    pub(super) fn text_place(&self, file: usize, at: &Text<'f>) -> Place {
        let file = &self.files[file];
        Place::new(
            file.name,
            file.text,
            syntax::find(file.text, &file.shape, at),
        )
    }
}

/// The position of a name, a new one if it is new.
fn key<'f>(names: &mut Names<'f>, name: &'f str) -> NameIndex {
    match names.get_index_of(name) {
        Some(index) => index,
        None => names.insert_full(Cow::Borrowed(name)).0,
    }
}
