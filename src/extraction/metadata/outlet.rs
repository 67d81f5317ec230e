//! Which outlet an article appeared in.

use super::date;
use crate::extraction::{BlockKind, Reason, Segments};

/// What stands before an outlet's name.
const LABELS: [&str; 7] = [
    "来源:",
    "来源|",
    "稿源:",
    "信息来源:",
    "文章来源:",
    "新闻来源:",
    "出处:",
];

/// The longest name of an outlet, in characters.
const LONGEST: usize = 24;

/// The outlet: named as source near the title, in a line of its own there, or in the copyright line.
pub(super) fn find(text: &str, segments: &Segments) -> Option<String> {
    let lines = |kind: BlockKind| {
        let blocks = segments
            .blocks
            .iter()
            .filter(move |block| block.kind == kind);
        blocks.map(|block| &text[block.span.range()])
    };
    let head = segments
        .blocks
        .iter()
        .take_while(|block| block.kind != BlockKind::Paragraph)
        .filter(|block| block.kind == BlockKind::Byline)
        .map(|block| &text[block.span.range()]);
    head.clone()
        .find_map(labelled)
        .or_else(|| head.clone().find_map(alone))
        .or_else(|| lines(BlockKind::Furniture(Reason::Copyright)).find_map(owner))
        .or_else(|| lines(BlockKind::Byline).find_map(labelled))
        .map(str::to_owned)
}

/// 来源:甲报
fn labelled(line: &str) -> Option<&str> {
    let at = LABELS
        .iter()
        .find_map(|label| line.find(label).map(|at| at + label.len()))?;
    let name = line[at..].trim_start();
    name_of(name.split([' ', ')', '】']).next().unwrap_or(name))
}

/// A line that holds an outlet's name and perhaps a date: 甲报 时间:2024-03-05.
fn alone(line: &str) -> Option<&str> {
    if line.starts_with(['(', '【']) {
        return None;
    }
    let date = date::find(line);
    if date.is_none() && line.contains([':', '|']) {
        return None;
    }
    let end = date.map_or(line.len(), |found| found.span.start);
    let before = line[..end].trim_end_matches(|c: char| !c.is_alphanumeric());
    let before = ["时间", "日期", "发布时间", "发布日期", "发布", "原创"]
        .iter()
        .fold(before, |name, word| {
            name.strip_suffix(word).unwrap_or(name).trim_end()
        });
    // Weekdays and labels are no names.
    let is_name = !before.contains([':', '|']) && !before.is_ascii();
    is_name.then(|| name_of(before)).flatten()
}

/// Copyright © 2005-2023 甲网 - www…; 版权所有:甲网 京ICP备…
fn owner(line: &str) -> Option<&str> {
    let lower = line.to_ascii_lowercase();
    let at = ["版权所有:", "版权所有 ", "©", "@", "copyright"]
        .iter()
        .find_map(|word| lower.find(word).map(|at| at + word.len()))?;
    let rest = line[at..].trim_start_matches(|c: char| {
        c.is_ascii_digit() || matches!(c, ' ' | '-' | ':' | '~' | '©')
    });
    let is_end = |c: char| matches!(c, ' ' | '-' | '|' | ',' | '。') || is_province(c);
    let end = rest
        .char_indices()
        .find(|&(at, c)| {
            is_end(c)
                && (!is_province(c)
                    || rest[at + c.len_utf8()..]
                        .to_ascii_lowercase()
                        .starts_with("icp"))
        })
        .map_or(rest.len(), |(at, _)| at);
    let end = rest.find("版权所有").map_or(end, |at| end.min(at));
    name_of(&rest[..end])
}

/// The letter of a province before a registration: 粤ICP备….
fn is_province(c: char) -> bool {
    "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新".contains(c)
}

fn name_of(name: &str) -> Option<&str> {
    let name = name.trim();
    let length = name.chars().count();
    ((2..=LONGEST).contains(&length) && !name.contains(['。', ',', '?'])).then_some(name)
}
