//! A graph that can be opened, questioned, changed and saved.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::shared::{Company, Shared, Writer};
use super::{Error, Limits, Session};
use crate::evidence::{Evidence, keep_known};
use crate::expression::Interrupt;
use crate::format::ron::{self, FormatError, Ids};
use crate::graph::{Graph, View};
use crate::store::{Contents, Store, is_store};
use crate::value::Date;

/// A graph that can be opened, questioned, changed and saved; clones are handles to the same one.
///
/// Whoever reads sees one consistent state, the last that was committed, whatever is written meanwhile; one at a time
/// writes. A statement that writes sees what all before it have committed, and transactions that write are serialized.
///
/// # Examples
///
/// ```
/// use tupu::session::Database;
/// use tupu::value::Map;
///
/// let database = Database::new();
/// let mut session = database.session();
/// session.run("CREATE (:District {name: '坪山区'})", &Map::default())?;
/// let result = session.run("MATCH (区:District) RETURN 区.name AS 区名", &Map::default())?;
/// assert_eq!(&*result.columns[0], "区名");
/// assert_eq!(result.rows[0][0].as_str(), Some("坪山区"));
/// # Ok::<(), tupu::session::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Database {
    pub(super) shared: Arc<Shared>,
}

impl Database {
    /// An empty graph.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The graphs compiled into the library: the facts of five articles about Shenzhen's and Zhuhai's industry.
    ///
    /// # Errors
    ///
    /// [`Error::Format`], which a test rules out.
    pub fn embedded() -> Result<Self, Error> {
        Self::from_sources(ron::embedded())
    }

    /// RON files, opened together as one graph; an entity that one file defines the others can refer to. A folder
    /// alone is read as by [`Database::import`], and a file whose name ends with `.tupu` as a durable graph: what is
    /// committed is in the file, which comes into being where it is missing.
    ///
    /// # Errors
    ///
    /// [`Error::File`] for a file that can't be read, [`Error::Format`] or [`Error::Store`] for one that is no graph.
    /// Nothing is half loaded.
    pub fn open(paths: &[PathBuf]) -> Result<Self, Error> {
        if let Some(path) = paths.iter().find(|path| is_store(path)) {
            return match paths {
                [path] => Self::open_store(path),
                _ => Err(Error::File {
                    path: path.clone(),
                    reason: "a durable graph is opened alone".to_owned(),
                }),
            };
        }
        if let [folder] = paths
            && folder.is_dir()
        {
            return Self::import(folder);
        }
        let texts = paths
            .iter()
            .map(|path| read(path))
            .collect::<Result<Vec<_>, _>>()?;
        let sources: Vec<(&str, &str)> = texts
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str()))
            .collect();
        Self::from_sources(&sources)
    }

    /// The texts of RON files with the names that messages show, opened together as one graph.
    ///
    /// # Errors
    ///
    /// [`Error::Format`].
    pub fn from_sources(sources: &[(&str, &str)]) -> Result<Self, Error> {
        let mut graph = Graph::new();
        let ids = ron::open(sources, &mut graph)?;
        graph.commit();
        Ok(Self::new_with(graph, ids))
    }

    pub(super) fn from_graph(graph: Graph) -> Self {
        Self::new_with(graph, Ids::default())
    }

    fn new_with(graph: Graph, ids: Ids) -> Self {
        Self::of(Writer {
            graph,
            ids: Arc::new(ids),
            ..Writer::default()
        })
    }

    fn of(writer: Writer) -> Self {
        Self {
            shared: Arc::new(Shared::new(writer)),
        }
    }

    fn open_store(path: &Path) -> Result<Self, Error> {
        let (store, contents) = Store::open(path).map_err(|error| Error::store(path, error))?;
        Ok(Self::from_store(path, store, contents))
    }

    pub(super) fn from_store(path: &Path, store: Store, contents: Contents) -> Self {
        let ids = Ids::new(contents.file_ids, contents.head).with_evidence(contents.evidence);
        Self::of(Writer {
            ids: Arc::new(ids),
            graph: contents.graph,
            ontology: contents.ontology,
            store: Some((path.to_owned(), store)),
        })
    }

    /// Makes a durable file that nobody has open as small as what it holds allows. Gives its bytes before and after.
    ///
    /// # Errors
    ///
    /// [`Error::Store`]; the file then holds what it held.
    pub fn compact_store(path: &Path) -> Result<[u64; 2], Error> {
        Store::compact(path).map_err(|error| Error::store(path, error))
    }

    /// A durable graph for reading, also while another process writes to its file: the last state that was committed.
    /// What is changed stays in memory.
    ///
    /// # Errors
    ///
    /// [`Error::Store`].
    pub fn read_store(path: &Path) -> Result<Self, Error> {
        let contents = Store::read(path).map_err(|error| Error::store(path, error))?;
        let ids = Ids::new(contents.file_ids, contents.head).with_evidence(contents.evidence);
        Ok(Self::of(Writer {
            ids: Arc::new(ids),
            graph: contents.graph,
            ontology: contents.ontology,
            store: None,
        }))
    }

    /// Writes the graph as a RON file, or as a durable file where the name ends with `.tupu`: the whole file is there or the old one stays.
    ///
    /// # Errors
    ///
    /// [`Error::File`], [`Error::Store`].
    pub fn save(&self, path: &Path) -> Result<(), Error> {
        if is_store(path) {
            return self.save_store(path);
        }
        let text = self.to_ron();
        write_whole(path, text.as_bytes()).map_err(|error| Error::file(path, &error))
    }

    fn save_store(&self, path: &Path) -> Result<(), Error> {
        // The graph for writing, which knows what ids are spent; nobody else writes meanwhile.
        let patience = Limits::default().patience;
        let mut turn = self
            .shared
            .turn(Company::Readers, patience, &Interrupt::default())?;
        let (file_ids, head) = (turn.ids.named(), turn.ids.head().to_owned());
        let evidence = Arc::clone(turn.ids.evidence());
        let contents = Contents {
            graph: std::mem::take(&mut turn.graph),
            file_ids,
            head,
            evidence,
            ontology: turn.ontology.clone(),
            ..Contents::default()
        };
        let written = Store::create(path, &contents);
        turn.graph = contents.graph;
        written.map_err(|error| Error::store(path, error))
    }

    /// The graph as the text of a RON file.
    #[must_use]
    pub fn to_ron(&self) -> String {
        let snapshot = self.shared.snapshot();
        ron::write(&snapshot.view, &snapshot.ids)
    }

    /// A consistent view of the graph: what is written later does not show in it.
    #[must_use]
    pub fn view(&self) -> View {
        self.shared.snapshot().view.clone()
    }

    /// The names that files give to nodes.
    #[must_use]
    pub fn ids(&self) -> Arc<Ids> {
        self.shared.ids()
    }

    /// The graph as it was known by the end of a day: without the facts that documents stated later. What no document
    /// states stays.
    ///
    /// # Errors
    ///
    /// [`Error::Format`], which evidence of this graph rules out.
    pub fn as_of(&self, day: Date) -> Result<Self, Error> {
        let (text, head) = (self.to_ron(), String::new());
        let mut graph = Graph::new();
        let ids = ron::open(&[(&head, &text)], &mut graph)?;
        let evidence = keep_known(&mut graph, ids.evidence(), day).map_err(FormatError::from)?;
        graph.commit();
        let ids = ids.with_evidence(evidence);
        Ok(Self::of(Writer {
            graph,
            ids: Arc::new(ids),
            ontology: self.ontology(),
            store: None,
        }))
    }

    /// What supports the graph's facts.
    #[must_use]
    pub fn evidence(&self) -> Arc<Evidence> {
        Arc::clone(self.ids().evidence())
    }

    /// A conversation with the database, with no limits.
    #[must_use]
    pub fn session(&self) -> Session {
        Session::new(self.clone())
    }
}

fn read(path: &Path) -> Result<(String, String), Error> {
    let bytes = std::fs::read(path).map_err(|error| Error::file(path, &error))?;
    let name = path.display().to_string();
    match String::from_utf8(bytes) {
        Ok(text) => Ok((name, text)),
        Err(error) => Err(Error::NotText {
            path: path.to_owned(),
            offset: error.utf8_error().valid_up_to(),
        }),
    }
}

/// Writes beside the file, forces it to the disk and puts it in the file's place.
fn write_whole(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    // What stands behind a link is replaced, not the link.
    let path = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.tmp", std::process::id()));
    let beside = path.with_file_name(name);
    let written = (|| {
        let mut file = std::fs::File::create(&beside)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        std::fs::rename(&beside, &path)
    })();
    if written.is_err() {
        // The error that is told is the first one.
        let _ = std::fs::remove_file(&beside);
    }
    written
}
