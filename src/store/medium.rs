//! What files lie on: how they are found, opened and locked, and what a damaged one does.

use std::cell::Cell;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::path::{Path, PathBuf};
use std::sync::Once;

use redb::{Builder, ConcurrencyMode, Database};

use super::StoreError;
use super::error::damaged;
use super::file::Result;

/// What the bytes of a file lie on.
#[derive(Clone, Debug)]
pub(super) enum Medium {
    /// The file system.
    File,
    /// A disk that fails as a test wants it to.
    #[cfg(test)]
    Faulty(super::faulty::Disk),
}

pub(super) fn builder() -> Builder {
    const CACHE: usize = 64 * 1024 * 1024;
    let mut builder = Builder::new();
    builder
        .set_cache_size(CACHE)
        .set_concurrency_mode(ConcurrencyMode::SingleWriter)
        .set_check_integrity_on_open(true);
    builder
}

pub(super) fn open_database(path: &Path, medium: &Medium) -> Result<Database> {
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
pub(super) fn holder_path(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".pid");
    name.into()
}

pub(super) fn check_file(path: &Path) -> Result<()> {
    match fs::metadata(path) {
        Ok(metadata) if !metadata.is_file() => Err(StoreError::NotAFile),
        Ok(metadata) if metadata.len() == 0 => Err(StoreError::Foreign("it is empty".to_owned())),
        Ok(_) => Ok(()),
        Err(error) => Err(io(&error)),
    }
}

/// Forces the name of a new file to the disk, where the system has a way to.
pub(super) fn sync_folder(path: &Path) {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    if let Ok(folder) = fs::File::open(folder.unwrap_or(Path::new("."))) {
        // The file itself is there; a system that can't do this for folders keeps the name in its own way.
        let _ = folder.sync_all();
    }
}

pub(super) fn io(error: &std::io::Error) -> StoreError {
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
