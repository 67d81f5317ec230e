//! The text of a Markdown file.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::record::{Field, Record};
use crate::extraction::is_ideograph;

/// The blocks of a document, one a line, and what its front matter says of it.
pub(super) fn read(source: &str) -> Record {
    let options = Options::ENABLE_TABLES | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let mut writer = Writer::default();
    for event in Parser::new_ext(source, options) {
        writer.add(event);
    }
    writer.record.text = writer.text;
    writer.record
}

#[derive(Default)]
struct Writer {
    record: Record,
    text: String,
    /// How deep inside an image, whose description is no text of the article.
    images: usize,
    is_metadata: bool,
    is_joined: bool,
}

impl Writer {
    fn add(&mut self, event: Event<'_>) {
        match event {
            Event::Start(Tag::MetadataBlock(_)) => self.is_metadata = true,
            Event::End(TagEnd::MetadataBlock(_)) => self.is_metadata = false,
            Event::Start(Tag::Image { .. }) => self.images += 1,
            Event::End(TagEnd::Image) => self.images = self.images.saturating_sub(1),
            Event::Start(Tag::Heading { .. }) => self.text.push_str("# "),
            Event::Start(Tag::Item) => {
                self.end_line();
                self.text.push_str("- ");
            }
            Event::Text(text) if self.is_metadata => self.front_matter(&text),
            Event::Text(text) | Event::Code(text) if self.images == 0 => self.push(&text),
            Event::SoftBreak => self.is_joined = true,
            Event::HardBreak => self.text.push('\n'),
            Event::Rule => self.text.push_str("\n---\n"),
            Event::End(TagEnd::TableCell) => self.text.push('\t'),
            Event::End(
                TagEnd::Paragraph
                | TagEnd::Heading(_)
                | TagEnd::Item
                | TagEnd::TableRow
                | TagEnd::TableHead
                | TagEnd::CodeBlock,
            ) => self.end_line(),
            _ => {}
        }
    }

    /// Adds text; a line broken between two Chinese characters has no blank there.
    fn push(&mut self, text: &str) {
        if std::mem::take(&mut self.is_joined) {
            let before = self.text.chars().next_back().is_some_and(is_wide);
            let after = text.chars().next().is_some_and(is_wide);
            if !(before && after) {
                self.text.push(' ');
            }
        }
        self.text.push_str(text);
    }

    fn end_line(&mut self) {
        self.is_joined = false;
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    fn front_matter(&mut self, text: &str) {
        for line in text.lines() {
            if let Some((name, value)) = line.split_once(':')
                && let Some(field) = Field::of(name).filter(|field| *field != Field::Text)
            {
                let value = value.trim().trim_matches(['"', '\'']);
                self.record.set(field, value.to_owned());
            }
        }
    }
}

fn is_wide(c: char) -> bool {
    is_ideograph(c) || "，。、；：！？”’）》】“‘（《【".contains(c)
}
