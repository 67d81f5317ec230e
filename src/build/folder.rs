//! The folder beside a graph in which a build keeps what each document claims, one file a document.
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

use sha2::{Digest as _, Sha256};

use super::Error;
use super::registry::read_if_there;
use crate::evidence::Claims;
use crate::value::Date;

/// The file with the day of `--as-of`.
const DAY: &str = "as-of";

/// A build's folder.
#[derive(Clone, Debug)]
pub struct Folder {
    path: PathBuf,
}

impl Folder {
    /// The folder of a graph file: `region.build` beside `region.ron`.
    #[must_use]
    pub fn of(graph: &Path) -> Self {
        Self {
            path: graph.with_extension("build"),
        }
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether anything was ever built there.
    #[must_use]
    pub fn exists(&self) -> bool {
        self.path.join("claims").is_dir()
    }

    /// Makes the folder, and takes out what an interrupted build left half written.
    ///
    /// # Errors
    ///
    /// [`Error::File`].
    pub fn prepare(&self) -> Result<(), Error> {
        let claims = self.path.join("claims");
        fs::create_dir_all(&claims).map_err(Error::file(&claims))?;
        for path in self.files("tmp")? {
            fs::remove_file(&path).map_err(Error::file(&path))?;
        }
        Ok(())
    }

    /// The files of all documents, in an order that is always the same.
    ///
    /// # Errors
    ///
    /// [`Error::File`].
    pub fn documents(&self) -> Result<Vec<PathBuf>, Error> {
        self.files("json")
    }

    fn files(&self, extension: &str) -> Result<Vec<PathBuf>, Error> {
        let claims = self.path.join("claims");
        let mut paths = Vec::new();
        for entry in fs::read_dir(&claims).map_err(Error::file(&claims))? {
            let path = entry.map_err(Error::file(&claims))?.path();
            if path.extension().is_some_and(|found| found == extension) {
                paths.push(path);
            }
        }
        paths.sort();
        Ok(paths)
    }

    /// What the document of an id claims; `None` where it was never read.
    ///
    /// # Errors
    ///
    /// [`Error::File`], [`Error::Claims`].
    pub fn load(&self, document: &str) -> Result<Option<Claims>, Error> {
        let path = self.file(document);
        match path.try_exists() {
            Ok(true) => Self::read(&path).map(Some),
            Ok(false) => Ok(None),
            Err(error) => Err(Error::File { path, error }),
        }
    }

    /// What one of the [documents](Folder::documents) claims.
    ///
    /// # Errors
    ///
    /// [`Error::File`], [`Error::Claims`].
    pub fn read(path: &Path) -> Result<Claims, Error> {
        let bytes = fs::read(path).map_err(Error::file(path))?;
        let failed = |reason: String| Error::Claims {
            path: path.to_owned(),
            reason,
        };
        let claims: Claims =
            serde_json::from_slice(&bytes).map_err(|error| failed(error.to_string()))?;
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
    /// # Errors
    ///
    /// [`Error::File`].
    pub fn store(&self, claims: &Claims) -> Result<(), Error> {
        let path = self.file(&claims.document.id);
        let bytes = serde_json::to_vec(claims).expect("claims have a form in JSON");
        write_whole(&path, &bytes)
    }

    /// Forgets what a document claims; gives whether it was there.
    ///
    /// # Errors
    ///
    /// [`Error::File`].
    pub fn remove(&self, document: &str) -> Result<bool, Error> {
        remove_if_there(&self.file(document))
    }

    /// The day as of which the graph was made last.
    ///
    /// # Errors
    ///
    /// [`Error::File`], [`Error::Malformed`].
    pub fn day(&self) -> Result<Option<Date>, Error> {
        let path = self.path.join(DAY);
        let Some(text) = read_if_there(&path)? else {
            return Ok(None);
        };
        let day = Date::parse(text.trim()).map_err(|_| Error::Malformed {
            path,
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
    /// [`Error::File`].
    pub fn keep_day(&self, day: Option<Date>) -> Result<(), Error> {
        let path = self.path.join(DAY);
        match day {
            Some(day) => write_whole(&path, format!("{day}\n").as_bytes()),
            None => remove_if_there(&path).map(|_| ()),
        }
    }

    /// A document's file: the readable part of its id, and a hash that makes it its own.
    fn file(&self, document: &str) -> PathBuf {
        let readable: String = document
            .chars()
            .filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
            .take(40)
            .collect();
        let name = format!("{readable}-{}.json", &hash([document.as_bytes()])[..16]);
        self.path.join("claims").join(name)
    }
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
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.tmp", std::process::id()));
    let beside = path.with_file_name(name);
    let written = (|| {
        let mut out = io::BufWriter::new(fs::File::create(&beside)?);
        write(&mut out)?;
        out.into_inner()
            .map_err(io::IntoInnerError::into_error)?
            .sync_all()?;
        fs::rename(&beside, path)
    })();
    if written.is_err() {
        // The error that is told is the first one.
        drop(fs::remove_file(&beside));
    }
    written.map_err(Error::file(path))
}
