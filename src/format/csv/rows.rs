//! Rows and their fields, as places in the text.

use std::borrow::Cow;
use std::ops::Range;

use super::super::ron::{FormatError, FormatErrorKind, Place};
use crate::source::{Source, Span};

/// A file's name and a part of its text, with which faults find their place.
#[derive(Clone, Copy, Debug)]
pub(super) struct File<'a> {
    pub(super) name: &'a str,
    pub(super) text: &'a str,
    /// How many lines stand before the part.
    pub(super) lines_before: usize,
}

/// A field of a row: its characters without quotes, and whether it was quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Field {
    start: usize,
    end: usize,
    is_quoted: bool,
}

impl<'a> File<'a> {
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
        self.place_between(field.start, field.end)
    }

    fn fault_between(&self, start: usize, end: usize, kind: FormatErrorKind) -> FormatError {
        FormatError::new(kind, self.place_between(start, end))
    }

    fn place_between(&self, start: usize, end: usize) -> Place {
        let source = Source::part(self.name, self.text, self.lines_before);
        Place::of(&source, Span::new(start, end))
    }
}

/// The rows that begin in a stretch of a file, one after another; lines that hold nothing are left out.
#[derive(Debug)]
pub(super) struct Rows<'a> {
    file: File<'a>,
    position: usize,
    /// Where no further row begins.
    end: usize,
    /// Whether the text goes on behind the part; a row that it cuts is left for later.
    goes_on: bool,
}

impl<'a> Rows<'a> {
    /// The rows that begin in the range.
    pub(super) fn new(file: File<'a>, range: Range<usize>, goes_on: bool) -> Self {
        Self {
            file,
            position: range.start,
            end: range.end,
            goes_on,
        }
    }

    /// Where the next row begins, or the blank lines before it.
    pub(super) fn position(&self) -> usize {
        self.position
    }

    /// Reads the fields of the next row; `false` at the end, and before a row that is not whole.
    pub(super) fn read(&mut self, fields: &mut Vec<Field>) -> Result<bool, FormatError> {
        fields.clear();
        let bytes = self.file.text.as_bytes();
        loop {
            if self.position >= self.end {
                return Ok(false);
            }
            match bytes[self.position] {
                b'\n' | b'\r' => self.position += 1,
                _ => break,
            }
        }
        let start = self.position;
        loop {
            let field = if bytes.get(self.position) == Some(&b'"') {
                match self.quoted()? {
                    Some(field) => field,
                    None => {
                        self.position = start;
                        return Ok(false);
                    }
                }
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

    #[inline]
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

    /// A field in quotes; none where the part ends before they close.
    fn quoted(&mut self) -> Result<Option<Field>, FormatError> {
        let bytes = self.file.text.as_bytes();
        let start = self.position + 1;
        let mut end = start;
        loop {
            match (bytes.get(end), bytes.get(end + 1)) {
                (Some(b'"'), Some(b'"')) => end += 2,
                (Some(b'"'), _) => break,
                (Some(_), _) => end += 1,
                (None, _) if self.goes_on => return Ok(None),
                (None, _) => return Err(self.unclosed(start)),
            }
        }
        self.position = end + 1;
        if bytes[self.position..].starts_with(b"\r\n") {
            self.position += 1;
        }
        match bytes.get(self.position) {
            None | Some(b',' | b'\n') => Ok(Some(Field {
                start,
                end,
                is_quoted: true,
            })),
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
