//! Owns how articles come in: files of every usual format, folders, patterns and standard input, as a stream.
//!
//! Takes paths; gives one [`Article`] after another, and for what cannot be read the reason. No more than one file, or
//! one row of a table, is in memory at a time; a file that is too large, broken or hostile is an error of its own and
//! ends nothing.
//!
//! ```text
//! paths ─→ files ─→ format, by name and first bytes ─→ text decoded or extracted ─→ Article
//!                                                  └→ rows of a table ─→ one Article each
//! ```
//!
//! The text of an article is the text as decoded, or as extracted from HTML, DOCX and PDF: that text is the original to
//! which all spans point.

mod archive;
mod decode;
mod docx;
mod error;
mod html;
mod markdown;
mod metered;
mod paths;
mod pdf;
mod record;
mod sheet;
mod table;

use std::collections::HashSet;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use error::{InputError, Reason};

use crate::extraction::Article;
use paths::Paths;

/// The largest article, and the largest row of a table, in bytes.
pub const LARGEST: u64 = 64 << 20;

/// The articles of some paths, in the order of the paths; inside a folder in the order of the names.
///
/// # Examples
///
/// ```no_run
/// use tupu::input::Inputs;
///
/// for article in Inputs::new(["articles/", "reports/*.pdf", "-"]) {
///     match article {
///         Ok(article) => println!("{}: {} bytes", article.id, article.text.len()),
///         Err(error) => eprintln!("{error}"),
///     }
/// }
/// ```
pub struct Inputs {
    paths: Paths,
    /// What is left of the file that is being read.
    open: Option<Articles>,
    /// Ids that were given, so that no two articles share one.
    ids: HashSet<Arc<str>>,
}

/// The articles of one file.
pub(crate) type Articles = Box<dyn Iterator<Item = Result<Article, InputError>>>;

impl Inputs {
    /// The articles of files, folders, patterns, and of standard input where a path is `-`.
    pub fn new(paths: impl IntoIterator<Item = impl Into<PathBuf>>) -> Self {
        Self {
            paths: Paths::new(paths.into_iter().map(Into::into).collect()),
            open: None,
            ids: HashSet::new(),
        }
    }

    /// How many articles are to come, where that is known: each file is one, and none holds rows or is standard input.
    #[must_use]
    pub fn count(paths: &[PathBuf]) -> Option<usize> {
        const ROWS: [&str; 5] = ["jsonl", "ndjson", "csv", "tsv", "xlsx"];
        let mut count = 0;
        for path in Paths::new(paths.to_vec()) {
            let path = path.unwrap_or_default();
            let extension = path.extension().unwrap_or_default().to_ascii_lowercase();
            if path == Path::new("-") || ROWS.iter().any(|rows| extension == *rows) {
                return None;
            }
            count += 1;
        }
        Some(count)
    }

    /// Two files of one name in two folders are two articles: the second bears its path.
    fn with_own_id(&mut self, mut article: Article, path: &Path) -> Article {
        if self.ids.contains(&article.id) {
            let path = path.with_extension("").display().to_string();
            let mut id: Arc<str> = path.clone().into();
            let mut number = 2;
            while self.ids.contains(&id) {
                id = format!("{path}-{number}").into();
                number += 1;
            }
            article.id = id;
        }
        self.ids.insert(Arc::clone(&article.id));
        article
    }
}

impl Iterator for Inputs {
    type Item = Result<Article, InputError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(article) = self.open.as_mut().and_then(Iterator::next) {
                let path = self.paths.current().to_owned();
                return Some(article.map(|article| self.with_own_id(article, &path)));
            }
            self.open = None;
            match self.paths.next()? {
                Ok(path) => self.open = Some(articles(&path)),
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

/// How the articles of a file are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Text,
    Html,
    Markdown,
    Docx,
    Pdf,
    JsonLines,
    Csv(u8),
    Sheet,
}

impl Format {
    /// The format of a file, by its first bytes and its name.
    fn of(path: &Path, first: &[u8]) -> Result<Self, Reason> {
        let extension = path
            .extension()
            .unwrap_or_default()
            .to_string_lossy()
            .to_ascii_lowercase();
        if first.starts_with(b"%PDF-") {
            return Ok(Self::Pdf);
        }
        if first.starts_with(b"PK\x03\x04") {
            return match extension.as_str() {
                "xlsx" | "xlsm" => Ok(Self::Sheet),
                "docx" | "docm" => Ok(Self::Docx),
                _ => Err(Reason::UnknownFormat),
            };
        }
        match extension.as_str() {
            "html" | "htm" | "xhtml" | "shtml" => Ok(Self::Html),
            "md" | "markdown" => Ok(Self::Markdown),
            "jsonl" | "ndjson" => Ok(Self::JsonLines),
            "csv" => Ok(Self::Csv(b',')),
            "tsv" => Ok(Self::Csv(b'\t')),
            "pdf" | "docx" | "docm" | "xlsx" | "xlsm" => Err(Reason::Damaged(
                "its first bytes are of another format".to_owned(),
            )),
            "doc" | "xls" | "ppt" | "pptx" | "zip" | "gz" | "png" | "jpg" | "jpeg" | "gif"
            | "mp4" => Err(Reason::UnknownFormat),
            _ if html::is_page(first) => Ok(Self::Html),
            "" if first.starts_with(b"{\"") => Ok(Self::JsonLines),
            _ => Ok(Self::Text),
        }
    }
}

/// The articles of a file; an error is one item.
fn articles(path: &Path) -> Articles {
    let found = open(path).and_then(|(format, reader)| match format {
        Format::JsonLines => table::json_lines(path, reader),
        Format::Csv(delimiter) => table::csv(path, reader, delimiter),
        Format::Sheet => sheet::articles(path, &whole(reader)?),
        _ => article(path, format, reader)
            .map(|article| -> Articles { Box::new(std::iter::once(Ok(article))) }),
    });
    found.unwrap_or_else(|reason| {
        let error = InputError::new(path, reason);
        Box::new(std::iter::once(Err(error)))
    })
}

/// The one article of a file.
fn article(path: &Path, format: Format, reader: impl Read) -> Result<Article, Reason> {
    let bytes = whole(reader)?;
    let record = match format {
        Format::Html => html::read(&bytes)?,
        Format::Markdown => markdown::read(&decode::text(&bytes)?),
        Format::Docx => docx::read(&bytes)?.into(),
        Format::Pdf => pdf::read(bytes)?.into(),
        _ => decode::text(&bytes)?.into(),
    };
    if record.text.trim().is_empty() {
        return Err(Reason::Empty);
    }
    Ok(record.article(&stem(path)))
}

/// Opens a file, or standard input, and looks at its first bytes.
fn open(path: &Path) -> Result<(Format, Box<dyn Read>), Reason> {
    let mut source: Box<dyn Read> = if path == Path::new("-") {
        Box::new(io::stdin())
    } else {
        Box::new(File::open(path)?)
    };
    let mut first = Vec::new();
    source.by_ref().take(1 << 10).read_to_end(&mut first)?;
    if first.is_empty() {
        return Err(Reason::Empty);
    }
    let format = Format::of(path, &first)?;
    Ok((format, Box::new(io::Cursor::new(first).chain(source))))
}

/// All bytes of a file that is one article or one sheet.
fn whole(reader: impl Read) -> Result<Vec<u8>, Reason> {
    let mut bytes = Vec::new();
    reader.take(LARGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST {
        return Err(Reason::TooLarge);
    }
    Ok(bytes)
}

/// What names a file's article.
fn stem(path: &Path) -> String {
    match path.file_stem() {
        Some(stem) if path != Path::new("-") => stem.to_string_lossy().into_owned(),
        _ => "stdin".to_owned(),
    }
}

#[cfg(test)]
mod tests;
