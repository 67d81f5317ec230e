//! Articles in the rows of a table: JSON Lines and CSV.

use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use encoding_rs_io::DecodeReaderBytesBuilder;
use serde_json::{Map, Value};

use super::metered::{Meter, Metered};
use super::record::{Field, Record};
use super::{Articles, InputError, LARGEST, Reason, decode, stem};
use crate::extraction::Article;

/// How many bytes tell the encoding of a table.
const SAMPLE: u64 = 64 << 10;

/// The articles of a JSON Lines file.
pub(super) fn json_lines(path: &Path, reader: impl Read + 'static) -> Result<Articles, Reason> {
    let reader = BufReader::new(decoded(reader)?);
    Ok(Box::new(JsonLines {
        path: path.to_owned(),
        reader,
        row: 0,
        is_done: false,
    }))
}

struct JsonLines<R> {
    path: PathBuf,
    reader: BufReader<R>,
    row: usize,
    is_done: bool,
}

impl<R: Read> Iterator for JsonLines<R> {
    type Item = Result<Article, InputError>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.is_done {
            let mut line = String::new();
            let read = self.reader.by_ref().take(LARGEST + 1).read_line(&mut line);
            self.row += 1;
            let is_too_large = line.len() as u64 > LARGEST;
            match read {
                Ok(0) => self.is_done = true,
                Ok(_) if line.trim().is_empty() => {}
                Ok(_) if !is_too_large => return Some(self.article(&line)),
                // The rest of the line cannot be told from lines of its own.
                Ok(_) => return Some(self.last(Reason::TooLarge)),
                Err(error) => return Some(self.last(error.into())),
            }
        }
        None
    }
}

impl<R> JsonLines<R> {
    fn article(&self, line: &str) -> Result<Article, InputError> {
        let fault = |reason| InputError::in_row(&self.path, self.row, reason);
        let object: Map<String, Value> = serde_json::from_str(line)
            .map_err(|error| fault(Reason::Damaged(error.to_string())))?;
        let mut record = Record::default();
        let names = || {
            object
                .keys()
                .map(String::as_str)
                .collect::<Vec<_>>()
                .join(", ")
        };
        for (name, value) in &object {
            let value = match value {
                Value::String(text) => text.clone(),
                Value::Number(number) => number.to_string(),
                _ => continue,
            };
            if let Some(field) = Field::of(name) {
                record.set(field, value);
            }
        }
        if record.text.is_empty() {
            return Err(fault(Reason::NoTextColumn(names())));
        }
        Ok(record.article(&format!("{}-{}", stem(&self.path), self.row)))
    }

    fn last(&mut self, reason: Reason) -> Result<Article, InputError> {
        self.is_done = true;
        Err(InputError::in_row(&self.path, self.row, reason))
    }
}

/// The articles of a CSV or TSV file whose first row names the columns.
pub(super) fn csv(
    path: &Path,
    reader: impl Read + 'static,
    delimiter: u8,
) -> Result<Articles, Reason> {
    let (reader, meter) = Metered::new(decoded(reader)?);
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .from_reader(reader);
    let columns = Columns::new(reader.headers().map_err(|error| damaged(&error))?.iter())?;
    meter.reset();
    Ok(Box::new(Csv {
        path: path.to_owned(),
        records: reader.into_records(),
        columns,
        meter,
        row: 1,
        is_done: false,
    }))
}

struct Csv<R> {
    path: PathBuf,
    records: csv::StringRecordsIntoIter<R>,
    columns: Columns,
    meter: Meter,
    row: usize,
    is_done: bool,
}

impl<R: Read> Iterator for Csv<R> {
    type Item = Result<Article, InputError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_done {
            return None;
        }
        let record = self.records.next()?;
        self.meter.reset();
        self.row += 1;
        let record = record.map_err(|error| {
            self.is_done = error.is_io_error();
            damaged(&error)
        });
        let article = record.and_then(|record| {
            self.columns
                .article(record.iter(), &stem(&self.path), self.row)
        });
        Some(article.map_err(|reason| InputError::in_row(&self.path, self.row, reason)))
    }
}

fn damaged(error: &csv::Error) -> Reason {
    Reason::Damaged(error.to_string())
}

/// What each column of a table holds.
pub(super) struct Columns(Vec<Option<Field>>);

impl Columns {
    pub(super) fn new<'n>(names: impl Iterator<Item = &'n str>) -> Result<Self, Reason> {
        let names: Vec<&str> = names.collect();
        let fields: Vec<Option<Field>> = names.iter().map(|name| Field::of(name)).collect();
        if fields.contains(&Some(Field::Text)) {
            Ok(Self(fields))
        } else {
            Err(Reason::NoTextColumn(names.join(", ")))
        }
    }

    /// The article of a row.
    pub(super) fn article<'v>(
        &self,
        values: impl Iterator<Item = &'v str>,
        stem: &str,
        row: usize,
    ) -> Result<Article, Reason> {
        let mut record = Record::default();
        for (field, value) in self.0.iter().zip(values) {
            if let Some(field) = *field {
                record.set(field, value.to_owned());
            }
        }
        if record.text.is_empty() {
            return Err(Reason::Empty);
        }
        Ok(record.article(&format!("{stem}-{row}")))
    }
}

/// A table's bytes in UTF-8, whatever they are in.
fn decoded(mut reader: impl Read + 'static) -> Result<impl Read, Reason> {
    let mut sample = Vec::new();
    reader.by_ref().take(SAMPLE).read_to_end(&mut sample)?;
    let encoding = decode::encoding(&sample)?;
    let bytes = io::Cursor::new(sample).chain(reader);
    Ok(DecodeReaderBytesBuilder::new()
        .encoding(Some(encoding))
        .build(bytes))
}
