//! Rows and their fields, as places in the text.

use std::borrow::Cow;

use super::super::ron::{FormatError, FormatErrorKind, Place};
use crate::source::Span;

/// A file's name and text, with which faults find their place.
#[derive(Clone, Copy, Debug)]
pub(super) struct File<'a> {
    pub(super) name: &'a str,
    pub(super) text: &'a str,
}

/// A field of a row: its characters without quotes, and whether it was quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Field {
    start: usize,
    end: usize,
    is_quoted: bool,
}

impl<'a> File<'a> {
    pub(super) fn new(name: &'a str, text: &'a str) -> Self {
        Self { name, text }
    }

    /// The characters of a field, with doubled quotes still doubled.
    #[inline]
    pub(super) fn raw(&self, field: Field) -> &'a str {
        &self.text[field.start..field.end]
    }

    /// The text that a field means.
    pub(super) fn meaning(&self, field: Field) -> Cow<'a, str> {
        let raw = self.raw(field);
        if field.is_quoted && raw.contains('"') {
            Cow::Owned(raw.replace("\"\"", "\""))
        } else {
            Cow::Borrowed(raw)
        }
    }

    /// Whether a field holds nothing: an empty text is written in quotes.
    #[inline]
    pub(super) fn is_missing(&self, field: Field) -> bool {
        field.start == field.end && !field.is_quoted
    }

    /// A fault at a field.
    pub(super) fn fault(&self, field: Field, kind: FormatErrorKind) -> FormatError {
        self.fault_between(field.start, field.end, kind)
    }

    /// A fault at a field that holds something else than it should.
    pub(super) fn unexpected(&self, field: Field, expected: impl Into<String>) -> FormatError {
        let found = if self.is_missing(field) {
            "nothing".to_owned()
        } else {
            format!("`{}`", self.meaning(field))
        };
        let expected = expected.into();
        self.fault(field, FormatErrorKind::Unexpected { found, expected })
    }

    /// The place of a field.
    pub(super) fn place(&self, field: Field) -> Place {
        Place::new(self.name, self.text, Span::new(field.start, field.end))
    }

    fn fault_between(&self, start: usize, end: usize, kind: FormatErrorKind) -> FormatError {
        FormatError::new(
            kind,
            Place::new(self.name, self.text, Span::new(start, end)),
        )
    }
}

/// The rows of a file, one after another; lines that hold nothing are left out.
#[derive(Debug)]
pub(super) struct Rows<'a> {
    file: File<'a>,
    position: usize,
}

impl<'a> Rows<'a> {
    pub(super) fn new(file: File<'a>) -> Self {
        // A byte order mark is no part of the first field.
        let position = if file.text.starts_with('\u{feff}') {
            3
        } else {
            0
        };
        Self { file, position }
    }

    /// Reads the fields of the next row; `false` at the end.
    pub(super) fn read(&mut self, fields: &mut Vec<Field>) -> Result<bool, FormatError> {
        fields.clear();
        let bytes = self.file.text.as_bytes();
        while let Some(b'\n' | b'\r') = bytes.get(self.position) {
            self.position += 1;
        }
        if self.position == bytes.len() {
            return Ok(false);
        }
        loop {
            let field = if bytes.get(self.position) == Some(&b'"') {
                self.quoted()?
            } else {
                self.plain()
            };
            fields.push(field);
            match bytes.get(self.position) {
                Some(b',') => self.position += 1,
                Some(_) => {
                    self.position += 1;
                    return Ok(true);
                }
                None => return Ok(true),
            }
        }
    }

    /// Reads the next row, which must have as many fields as the header.
    #[inline]
    pub(super) fn read_exactly(
        &mut self,
        count: usize,
        fields: &mut Vec<Field>,
    ) -> Result<bool, FormatError> {
        let is_row = self.read(fields)?;
        if is_row && fields.len() != count {
            return Err(self.uneven(count, fields));
        }
        Ok(is_row)
    }

    fn plain(&mut self) -> Field {
        let bytes = self.file.text.as_bytes();
        let start = self.position;
        let mut end = start;
        while end < bytes.len() && bytes[end] != b',' && bytes[end] != b'\n' {
            end += 1;
        }
        self.position = end;
        let is_line_end = bytes.get(end) != Some(&b',');
        if is_line_end && end > start && bytes[end - 1] == b'\r' {
            end -= 1;
        }
        Field {
            start,
            end,
            is_quoted: false,
        }
    }

    fn quoted(&mut self) -> Result<Field, FormatError> {
        let bytes = self.file.text.as_bytes();
        let start = self.position + 1;
        let mut end = start;
        loop {
            match (bytes.get(end), bytes.get(end + 1)) {
                (Some(b'"'), Some(b'"')) => end += 2,
                (Some(b'"'), _) => break,
                (Some(_), _) => end += 1,
                (None, _) => return Err(self.unclosed(start)),
            }
        }
        self.position = end + 1;
        if bytes[self.position..].starts_with(b"\r\n") {
            self.position += 1;
        }
        match bytes.get(self.position) {
            None | Some(b',' | b'\n') => Ok(Field {
                start,
                end,
                is_quoted: true,
            }),
            Some(_) => Err(self.glued()),
        }
    }

    fn unclosed(&self, start: usize) -> FormatError {
        let kind = FormatErrorKind::Unexpected {
            found: "a quote that nothing closes".to_owned(),
            expected: "a second `\"` before the end of the file".to_owned(),
        };
        self.file.fault_between(start - 1, start, kind)
    }

    fn glued(&self) -> FormatError {
        let rest = &self.file.text[self.position..];
        let found = rest.chars().next().map_or(0, char::len_utf8);
        let kind = FormatErrorKind::Unexpected {
            found: format!("`{}` after the closing quote", &rest[..found]),
            expected: "`,` or the end of the line; a quote inside of quotes is written twice"
                .to_owned(),
        };
        self.file
            .fault_between(self.position, self.position + found, kind)
    }

    fn uneven(&self, count: usize, fields: &[Field]) -> FormatError {
        let kind = FormatErrorKind::Unexpected {
            found: format!("a row of {} fields", fields.len()),
            expected: format!("{count}, as in the header"),
        };
        // What is too much, or the last of too little.
        let at = fields[count.min(fields.len() - 1)];
        self.file.fault(at, kind)
    }
}
