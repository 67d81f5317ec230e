//! Shapes → graph: references are resolved over all files, values are read, and then the graph is written to.

use std::borrow::Cow;
use std::sync::Arc;

use indexmap::IndexSet;
use rustc_hash::{FxBuildHasher, FxHashMap};

use super::error::{FormatError, FormatErrorKind, Place, nearest};
use super::file::{Document, GraphFile, Indicator, Node, Properties, Relationship, Sources};
use super::raw::{Mismatch, Raw, skip_blanks};
use super::value::read_value;
use super::{
    DOCUMENT, DOCUMENT_FIELDS, HAS_INDICATOR, INDICATOR, INDICATOR_FIELDS, Ids, MENTIONS, NAME, SOURCES, syntax,
};
use crate::graph::{Graph, GraphError, NewRelationship};
use crate::value::{NodeId, Value};

/// Reads graph files together as one graph and adds it to what `graph` holds; each file is a name for messages and a
/// text.
///
/// Every id is defined in one file and may be referred to from all. The writes are not committed: the caller does
/// that, or takes them back.
///
/// # Errors
///
/// The first fault found; nothing is added to the graph then.
///
/// # Complexity
///
/// Linear in the length of the texts.
///
/// # Examples
///
/// ```
/// use tupu::format::ron;
/// use tupu::graph::Graph;
///
/// let text = r#"Graph(
///     version: 1,
///     nodes: [
///         Node(id: "坪山区", labels: [District, Region], properties: {"name": "坪山区"}),
///         Node(id: "比亚迪", labels: [Enterprise], properties: {"name": "比亚迪"}),
///     ],
///     relationships: [Relationship(from: "比亚迪", type: LOCATED_IN, to: "坪山区")],
/// )"#;
/// let mut graph = Graph::new();
/// ron::open(&[("pingshan.ron", text)], &mut graph)?;
/// assert_eq!(graph.view().relationship_count(), 1);
///
/// let wrong = text.replace("to: \"坪山区\"", "to: \"坪山去\"");
/// let error = ron::open(&[("pingshan.ron", &wrong)], &mut Graph::new()).unwrap_err();
/// assert_eq!(error.to_string(), "pingshan.ron:7:70: nothing has the id \"坪山去\"");
/// # Ok::<(), ron::FormatError>(())
/// ```
pub fn open(sources: &[(&str, &str)], graph: &mut Graph) -> Result<Ids, FormatError> {
    let mut files = Vec::with_capacity(sources.len());
    for &(name, text) in sources {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        files.push(File { name, text, shape: syntax::read(name, text)? });
    }
    let mut resolver = Resolver::new(&files);
    for (index, file) in files.iter().enumerate() {
        resolver.define_all(index, &file.shape)?;
    }
    for (index, file) in files.iter().enumerate() {
        resolver.file = index;
        resolver.resolve_all(&file.shape)?;
    }
    let mark = graph.mark();
    match resolver.insert(graph) {
        Ok(nodes) => Ok(Ids::new(resolver.named(&nodes), head(&files))),
        Err(error) => {
            graph.undo_to(mark);
            Err(error.into())
        }
    }
}

struct File<'a> {
    name: &'a str,
    text: &'a str,
    shape: GraphFile<'a>,
}

/// Where an id is defined, and as which node.
struct Definition<'a> {
    id: Arc<str>,
    node: usize,
    is_document: bool,
    file: usize,
    at: Raw<'a>,
}

/// A label, type or key by its position among all that the files name.
type NameIndex = usize;
type Names<'a> = IndexSet<Cow<'a, str>, FxBuildHasher>;

struct ReadNode {
    labels: Vec<NameIndex>,
    properties: Vec<(NameIndex, Value)>,
}

struct ReadRelationship {
    from: usize,
    relationship_type: NameIndex,
    to: usize,
    properties: Vec<(NameIndex, Value)>,
}

/// Everything that the files hold, as positions among themselves, before the graph hears of it.
struct Resolver<'f, 'a> {
    files: &'f [File<'a>],
    /// The file that is being resolved.
    file: usize,
    definitions: FxHashMap<Cow<'a, str>, Definition<'a>>,
    /// How many nodes the files define.
    defined: usize,
    labels: Names<'a>,
    types: Names<'a>,
    keys: Names<'a>,
    nodes: Vec<ReadNode>,
    relationships: Vec<ReadRelationship>,
}

impl<'f, 'a> Resolver<'f, 'a> {
    fn new(files: &'f [File<'a>]) -> Self {
        Self {
            files,
            file: 0,
            definitions: FxHashMap::default(),
            defined: 0,
            labels: Names::default(),
            types: Names::default(),
            keys: Names::default(),
            nodes: Vec::new(),
            relationships: Vec::new(),
        }
    }

    /// Numbers the nodes of a file in the order in which [`Resolver::resolve_all`] reads them.
    fn define_all(&mut self, file: usize, shape: &GraphFile<'a>) -> Result<(), FormatError> {
        self.file = file;
        if let Some(evidence) = shape.evidence.first() {
            let help = "leave `evidence` out or empty";
            return Err(self.fault(*evidence, FormatErrorKind::EvidenceNotSupported).help(Some(help.to_owned())));
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
            let kind = FormatErrorKind::DuplicateId { id: id.into_owned() };
            return Err(self.fault(at, kind).related("it is defined here first", self.place(first.file, first.at)));
        }
        let text = Arc::from(&*id);
        self.definitions.insert(id, Definition { id: text, node, is_document, file: self.file, at });
        Ok(())
    }

    fn resolve_all(&mut self, shape: &GraphFile<'a>) -> Result<(), FormatError> {
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
        let from = self.nodes.len();
        let id = self.check(document.id.string())?;
        let mut properties = vec![(key(&mut self.keys, NAME), Value::String(Arc::clone(&self.definitions[&id].id)))];
        let fields = [document.title, document.source, document.date];
        self.fields(&DOCUMENT_FIELDS, &fields, &mut properties)?;
        self.properties(&document.properties, &mut properties)?;
        let labels = vec![key(&mut self.labels, DOCUMENT)];
        self.nodes.push(ReadNode { labels, properties });
        for mentioned in &document.mentions {
            let to = self.reference(*mentioned)?;
            let relationship_type = key(&mut self.types, MENTIONS);
            self.relationships.push(ReadRelationship { from, relationship_type, to, properties: Vec::new() });
        }
        Ok(())
    }

    fn node(&mut self, node: &Node<'a>) -> Result<(), FormatError> {
        let mut labels = Vec::with_capacity(node.labels.len());
        for label in &node.labels {
            let name = self.check(label.name())?;
            let label = self.labels.insert_full(name).0;
            if !labels.contains(&label) {
                labels.push(label);
            }
        }
        let mut properties = Vec::with_capacity(node.properties.0.len());
        self.properties(&node.properties, &mut properties)?;
        self.sources(&node.sources, &mut properties)?;
        self.nodes.push(ReadNode { labels, properties });
        Ok(())
    }

    fn indicator(&mut self, indicator: &Indicator<'a>) -> Result<(), FormatError> {
        let from = self.reference(indicator.of)?;
        let to = self.nodes.len();
        let mut properties = Vec::new();
        let fields = [indicator.name, indicator.value, indicator.unit, indicator.period, indicator.qualifier];
        self.fields(&INDICATOR_FIELDS, &fields, &mut properties)?;
        self.properties(&indicator.properties, &mut properties)?;
        self.sources(&indicator.sources, &mut properties)?;
        let labels = vec![key(&mut self.labels, INDICATOR)];
        self.nodes.push(ReadNode { labels, properties });

        let mut properties = Vec::new();
        self.sources(&indicator.sources, &mut properties)?;
        let relationship_type = key(&mut self.types, HAS_INDICATOR);
        self.relationships.push(ReadRelationship { from, relationship_type, to, properties });
        Ok(())
    }

    fn relationship(&mut self, relationship: &Relationship<'a>) -> Result<(), FormatError> {
        let from = self.reference(relationship.from)?;
        let name = self.check(relationship.relationship_type.name())?;
        let relationship_type = self.types.insert_full(name).0;
        let to = self.reference(relationship.to)?;
        let mut properties = Vec::with_capacity(relationship.properties.0.len());
        self.properties(&relationship.properties, &mut properties)?;
        self.sources(&relationship.sources, &mut properties)?;
        self.relationships.push(ReadRelationship { from, relationship_type, to, properties });
        Ok(())
    }

    /// Reads the fields that are properties under the same name.
    fn fields(
        &mut self,
        names: &[&'static str],
        values: &[Raw<'a>],
        properties: &mut Vec<(NameIndex, Value)>,
    ) -> Result<(), FormatError> {
        for (name, value) in names.iter().zip(values).filter(|(_, value)| value.is_given()) {
            properties.push((key(&mut self.keys, name), self.check(read_value(*value))?));
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
            let key = self.keys.insert_full(key).0;
            if properties.iter().any(|(other, _)| *other == key) {
                return Err(self.fault(*name, FormatErrorKind::GivenTwice { name: self.keys[key].to_string() }));
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
        let Some(sources) = sources else { return Ok(()) };
        let mut documents = Vec::with_capacity(sources.len());
        for source in sources {
            documents.push(Value::String(self.source(*source)?));
        }
        let key = key(&mut self.keys, SOURCES);
        if properties.iter().any(|(other, _)| *other == key) {
            let at = sources.first().copied().unwrap_or_default();
            return Err(self.fault(at, FormatErrorKind::GivenTwice { name: SOURCES.to_owned() }));
        }
        properties.push((key, Value::list(documents)));
        Ok(())
    }

    /// The node that an id stands for.
    fn reference(&self, at: Raw<'a>) -> Result<usize, FormatError> {
        let id = self.check(at.string())?;
        match self.definitions.get(&id) {
            Some(definition) => Ok(definition.node),
            None => {
                let kind = FormatErrorKind::UnknownId { id: id.clone().into_owned() };
                Err(self.unknown(at, kind, self.near(&id, |_| true)))
            }
        }
    }

    /// The id of a document that states a fact.
    fn source(&self, at: Raw<'a>) -> Result<Arc<str>, FormatError> {
        let id = self.check(at.string())?;
        let kind = || FormatErrorKind::UnknownDocument { id: id.clone().into_owned() };
        match self.definitions.get(&id) {
            Some(definition) if definition.is_document => Ok(Arc::clone(&definition.id)),
            Some(definition) => {
                let place = self.place(definition.file, definition.at);
                Err(self.fault(at, kind()).related("what has the id is no Document(…)", place))
            }
            None => Err(self.unknown(at, kind(), self.near(&id, |definition| definition.is_document))),
        }
    }

    /// The definition whose id is nearest to one that nothing has.
    fn near(&self, id: &str, is_wanted: impl Fn(&Definition<'a>) -> bool) -> Option<&Definition<'a>> {
        let ids = self.definitions.values().filter(|definition| is_wanted(definition)).map(|definition| &*definition.id);
        nearest(id, ids).map(|id| &self.definitions[id])
    }

    fn unknown(&self, at: Raw<'a>, kind: FormatErrorKind, near: Option<&Definition<'a>>) -> FormatError {
        let error = self.fault(at, kind);
        match near {
            Some(near) => error
                .related("this is the nearest id", self.place(near.file, near.at))
                .help(Some(format!("did you mean \"{}\"?", near.id))),
            None => error.help(Some("define it in one of the files that are opened together".to_owned())),
        }
    }

    fn check<T>(&self, result: Result<T, Mismatch<'a>>) -> Result<T, FormatError> {
        result.map_err(|Mismatch { at, expected }| {
            let file = &self.files[self.file];
            let found = syntax::describe(file.text, at.span(file.text));
            self.fault(at, FormatErrorKind::Unexpected { found, expected: expected.to_owned() })
        })
    }

    fn fault(&self, at: Raw<'a>, kind: FormatErrorKind) -> FormatError {
        FormatError::new(kind, self.place(self.file, at))
    }

    fn place(&self, file: usize, at: Raw<'a>) -> Place {
        let file = &self.files[file];
        Place::new(file.name, file.text, at.span(file.text))
    }

    /// Writes all to the graph; gives the nodes in the order of the files.
    fn insert(&mut self, graph: &mut Graph) -> Result<Vec<NodeId>, GraphError> {
        let labels: Vec<_> = self.labels.iter().map(|name| graph.intern_label(name)).collect();
        let types: Vec<_> = self.types.iter().map(|name| graph.intern_type(name)).collect();
        let keys: Vec<_> = self.keys.iter().map(|name| graph.intern_key(name)).collect();
        let keyed = |properties: Vec<(NameIndex, Value)>| {
            properties.into_iter().map(|(key, value)| (keys[key], value)).collect::<Vec<_>>()
        };
        let mut nodes = Vec::with_capacity(self.nodes.len());
        for node in self.nodes.drain(..) {
            let labels: Vec<_> = node.labels.into_iter().map(|label| labels[label]).collect();
            nodes.push(graph.create_node(&labels, &keyed(node.properties))?);
        }
        let relationships = self.relationships.drain(..).map(|relationship| NewRelationship {
            start: nodes[relationship.from],
            relationship_type: types[relationship.relationship_type],
            end: nodes[relationship.to],
            properties: keyed(relationship.properties),
        });
        graph.create_relationships(relationships)?;
        Ok(nodes)
    }

    /// The ids that stand in the files, by node.
    fn named(&self, nodes: &[NodeId]) -> impl Iterator<Item = (NodeId, Arc<str>)> {
        self.definitions.values().map(|definition| (nodes[definition.node], Arc::clone(&definition.id)))
    }
}

/// The position of a name that the format itself gives.
fn key(names: &mut Names<'_>, name: &'static str) -> NameIndex {
    match names.get_index_of(name) {
        Some(index) => index,
        None => names.insert_full(Cow::Borrowed(name)).0,
    }
}

/// The comments that the files open with.
fn head(files: &[File<'_>]) -> String {
    let heads = files.iter().map(|file| file.text[..file.text.len() - skip_blanks(file.text).len()].trim());
    heads.filter(|head| !head.is_empty()).collect::<Vec<_>>().join("\n//\n")
}
