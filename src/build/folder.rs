//! Where a build keeps what each document claims, one file a document: a folder beside a graph of RON, and the graph's
//! own file where that is durable, with the same names.
//!
//! ```text
//! region.ron                      the graph
//! region.build/
//!   claims/甲区发布-1f0c22ab.json   what one document claims
//!   registry.ron                  who is who, in the user's hands
//!   as-of                         the day of the last build's --as-of, if it had one
//!   corrections.ron               facts asserted and denied, in the user's hands
//! ```

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use sha2::{Digest as _, Sha256};

use super::Error;
use crate::evidence::Claims;
use crate::store::{Changes, Contents, Store, StoreError, is_store};
use crate::value::Date;

/// The file with the day of `--as-of`.
const DAY: &str = "as-of";

/// The folder of what documents claim.
const CLAIMS: &str = "claims/";

/// A build's folder.
#[derive(Clone, Debug)]
pub struct Folder {
    path: PathBuf,
    /// The durable graph that is the folder.
    shelf: Option<Arc<Mutex<Shelf>>>,
}

/// A durable graph, and what is to be kept in it but is not yet.
#[derive(Debug)]
struct Shelf {
    path: PathBuf,
    /// The file, once it is there.
    store: Option<Store>,
    changes: Changes,
}

impl Shelf {
    /// The file, which comes into being where it is missing.
    fn store(&mut self) -> Result<&mut Store, StoreError> {
        if self.store.is_none() {
            self.store = Some(Store::open(&self.path)?.0);
        }
        Ok(self.store.as_mut().expect("it was just opened"))
    }
}

impl Folder {
    /// The folder of a graph: `region.build` beside `region.ron`, and the file itself for `region.tupu`, which no other
    /// process writes to while this is there, and which comes into being when something is kept in it.
    ///
    /// # Errors
    ///
    /// [`Error::Store`] where a durable graph can't be opened.
    pub fn of(graph: &Path) -> Result<Self, Error> {
        if !is_store(graph) {
            let path = graph.with_extension("build");
            return Ok(Self { path, shelf: None });
        }
        let opened = graph.exists().then(|| Store::open(graph)).transpose();
        let opened = opened.map_err(Error::store(graph))?;
        Ok(Self::within(graph, opened.map(|(store, _)| store)))
    }

    /// The folder of a graph, only to look at: another process may write to a durable one meanwhile.
    ///
    /// # Errors
    ///
    /// [`Error::Store`] where a durable graph can't be read.
    pub fn look(graph: &Path) -> Result<Self, Error> {
        if !is_store(graph) {
            return Self::of(graph);
        }
        let store = Store::look(graph).map_err(Error::store(graph))?;
        Ok(Self::within(graph, Some(store)))
    }

    fn within(graph: &Path, store: Option<Store>) -> Self {
        let shelf = Shelf {
            path: graph.to_owned(),
            store,
            changes: Changes::default(),
        };
        Self {
            path: graph.to_owned(),
            shelf: Some(Arc::new(Mutex::new(shelf))),
        }
    }

    /// Where it is: a folder, or a durable graph.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The file with what a proposer answered about the documents.
    #[must_use]
    pub fn proposals(&self) -> PathBuf {
        match self.is_within_graph() {
            true => self.path.with_extension("proposals.lock"),
            false => self.path.join("proposals.lock"),
        }
    }

    /// Whether it is within a durable graph.
    #[must_use]
    pub fn is_within_graph(&self) -> bool {
        self.shelf.is_some()
    }

    /// Whether anything was ever built there.
    #[must_use]
    pub fn exists(&self) -> bool {
        match self.shelf {
            None => self.path.join(CLAIMS).is_dir(),
            Some(_) => self
                .documents()
                .is_ok_and(|documents| !documents.is_empty()),
        }
    }

    /// Makes the folder, and takes out what an interrupted build left half written.
    ///
    /// # Errors
    ///
    /// [`Error::File`].
    pub fn prepare(&self) -> Result<(), Error> {
        if self.shelf.is_some() {
            return Ok(());
        }
        let claims = self.path.join(CLAIMS);
        fs::create_dir_all(&claims).map_err(Error::file(&claims))?;
        for name in self.files("tmp")? {
            let path = self.path.join(name);
            fs::remove_file(&path).map_err(Error::file(&path))?;
        }
        Ok(())
    }

    /// The files of all documents, in an order that is always the same.
    ///
    /// # Errors
    ///
    /// [`Error::File`], [`Error::Store`].
    pub fn documents(&self) -> Result<Vec<String>, Error> {
        self.files(".json")
    }

    fn files(&self, ending: &str) -> Result<Vec<String>, Error> {
        let is_one = |name: &String| name.starts_with(CLAIMS) && name.ends_with(ending);
        if let Some(mut shelf) = self.shelf() {
            let mut names = match &mut shelf.store {
                Some(store) => store.kept_names().map_err(self.failed())?,
                None => Vec::new(),
            };
            names.retain(|name| shelf.changes.get(name).is_none_or(Option::is_some));
            let new = shelf.changes.iter().filter(|(_, bytes)| bytes.is_some());
            names.extend(new.map(|(name, _)| name.clone()));
            names.sort();
            names.dedup();
            names.retain(is_one);
            return Ok(names);
        }
        let claims = self.path.join(CLAIMS);
        let mut names = Vec::new();
        for entry in fs::read_dir(&claims).map_err(Error::file(&claims))? {
            let name = entry.map_err(Error::file(&claims))?.file_name();
            // A build gives no name that is not text.
            names.extend(name.to_str().map(|name| format!("{CLAIMS}{name}")));
        }
        names.retain(is_one);
        names.sort();
        Ok(names)
    }

    /// What the document of an id claims; `None` where it was never read.
    ///
    /// # Errors
    ///
    /// [`Error::File`], [`Error::Store`], [`Error::Claims`].
    pub fn load(&self, document: &str) -> Result<Option<Claims>, Error> {
        let name = file(document);
        let bytes = self.bytes(&name)?;
        bytes.map(|bytes| self.claims(&name, &bytes)).transpose()
    }

    /// What one of the [documents](Folder::documents) claims.
    ///
    /// # Errors
    ///
    /// [`Error::File`], [`Error::Store`], [`Error::Claims`].
    pub fn read(&self, name: &str) -> Result<Claims, Error> {
        match self.bytes(name)? {
            Some(bytes) => self.claims(name, &bytes),
            None => Err(Error::NotFound(format!(
                "{} is not there any more",
                self.path.join(name).display()
            ))),
        }
    }

    fn claims(&self, name: &str, bytes: &[u8]) -> Result<Claims, Error> {
        let failed = |reason: String| Error::Claims {
            path: self.path.join(name),
            reason,
        };
        let claims: Claims =
            serde_json::from_slice(bytes).map_err(|error| failed(error.to_string()))?;
        if claims.version == Claims::VERSION {
            Ok(claims)
        } else {
            let reason = format!(
                "found claims of version {}, expected version {}",
                claims.version,
                Claims::VERSION
            );
            Err(failed(reason))
        }
    }

    /// Keeps what a document claims: the whole file is there or the old one stays.
    ///
    /// In a folder of files it is not waited for until it is on the disk, which would take longer than reading the
    /// document: what a power failure damages is read anew from the article.
    ///
    /// # Errors
    ///
    /// [`Error::File`].
    pub fn store(&self, claims: &Claims) -> Result<(), Error> {
        let bytes = serde_json::to_vec(claims).expect("claims have a form in JSON");
        let name = file(&claims.document.id);
        match self.shelf {
            Some(_) => self.keep(&name, bytes),
            None => replace(&self.path.join(name), false, |out| out.write_all(&bytes)),
        }
    }

    /// Forgets what a document claims; gives whether it was there.
    ///
    /// # Errors
    ///
    /// [`Error::File`], [`Error::Store`].
    pub fn remove(&self, document: &str) -> Result<bool, Error> {
        self.forget(&file(document))
    }

    /// The day as of which the graph was made last.
    ///
    /// # Errors
    ///
    /// [`Error::File`], [`Error::Store`], [`Error::Malformed`].
    pub fn day(&self) -> Result<Option<Date>, Error> {
        let Some(text) = self.text(DAY)? else {
            return Ok(None);
        };
        let day = Date::parse(text.trim()).map_err(|_| Error::Malformed {
            path: self.path.join(DAY),
            line: 1,
            column: 1,
            reason: format!("found {:?}, expected a day: 2024-01-31", text.trim()),
        });
        day.map(Some)
    }

    /// Keeps the day as of which the graph is made, for those who make it anew.
    ///
    /// # Errors
    ///
    /// [`Error::File`], [`Error::Store`].
    pub fn keep_day(&self, day: Option<Date>) -> Result<(), Error> {
        match day {
            Some(day) => self.keep(DAY, format!("{day}\n").into_bytes()),
            None => self.forget(DAY).map(|_| ()),
        }
    }

    /// A text that is kept, such as `registry.ron`.
    ///
    /// # Errors
    ///
    /// [`Error::File`], [`Error::Store`].
    pub fn text(&self, name: &str) -> Result<Option<String>, Error> {
        let bytes = self.bytes(name)?;
        let text = bytes.map(|bytes| {
            String::from_utf8(bytes).map_err(|_| {
                let error = io::Error::new(io::ErrorKind::InvalidData, "not UTF-8 text");
                Error::file(&self.path.join(name))(error)
            })
        });
        text.transpose()
    }

    /// Keeps something under a name; within a durable graph it is on the disk after [`Folder::flush`], or together with
    /// the graph.
    ///
    /// # Errors
    ///
    /// [`Error::File`].
    pub fn keep(&self, name: &str, bytes: Vec<u8>) -> Result<(), Error> {
        if let Some(mut shelf) = self.shelf() {
            shelf.changes.insert(name.to_owned(), Some(bytes));
            return Ok(());
        }
        write_whole(&self.path.join(name), &bytes)
    }

    /// Brings what is kept within a durable graph to the disk.
    ///
    /// # Errors
    ///
    /// [`Error::Store`].
    pub fn flush(&self) -> Result<(), Error> {
        let Some(mut shelf) = self.shelf() else {
            return Ok(());
        };
        let changes = std::mem::take(&mut shelf.changes);
        if changes.is_empty() {
            return Ok(());
        }
        let kept = shelf.store().and_then(|store| store.keep(&changes));
        if kept.is_err() {
            shelf.changes = changes;
        }
        kept.map_err(self.failed())
    }

    /// The graph, where the folder is within it.
    pub(super) fn graph(&self) -> Option<Result<Contents, Error>> {
        let mut shelf = self.shelf()?;
        let contents = match &mut shelf.store {
            Some(store) => store.contents(),
            None => Ok(Contents::default()),
        };
        Some(contents.map_err(self.failed()))
    }

    /// Puts a graph in the place of the one that the folder is within, together with all that is kept.
    pub(super) fn replace_graph(&self, contents: &Contents) -> Result<(), Error> {
        if let Some(mut shelf) = self.shelf() {
            let changes = std::mem::take(&mut shelf.changes);
            let replaced = shelf.store();
            let replaced = replaced.and_then(|store| store.replace(contents, &changes));
            if replaced.is_err() {
                shelf.changes = changes;
            }
            return replaced.map_err(self.failed());
        }
        Ok(())
    }

    fn bytes(&self, name: &str) -> Result<Option<Vec<u8>>, Error> {
        if let Some(mut shelf) = self.shelf() {
            return match shelf.changes.get(name).cloned() {
                Some(bytes) => Ok(bytes),
                None => match &mut shelf.store {
                    Some(store) => store.kept(name).map_err(self.failed()),
                    None => Ok(None),
                },
            };
        }
        let path = self.path.join(name);
        match fs::read(&path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Error::file(&path)(error)),
        }
    }

    fn forget(&self, name: &str) -> Result<bool, Error> {
        if self.shelf.is_some() {
            let was_there = self.bytes(name)?.is_some();
            if let Some(mut shelf) = self.shelf() {
                shelf.changes.insert(name.to_owned(), None);
            }
            return Ok(was_there);
        }
        remove_if_there(&self.path.join(name))
    }

    // Nothing that can panic runs while the lock is held.
    fn shelf(&self) -> Option<MutexGuard<'_, Shelf>> {
        let shelf = self.shelf.as_ref()?;
        Some(shelf.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn failed(&self) -> impl FnOnce(StoreError) -> Error {
        Error::store(&self.path)
    }
}

/// A document's file: the readable part of its id, and a hash that makes it its own.
fn file(document: &str) -> String {
    let readable: String = document
        .chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
        .take(40)
        .collect();
    let hash = hash([document.as_bytes()]);
    format!("{CLAIMS}{readable}-{}.json", &hash[..16])
}

/// Removes a file; gives whether it was there.
fn remove_if_there(path: &Path) -> Result<bool, Error> {
    match fs::remove_file(path) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(Error::file(path)(error)),
    }
}

/// The hash of some parts, each of which counts as a whole.
pub(super) fn hash<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part.len().to_le_bytes());
        hasher.update(part);
    }
    let digest = hasher.finalize();
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Writes beside the file and puts it in the file's place.
pub(super) fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    write_with(path, |out| out.write_all(bytes))
}

/// Lets `write` write beside the file and puts what it wrote in the file's place.
pub(super) fn write_with(
    path: &Path,
    write: impl FnOnce(&mut io::BufWriter<fs::File>) -> io::Result<()>,
) -> Result<(), Error> {
    replace(path, true, write)
}

fn replace(
    path: &Path,
    is_synced: bool,
    write: impl FnOnce(&mut io::BufWriter<fs::File>) -> io::Result<()>,
) -> Result<(), Error> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.tmp", std::process::id()));
    let beside = path.with_file_name(name);
    let written = (|| {
        let mut out = io::BufWriter::new(fs::File::create(&beside)?);
        write(&mut out)?;
        let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
        if is_synced {
            file.sync_all()?;
        }
        fs::rename(&beside, path)
    })();
    if written.is_err() {
        // The error that is told is the first one.
        drop(fs::remove_file(&beside));
    }
    written.map_err(Error::file(path))
}
