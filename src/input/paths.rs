//! Which files some paths mean.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};

use super::{InputError, Reason};

/// Names of files in a folder that are no articles.
const LEFT_OUT: [&str; 6] = ["json", "ron", "py", "toml", "yaml", "lock"];

/// The files of some paths, one after another.
pub(super) struct Paths {
    given: VecDeque<PathBuf>,
    folder: Option<walkdir::IntoIter>,
    current: PathBuf,
}

impl Paths {
    pub(super) fn new(given: Vec<PathBuf>) -> Self {
        Self {
            given: given.into(),
            folder: None,
            current: PathBuf::new(),
        }
    }

    /// The file that was given last.
    pub(super) fn current(&self) -> &Path {
        &self.current
    }

    /// The next file of the folder that is being walked.
    fn next_in_folder(&mut self) -> Option<Result<PathBuf, InputError>> {
        for entry in self.folder.as_mut()? {
            match entry {
                Ok(entry) if entry.file_type().is_file() && is_article(entry.path()) => {
                    return Some(Ok(entry.into_path()));
                }
                Ok(_) => {}
                Err(error) => {
                    let path = error.path().unwrap_or(Path::new("")).to_owned();
                    return Some(Err(InputError::new(&path, Reason::File(error.into()))));
                }
            }
        }
        self.folder = None;
        None
    }

    /// Puts the files of a pattern before what is still to come.
    fn expand(&mut self, pattern: &Path) -> Option<InputError> {
        let fault = |reason| Some(InputError::new(pattern, reason));
        let found = match glob::glob(&pattern.to_string_lossy()) {
            Ok(found) => found,
            Err(error) => return fault(Reason::Pattern(error.to_string())),
        };
        let found: Vec<PathBuf> = found.filter_map(Result::ok).collect();
        if found.is_empty() {
            return fault(Reason::NothingFound);
        }
        for path in found.into_iter().rev() {
            self.given.push_front(path);
        }
        None
    }
}

impl Iterator for Paths {
    type Item = Result<PathBuf, InputError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(file) = self.next_in_folder() {
                if let Ok(path) = &file {
                    self.current.clone_from(path);
                }
                return Some(file);
            }
            let path = self.given.pop_front()?;
            if path.is_dir() {
                let walk = walkdir::WalkDir::new(&path).sort_by_file_name();
                self.folder = Some(walk.into_iter());
            } else if is_pattern(&path) {
                if let Some(error) = self.expand(&path) {
                    return Some(Err(error));
                }
            } else {
                self.current.clone_from(&path);
                return Some(Ok(path));
            }
        }
    }
}

/// Whether a file of a folder is taken for an article: not hidden, and not data that stands beside articles.
fn is_article(path: &Path) -> bool {
    let is_hidden = path
        .file_name()
        .is_none_or(|name| name.to_string_lossy().starts_with('.'));
    let extension = path
        .extension()
        .unwrap_or_default()
        .to_string_lossy()
        .to_ascii_lowercase();
    !is_hidden && !LEFT_OUT.contains(&extension.as_str())
}

/// Whether a path that is no file has signs of a pattern in it.
fn is_pattern(path: &Path) -> bool {
    path.to_string_lossy().contains(['*', '?', '[']) && !path.exists()
}
