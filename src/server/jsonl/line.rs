//! Lines of a stream, none of which takes more memory than is allowed.

use std::io::BufRead;

/// What a stream gives next.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// A line without its end.
    Text(Vec<u8>),
    /// A line of more bytes than are allowed, which was skipped.
    TooLong,
    /// The end of the stream.
    End,
}

/// Reads up to the next line feed; the last line may lack it.
pub(super) fn read_line(input: &mut impl BufRead, longest: usize) -> std::io::Result<Line> {
    let mut line = Vec::new();
    let mut is_too_long = false;
    loop {
        let chunk = match input.fill_buf() {
            Ok(chunk) => chunk,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let is_end = chunk.is_empty();
        let line_feed = chunk.iter().position(|byte| *byte == b'\n');
        let part = &chunk[..line_feed.unwrap_or(chunk.len())];
        if line.len() + part.len() > longest {
            is_too_long = true;
            line = Vec::new();
        }
        if !is_too_long {
            line.extend_from_slice(part);
        }
        let used = line_feed.map_or(chunk.len(), |at| at + 1);
        input.consume(used);
        return Ok(match (line_feed, is_too_long) {
            (None, _) if !is_end => continue,
            (None, false) if line.is_empty() => Line::End,
            (_, true) => Line::TooLong,
            (_, false) => Line::Text(line),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_at_line_feeds_and_at_the_end() {
        for capacity in [1, 2, 64] {
            let text = b"ab\n\nabcdef\nc".as_slice();
            let mut input = std::io::BufReader::with_capacity(capacity, text);
            let lines: Vec<Line> = std::iter::from_fn(|| match read_line(&mut input, 4) {
                Ok(Line::End) => None,
                line => Some(line.expect("memory can be read")),
            })
            .collect();
            let text = |text: &str| Line::Text(text.into());
            assert_eq!(lines, [text("ab"), text(""), Line::TooLong, text("c")]);
        }
    }
}
