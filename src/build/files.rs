//! Articles that are plain text: files and folders.

use std::fs;
use std::path::{Path, PathBuf};

use super::Skipped;
use crate::extraction::Article;

/// The articles of files and folders, in the order of the paths; inside a folder in the order of the names.
pub fn articles(paths: &[PathBuf]) -> impl Iterator<Item = Result<Article, Skipped>> + use<> {
    let mut files = Vec::new();
    for path in paths {
        collect(path, &mut files);
    }
    files.into_iter().map(|path| article(&path))
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(path) else {
        files.push(path.to_owned());
        return;
    };
    let mut inside: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    inside.sort();
    for path in &inside {
        collect(path, files);
    }
}

fn article(path: &Path) -> Result<Article, Skipped> {
    let skipped = |reason: String| Skipped {
        name: path.display().to_string(),
        reason,
    };
    let bytes = fs::read(path).map_err(|error| skipped(error.to_string()))?;
    let text = String::from_utf8(bytes)
        .map_err(|error| skipped(format!("it is not text in UTF-8: {}", error.utf8_error())))?;
    if text.trim().is_empty() {
        return Err(skipped("it is empty".to_owned()));
    }
    let stem = path.file_stem().unwrap_or_default();
    Ok(Article {
        id: stem.to_string_lossy().into(),
        title: None,
        source: None,
        date: None,
        text: text.into(),
    })
}
