//! The text of a DOCX file.

use quick_xml::Reader;
use quick_xml::events::Event;

use super::{Reason, archive};

/// The paragraphs of a document, one a line; cells of a table one behind the other.
pub(super) fn read(bytes: &[u8]) -> Result<String, Reason> {
    let document = archive::part(bytes, "word/document.xml")?;
    let mut reader = Reader::from_reader(document.as_slice());
    let mut text = String::new();
    let mut is_text = false;
    loop {
        match reader.read_event().map_err(damaged)? {
            Event::Start(tag) => is_text = tag.local_name().as_ref() == "t",
            Event::Empty(tag) => match tag.local_name().as_ref() {
                "br" | "cr" => text.push('\n'),
                "tab" => text.push('\t'),
                _ => {}
            },
            Event::End(tag) => {
                is_text = false;
                match tag.local_name().as_ref() {
                    "p" => text.push('\n'),
                    "tc" => {
                        text.truncate(text.trim_end_matches('\n').len());
                        text.push('\t');
                    }
                    "tr" => text.push('\n'),
                    _ => {}
                }
            }
            Event::Text(piece) if is_text => text.push_str(&piece.xml10_content()),
            Event::GeneralRef(name) if is_text => {
                let named = name.resolve_char_ref().map_err(damaged)?;
                text.extend(named.or_else(|| entity(&name)));
            }
            Event::Eof => return Ok(text),
            _ => {}
        }
    }
}

/// The character of a predefined entity.
fn entity(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => return None,
    })
}

fn damaged(error: impl ToString) -> Reason {
    Reason::Damaged(error.to_string())
}
