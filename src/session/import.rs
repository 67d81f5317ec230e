//! Folders of CSV files as a database.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};

use super::{Database, Error};
use crate::format::csv::{FileKind, Import, ImportError, file_kind};

impl Database {
    /// The graph of a folder of CSV files with the headers of neo4j-admin's import (docs/IMPORT.md).
    ///
    /// # Errors
    ///
    /// [`Error::File`] for a folder or file that can't be read or a folder without CSV files, [`Error::NotText`],
    /// [`Error::Format`] for a row that does not fit; there is no database then.
    pub fn import(folder: &Path) -> Result<Self, Error> {
        let paths = csv_files(folder).map_err(|error| Error::file(folder, &error))?;
        if paths.is_empty() {
            return Err(Error::File {
                path: folder.to_owned(),
                reason: "the folder holds no file whose name ends with .csv".to_owned(),
            });
        }
        let mut import = Import::default();
        let mut relationships = Vec::new();
        for path in &paths {
            if kind(path).map_err(|error| Error::file(path, &error))? == FileKind::Relationships {
                relationships.push(path);
                continue;
            }
            let (name, length, file) = open(path)?;
            let outcome = import.nodes(&name, length, file);
            outcome.map_err(|error| with_path(path, error))?;
        }
        for path in relationships {
            let (name, length, file) = open(path)?;
            let outcome = import.relationships(&name, length, file);
            outcome.map_err(|error| with_path(path, error))?;
        }
        Ok(Self::from_graph(import.finish()))
    }
}

/// A file with the name that messages show and its length.
fn open(path: &Path) -> Result<(String, u64, fs::File), Error> {
    let opened = fs::File::open(path).and_then(|file| Ok((file.metadata()?.len(), file)));
    let (length, file) = opened.map_err(|error| Error::file(path, &error))?;
    Ok((path.display().to_string(), length, file))
}

fn with_path(path: &Path, error: ImportError) -> Error {
    match error {
        ImportError::Format(error) => error.into(),
        ImportError::NotText { offset } => Error::NotText {
            path: path.to_owned(),
            offset,
        },
        ImportError::Read(error) => Error::file(path, &error),
    }
}

/// The CSV files of a folder, by name.
fn csv_files(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    let mut paths: Vec<PathBuf> = entries.into_iter().map(|entry| entry.path()).collect();
    paths.retain(|path| {
        path.extension()
            .is_some_and(|extension| extension.eq_ignore_ascii_case("csv"))
    });
    paths.sort();
    Ok(paths)
}

fn kind(path: &Path) -> std::io::Result<FileKind> {
    let mut line = Vec::new();
    BufReader::new(fs::File::open(path)?).read_until(b'\n', &mut line)?;
    Ok(file_kind(&String::from_utf8_lossy(&line)))
}
