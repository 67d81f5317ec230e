//! The file: opening, committing, writing anew.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use redb::{
    Database, ReadOnlyDatabase, ReadTransaction, ReadableDatabase as _, TableDefinition,
    WriteTransaction,
};
use uuid::Uuid;

use super::StoreError;
use super::medium::{
    Medium, builder, check_file, contained, holder_path, io, open_database, sync_folder,
};
use super::read::{commits, names, read, version};
use super::schema::write_ontology;
use super::write::{Place, write_changes, write_whole};
use crate::evidence::Evidence;
use crate::graph::{ChangedSlots, Graph};
use crate::ontology::Ontology;
use crate::value::NodeId;

/// The format version that this code writes, and the latest that it reads.
pub(super) const VERSION: u32 = 2;

pub(super) const META: TableDefinition<'_, &str, &[u8]> = TableDefinition::new("meta");
pub(super) const NAMES: TableDefinition<'_, (u8, u32), &str> = TableDefinition::new("names");
pub(super) const NODE_CHUNKS: TableDefinition<'_, u32, &[u8]> = TableDefinition::new("nodes");
pub(super) const RELATIONSHIP_CHUNKS: TableDefinition<'_, u32, &[u8]> =
    TableDefinition::new("relationships");
pub(super) const FILE_IDS: TableDefinition<'_, u64, &str> = TableDefinition::new("file ids");

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
    /// What the graph is held to.
    pub ontology: Option<Arc<Ontology>>,
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
    database: Option<Opened>,
    /// What names the graph.
    uuid: Uuid,
    /// What the graph is held to.
    ontology: Option<Arc<Ontology>>,
    /// How many commits the file has seen.
    commits: u64,
    /// How many labels, types and keys are in the file.
    names: [usize; 3],
    /// What a failed commit may have written all the same; the next commit writes it anew.
    doubtful: Option<ChangedSlots>,
    /// Whether the file may hold another graph, since putting one in its place failed.
    is_lost: bool,
    /// Whether no other process writes to the file while this is there.
    is_writer: bool,
}

/// An open database.
enum Opened {
    ForWriting(Database),
    ForReading(ReadOnlyDatabase),
}

impl fmt::Debug for Opened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::ForWriting(_) => "ForWriting",
            Self::ForReading(_) => "ForReading",
        })
    }
}

impl Opened {
    fn begin_read(&self) -> Result<ReadTransaction> {
        let begun = match self {
            Self::ForWriting(database) => database.begin_read(),
            Self::ForReading(database) => database.begin_read(),
        };
        Ok(begun.map_err(redb::Error::from)?)
    }
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
            ontology: contents.ontology.clone(),
            uuid: match contents.uuid.is_nil() {
                true => Uuid::new_v4(),
                false => contents.uuid,
            },
            path: path.to_owned(),
            medium,
            database: Some(Opened::ForWriting(database)),
            doubtful: None,
            is_lost: false,
            is_writer: true,
        };
        Ok((store, contents))
    }

    /// Reads a file, also while another process writes to it: the last state that was committed.
    ///
    /// # Errors
    ///
    /// Any [`StoreError`].
    pub fn read(path: &Path) -> Result<Contents> {
        Self::look(path)?.contents()
    }

    /// Opens a file for reading only what it holds, also while another process writes to it.
    ///
    /// # Errors
    ///
    /// Any [`StoreError`].
    pub fn look(path: &Path) -> Result<Self> {
        check_file(path)?;
        let opened = contained(|| match builder().open_read_only(path) {
            Ok(database) => Ok(Some(Opened::ForReading(database))),
            // Whoever wrote to it last was killed, and nobody writes to it now.
            Err(redb::DatabaseError::RepairAborted) => Ok(None),
            Err(error) => Err(redb::Error::from(error).into()),
        })?;
        let database = match opened {
            Some(database) => database,
            None => Opened::ForWriting(open_database(path, &Medium::File)?),
        };
        contained(|| version(&database.begin_read()?))?;
        Ok(Self {
            path: path.to_owned(),
            medium: Medium::File,
            database: Some(database),
            uuid: Uuid::nil(),
            ontology: None,
            commits: 0,
            names: [0; 3],
            doubtful: None,
            is_lost: true,
            is_writer: false,
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
        self.write_changed(graph, changed)
    }

    /// Holds the graph to an ontology from now on, or to none; when this returns, that is on the disk. The graph has no
    /// changes that are not committed.
    ///
    /// # Errors
    ///
    /// When the disk refuses; the graph is then held to what it was held to before.
    pub fn set_ontology(&mut self, graph: &Graph, ontology: Option<Arc<Ontology>>) -> Result<()> {
        let changed = ChangedSlots {
            has_schema: true,
            ..self.doubtful.clone().unwrap_or_default()
        };
        let before = std::mem::replace(&mut self.ontology, ontology);
        let outcome = self.write_changed(graph, changed);
        if outcome.is_err() {
            self.ontology = before;
        }
        outcome
    }

    fn write_changed(&mut self, graph: &Graph, changed: ChangedSlots) -> Result<()> {
        if self.is_lost {
            return Err(StoreError::Changed);
        }
        let ontology = self.ontology.clone();
        let outcome = self.writing(|transaction, place| {
            write_changes(transaction, graph, &changed, place)?;
            match changed.has_schema {
                true => write_ontology(transaction, ontology.as_deref()),
                false => Ok(()),
            }
        });
        match outcome {
            Ok(()) => {
                self.names = names(graph);
                self.doubtful = None;
            }
            Err(_) => self.doubtful = Some(changed),
        }
        outcome
    }

    /// One commit. After one that failed the file is opened anew by the next.
    pub(super) fn writing(
        &mut self,
        write: impl FnOnce(&WriteTransaction, Place) -> Result<()>,
    ) -> Result<()> {
        let outcome = self.reopen().and_then(|()| {
            let Some(Opened::ForWriting(database)) = &self.database else {
                return Err(StoreError::Changed);
            };
            let place = self.next_place();
            contained(|| {
                let mut transaction = database.begin_write().map_err(redb::Error::from)?;
                transaction.set_two_phase_commit(true);
                write(&transaction, place)?;
                Ok(transaction.commit().map_err(redb::Error::from)?)
            })
        });
        match outcome {
            Ok(()) => self.commits += 1,
            Err(_) => {
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

    /// The state that was committed last.
    pub(super) fn begin_read(&mut self) -> Result<ReadTransaction> {
        self.reopen()?;
        self.database
            .as_ref()
            .expect("it was just opened")
            .begin_read()
    }

    /// Where the next commit stands.
    fn next_place(&self) -> Place {
        Place {
            uuid: self.uuid,
            names: self.names,
            commits: self.commits + 1,
        }
    }

    /// The file has another graph now, or may have it where that failed.
    pub(super) fn replaced(&mut self, contents: &Contents, uuid: Uuid, is_done: bool) {
        self.is_lost = !is_done;
        if is_done {
            self.names = names(&contents.graph);
            self.ontology.clone_from(&contents.ontology);
            self.uuid = uuid;
            self.doubtful = None;
        }
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
        self.database = Some(Opened::ForWriting(database));
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
        if self.is_writer {
            let _ = fs::remove_file(holder_path(&self.path));
        }
    }
}
