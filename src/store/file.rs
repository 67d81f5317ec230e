//! The file: opening, committing, writing anew.

use std::cell::Cell;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Once};

use redb::{
    Builder, ConcurrencyMode, Database, ReadTransaction, ReadableDatabase, ReadableTable,
    TableDefinition, WriteTransaction,
};

use super::StoreError;
use super::chunk::{self, NODES, RELATIONSHIPS};
use super::error::damaged;
use super::evidence::{self, EVIDENCE};
use super::schema::{self, SCHEMA};
use crate::evidence::Evidence;
use crate::graph::{ChangedSlots, Graph};
use crate::value::NodeId;
use uuid::Uuid;

/// The format version that this code writes, and the latest that it reads.
const VERSION: u32 = 2;

const META: TableDefinition<'_, &str, &[u8]> = TableDefinition::new("meta");
const NAMES: TableDefinition<'_, (u8, u32), &str> = TableDefinition::new("names");
const NODE_CHUNKS: TableDefinition<'_, u32, &[u8]> = TableDefinition::new("nodes");
const RELATIONSHIP_CHUNKS: TableDefinition<'_, u32, &[u8]> = TableDefinition::new("relationships");
const FILE_IDS: TableDefinition<'_, u64, &str> = TableDefinition::new("file ids");

pub(super) type Result<T, E = StoreError> = std::result::Result<T, E>;

/// What a file holds.
#[derive(Debug, Default)]
pub struct Contents {
    /// The graph.
    pub graph: Graph,
    /// The names that RON files give to nodes.
    pub file_ids: Vec<(NodeId, Arc<str>)>,
    /// The comment that RON files open with.
    pub head: String,
    /// What supports the graph's facts.
    pub evidence: Arc<Evidence>,
    /// What names the graph: as long as it is the same, an id means the same node or relationship. Nil in a file of
    /// version 1, and for [`Store::create`], which gives a new one.
    pub uuid: Uuid,
}

/// An open file. While it is open no other process writes to it.
#[derive(Debug)]
pub struct Store {
    path: PathBuf,
    medium: Medium,
    /// `None` after a commit that failed, until the next one.
    database: Option<Database>,
    /// What names the graph.
    uuid: Uuid,
    /// How many commits the file has seen.
    commits: u64,
    /// How many labels, types and keys are in the file.
    names: [usize; 3],
    /// What a failed commit may have written all the same; the next commit writes it anew.
    doubtful: Option<ChangedSlots>,
}

/// What the bytes of a file lie on.
#[derive(Clone, Debug)]
enum Medium {
    /// The file system.
    File,
    /// A disk that fails as a test wants it to.
    #[cfg(test)]
    Faulty(super::faulty::Disk),
}

/// Whether a path is that of a durable file, by its ending `.tupu`.
#[must_use]
pub fn is_store(path: &Path) -> bool {
    path.extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("tupu"))
}

impl Store {
    /// Opens a file for writing; one that is missing comes into being as an empty graph.
    ///
    /// # Errors
    ///
    /// Any [`StoreError`]; the graph is opened whole or not at all.
    pub fn open(path: &Path) -> Result<(Self, Contents)> {
        if !path.exists() {
            Self::create(path, &Contents::default())?;
        }
        check_file(path)?;
        let opened = Self::open_on(path, Medium::File)?;
        // Only a message needs it; a folder that can't be written to is no reason to fail.
        let _ = fs::write(holder_path(path), std::process::id().to_string());
        Ok(opened)
    }

    /// Opens what lies on a disk that fails as a test wants it to; the path is only a name.
    #[cfg(test)]
    pub(crate) fn open_faulty(path: &Path, disk: super::faulty::Disk) -> Result<(Self, Contents)> {
        Self::open_on(path, Medium::Faulty(disk))
    }

    fn open_on(path: &Path, medium: Medium) -> Result<(Self, Contents)> {
        let database = open_database(path, &medium)?;
        let contents = contained(|| read(&database.begin_read().map_err(redb::Error::from)?))?;
        let store = Self {
            commits: contained(|| commits(&database.begin_read().map_err(redb::Error::from)?))?,
            names: names(&contents.graph),
            uuid: match contents.uuid.is_nil() {
                true => Uuid::new_v4(),
                false => contents.uuid,
            },
            path: path.to_owned(),
            medium,
            database: Some(database),
            doubtful: None,
        };
        Ok((store, contents))
    }

    /// Reads a file, also while another process writes to it: the last state that was committed.
    ///
    /// # Errors
    ///
    /// Any [`StoreError`].
    pub fn read(path: &Path) -> Result<Contents> {
        check_file(path)?;
        let opened = contained(|| match builder().open_read_only(path) {
            Ok(database) => Ok(Some(database)),
            // Whoever wrote to it last was killed, and nobody writes to it now.
            Err(redb::DatabaseError::RepairAborted) => Ok(None),
            Err(error) => Err(redb::Error::from(error).into()),
        })?;
        contained(|| match opened {
            Some(database) => read(&database.begin_read().map_err(redb::Error::from)?),
            None => {
                let database = open_database(path, &Medium::File)?;
                read(&database.begin_read().map_err(redb::Error::from)?)
            }
        })
    }

    /// Writes a graph as a new file: the whole file is there or what was there stays.
    ///
    /// # Errors
    ///
    /// [`StoreError::Io`], [`StoreError::InUse`] where a process has the file open.
    pub fn create(path: &Path, contents: &Contents) -> Result<()> {
        if path.exists() {
            check_file(path)?;
            // Whoever has the old file open would go on writing to a file without a name.
            drop(open_database(path, &Medium::File)?);
        }
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(format!(".{}.tmp", std::process::id()));
        let beside = path.with_file_name(name);
        let written = contained(|| {
            let database = builder().create(&beside).map_err(redb::Error::from)?;
            let mut transaction = database.begin_write().map_err(redb::Error::from)?;
            transaction.set_two_phase_commit(true);
            write_whole(&transaction, contents, Place::default())?;
            transaction.commit().map_err(redb::Error::from)?;
            database.close().map_err(redb::Error::from)?;
            fs::rename(&beside, path).map_err(|error| io(&error))?;
            sync_folder(path);
            Ok(())
        });
        if written.is_err() {
            // The error that is told is the first one.
            let _ = fs::remove_file(&beside);
        }
        written
    }

    /// Makes a file as small as what it holds allows. Gives its bytes before and after.
    ///
    /// # Errors
    ///
    /// Any [`StoreError`]; the file then holds what it held.
    pub fn compact(path: &Path) -> Result<[u64; 2]> {
        check_file(path)?;
        let length = || {
            fs::metadata(path)
                .map(|found| found.len())
                .map_err(|error| io(&error))
        };
        let before = length()?;
        let mut database = open_database(path, &Medium::File)?;
        contained(|| {
            version(&database.begin_read().map_err(redb::Error::from)?)?;
            while database.compact().map_err(redb::Error::from)? {}
            Ok(database.close().map_err(redb::Error::from)?)
        })?;
        Ok([before, length()?])
    }

    /// Writes what the graph's running transaction has changed; when this returns, it is on the disk.
    ///
    /// # Errors
    ///
    /// When the disk refuses. The caller takes the changes back in memory; should the file hold them all the same, the
    /// next commit takes them back there.
    pub fn commit(&mut self, graph: &Graph) -> Result<()> {
        let mut changed = graph.changed_slots();
        if let Some(doubtful) = &self.doubtful {
            changed.nodes.extend(&doubtful.nodes);
            changed.relationships.extend(&doubtful.relationships);
            changed.has_schema |= doubtful.has_schema;
        }
        if changed.nodes.is_empty() && changed.relationships.is_empty() && !changed.has_schema {
            return Ok(());
        }
        let outcome = self.reopen().and_then(|()| {
            let database = self.database.as_ref().expect("it was just opened");
            let place = self.next_place();
            contained(|| write(database, graph, &changed, place))
        });
        match outcome {
            Ok(()) => {
                self.commits += 1;
                self.names = names(graph);
                self.doubtful = None;
            }
            Err(_) => {
                self.doubtful = Some(changed);
                let database = self.database.take();
                // What it fails with has been told.
                let _ = contained(|| {
                    drop(database);
                    Ok(())
                });
            }
        }
        outcome
    }

    pub(super) fn database(&self) -> Result<&Database> {
        self.database.as_ref().ok_or(StoreError::Changed)
    }

    /// Where the next commit stands.
    pub(super) fn next_place(&self) -> Place {
        Place {
            uuid: self.uuid,
            names: self.names,
            commits: self.commits + 1,
        }
    }

    /// Counts a commit.
    pub(super) fn committed(&mut self) {
        self.commits += 1;
    }

    /// The file has another graph now.
    pub(super) fn replaced(&mut self, contents: &Contents, uuid: Uuid) {
        self.names = names(&contents.graph);
        self.uuid = uuid;
        self.doubtful = None;
    }

    /// After a failure the file is opened anew, where nobody else has changed it meanwhile.
    fn reopen(&mut self) -> Result<()> {
        if self.database.is_some() {
            return Ok(());
        }
        let database = open_database(&self.path, &self.medium)?;
        let found = contained(|| commits(&database.begin_read().map_err(redb::Error::from)?))?;
        if found != self.commits && found != self.commits + 1 {
            return Err(StoreError::Changed);
        }
        self.commits = found;
        self.database = Some(database);
        Ok(())
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        let database = self.database.take();
        // All that was acknowledged is on the disk already.
        let _ = contained(|| {
            drop(database);
            Ok(())
        });
        let _ = fs::remove_file(holder_path(&self.path));
    }
}

fn builder() -> Builder {
    const CACHE: usize = 64 * 1024 * 1024;
    let mut builder = Builder::new();
    builder
        .set_cache_size(CACHE)
        .set_concurrency_mode(ConcurrencyMode::SingleWriter)
        .set_check_integrity_on_open(true);
    builder
}

fn open_database(path: &Path, medium: &Medium) -> Result<Database> {
    let opened = contained(|| {
        let opened = match medium {
            Medium::File => builder().open(path),
            #[cfg(test)]
            Medium::Faulty(disk) => builder().create_with_backend(disk.clone()),
        };
        Ok(opened.map_err(redb::Error::from)?)
    });
    opened.map_err(|error| match error {
        StoreError::InUse(_) => {
            let text = fs::read_to_string(holder_path(path)).ok();
            StoreError::InUse(text.and_then(|text| text.parse().ok()))
        }
        other => other,
    })
}

/// Where the process that writes to a file leaves its id.
fn holder_path(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".pid");
    name.into()
}

fn check_file(path: &Path) -> Result<()> {
    match fs::metadata(path) {
        Ok(metadata) if !metadata.is_file() => Err(StoreError::NotAFile),
        Ok(metadata) if metadata.len() == 0 => Err(StoreError::Foreign("it is empty".to_owned())),
        Ok(_) => Ok(()),
        Err(error) => Err(io(&error)),
    }
}

/// Forces the name of a new file to the disk, where the system has a way to.
fn sync_folder(path: &Path) {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    if let Ok(folder) = fs::File::open(folder.unwrap_or(Path::new("."))) {
        // The file itself is there; a system that can't do this for folders keeps the name in its own way.
        let _ = folder.sync_all();
    }
}

fn io(error: &std::io::Error) -> StoreError {
    StoreError::Io(error.to_string())
}

/// Turns a panic over a damaged file into an error.
pub(super) fn contained<T>(work: impl FnOnce() -> Result<T>) -> Result<T> {
    let before = CONTAINED.replace(true);
    let outcome = catch_unwind(AssertUnwindSafe(work));
    CONTAINED.set(before);
    outcome.unwrap_or_else(|_| Err(damaged("its structure makes no sense")))
}

thread_local! {
    /// Whether a panic on this thread becomes an error.
    static CONTAINED: Cell<bool> = const { Cell::new(false) };
}

/// Keeps the panics that become errors about damaged files from being written to standard error; for a program to call
/// at its start.
pub fn hush_contained_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let hook = take_hook();
        set_hook(Box::new(move |panic| {
            if !CONTAINED.get() {
                hook(panic);
            }
        }));
    });
}

fn names(graph: &Graph) -> [usize; 3] {
    let view = graph.view();
    [view.labels().len(), view.types().len(), view.keys().len()]
}

fn commits(transaction: &ReadTransaction) -> Result<u64> {
    let meta = transaction.open_table(META).map_err(redb::Error::from)?;
    let found = meta.get("commits").map_err(redb::Error::from)?;
    let bytes = found.and_then(|found| found.value().try_into().ok());
    Ok(u64::from_le_bytes(
        bytes.ok_or_else(|| damaged("no number of commits"))?,
    ))
}

/// The format version, which is one that this code reads.
fn version(transaction: &ReadTransaction) -> Result<u32> {
    let meta = transaction.open_table(META).map_err(redb::Error::from)?;
    let version = meta.get("version").map_err(redb::Error::from)?;
    let version = version.and_then(|found| found.value().try_into().ok());
    let found = u32::from_le_bytes(version.ok_or_else(|| damaged("no format version"))?);
    match found > VERSION {
        true => Err(StoreError::Newer {
            found,
            known: VERSION,
        }),
        false => Ok(found),
    }
}

pub(super) fn read(transaction: &ReadTransaction) -> Result<Contents> {
    let meta = transaction.open_table(META).map_err(redb::Error::from)?;
    version(transaction)?;
    let mut contents = Contents::default();
    if let Some(head) = meta.get("head").map_err(redb::Error::from)? {
        contents.head = String::from_utf8_lossy(head.value()).into_owned();
    }
    if let Some(uuid) = meta.get("uuid").map_err(redb::Error::from)? {
        let uuid = Uuid::from_slice(uuid.value());
        contents.uuid = uuid.map_err(|_| damaged("no UUID"))?;
    }
    let graph = &mut contents.graph;
    let table = transaction.open_table(NAMES).map_err(redb::Error::from)?;
    for entry in table.iter().map_err(redb::Error::from)? {
        let (key, name) = entry.map_err(redb::Error::from)?;
        let (kind, number) = key.value();
        let interned = match kind {
            0 => graph.intern_label(name.value()).0,
            1 => graph.intern_type(name.value()).0,
            2 => graph.intern_key(name.value()).0,
            _ => return Err(damaged(format!("names of the unknown kind {kind}"))),
        };
        if interned != number {
            return Err(damaged("names are missing or repeated"));
        }
    }
    let mut restore = |table, size: u32, into: fn(&mut Graph, &[u8]) -> Result<()>| {
        let table = transaction.open_table(table).map_err(redb::Error::from)?;
        for (at, entry) in table.iter().map_err(redb::Error::from)?.enumerate() {
            let (first, bytes) = entry.map_err(redb::Error::from)?;
            if u64::from(first.value()) != at as u64 * u64::from(size) {
                return Err(damaged("a chunk is missing"));
            }
            into(graph, bytes.value())?;
        }
        Ok(())
    };
    restore(NODE_CHUNKS, NODES, chunk::restore_nodes)?;
    restore(
        RELATIONSHIP_CHUNKS,
        RELATIONSHIPS,
        chunk::restore_relationships,
    )?;
    let view = graph.view();
    let counted = [view.node_count(), view.relationship_count()];
    if meta
        .get("counts")
        .map_err(redb::Error::from)?
        .map(|found| found.value().to_vec())
        != Some(counts(counted))
    {
        return Err(damaged("the numbers of nodes and relationships do not fit"));
    }
    graph.finish_restoring();
    schema::read(transaction, graph)?;
    contents.evidence = Arc::new(evidence::read(transaction)?);
    let table = transaction
        .open_table(FILE_IDS)
        .map_err(redb::Error::from)?;
    for entry in table.iter().map_err(redb::Error::from)? {
        let (node, id) = entry.map_err(redb::Error::from)?;
        contents
            .file_ids
            .push((NodeId(node.value()), id.value().into()));
    }
    Ok(contents)
}

fn counts([nodes, relationships]: [usize; 2]) -> Vec<u8> {
    [nodes as u64, relationships as u64]
        .map(u64::to_le_bytes)
        .concat()
}

/// Where in the life of a file a commit stands.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub(super) uuid: Uuid,
    /// How many labels, types and keys are in the file.
    pub(super) names: [usize; 3],
    /// The number of this commit.
    pub(super) commits: u64,
}

impl Default for Place {
    /// At the beginning.
    fn default() -> Self {
        Self {
            uuid: Uuid::new_v4(),
            names: [0; 3],
            commits: 1,
        }
    }
}

fn write(database: &Database, graph: &Graph, changed: &ChangedSlots, place: Place) -> Result<()> {
    let mut transaction = database.begin_write().map_err(redb::Error::from)?;
    transaction.set_two_phase_commit(true);
    write_tables(&transaction, graph, changed, place, None)?;
    Ok(transaction.commit().map_err(redb::Error::from)?)
}

/// Writes a graph where none is, with its evidence.
pub(super) fn write_whole(
    transaction: &WriteTransaction,
    contents: &Contents,
    place: Place,
) -> Result<()> {
    let all = ChangedSlots {
        nodes: (0..contents.graph.view().node_slots()).collect(),
        relationships: (0..contents.graph.view().relationship_slots()).collect(),
        has_schema: true,
    };
    write_tables(transaction, &contents.graph, &all, place, Some(contents))?;
    evidence::write(transaction, &contents.evidence)
}

/// Takes the graph out of a file.
pub(super) fn delete_graph(transaction: &WriteTransaction) -> Result<()> {
    for deleted in [
        transaction.delete_table(NAMES),
        transaction.delete_table(NODE_CHUNKS),
        transaction.delete_table(RELATIONSHIP_CHUNKS),
        transaction.delete_table(FILE_IDS),
        transaction.delete_table(SCHEMA),
        transaction.delete_table(EVIDENCE),
    ] {
        deleted.map_err(redb::Error::from)?;
    }
    Ok(())
}

/// Writes where in the life of the file a commit stands.
pub(super) fn write_place(transaction: &WriteTransaction, place: Place) -> Result<()> {
    let mut meta = transaction.open_table(META).map_err(redb::Error::from)?;
    for (key, value) in [
        ("version", &VERSION.to_le_bytes()[..]),
        ("commits", &place.commits.to_le_bytes()),
        ("uuid", place.uuid.as_bytes()),
    ] {
        meta.insert(key, value).map_err(redb::Error::from)?;
    }
    Ok(())
}

fn write_tables(
    transaction: &WriteTransaction,
    graph: &Graph,
    changed: &ChangedSlots,
    place: Place,
    whole: Option<&Contents>,
) -> Result<(), StoreError> {
    let open = |error: redb::TableError| StoreError::from(redb::Error::from(error));
    let put = |error: redb::StorageError| StoreError::from(redb::Error::from(error));
    let view = graph.view();
    let mut table = transaction.open_table(NAMES).map_err(open)?;
    let mut name = |kind, number: u32, name: &str| {
        let is_new = number as usize >= place.names[usize::from(kind)];
        if is_new {
            table.insert((kind, number), name).map_err(put)?;
        }
        Ok::<(), StoreError>(())
    };
    view.labels()
        .try_for_each(|label| name(0, label.0, view.label_name(label)))?;
    view.types()
        .try_for_each(|t| name(1, t.0, view.type_name(t)))?;
    view.keys()
        .try_for_each(|key| name(2, key.0, view.key_name(key)))?;
    let write_chunks =
        |table, slots: &mut dyn Iterator<Item = u32>, size, chunk: fn(&Graph, u32) -> Vec<u8>| {
            let mut table = transaction.open_table(table).map_err(open)?;
            let mut last = None;
            for slot in slots {
                let first = slot / size * size;
                if last != Some(first) {
                    table
                        .insert(first, chunk(graph, first).as_slice())
                        .map_err(put)?;
                    last = Some(first);
                }
            }
            Ok::<(), StoreError>(())
        };
    write_chunks(
        NODE_CHUNKS,
        &mut changed.nodes.iter().copied(),
        NODES,
        chunk::nodes,
    )?;
    let slots = &mut changed.relationships.iter().copied();
    write_chunks(
        RELATIONSHIP_CHUNKS,
        slots,
        RELATIONSHIPS,
        chunk::relationships,
    )?;
    if changed.has_schema {
        schema::write(transaction, view)?;
    }
    write_place(transaction, place)?;
    let mut meta = transaction.open_table(META).map_err(open)?;
    let mut set = |key: &str, value: &[u8]| meta.insert(key, value).map(drop).map_err(put);
    set(
        "counts",
        &counts([view.node_count(), view.relationship_count()]),
    )?;
    let mut table = transaction.open_table(FILE_IDS).map_err(open)?;
    if let Some(contents) = whole {
        set("head", contents.head.as_bytes())?;
        for (node, id) in &contents.file_ids {
            table.insert(node.0, &**id).map_err(put)?;
        }
    }
    Ok(())
}
