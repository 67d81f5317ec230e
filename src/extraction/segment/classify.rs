//! What each line is.

use super::head;
use super::line::{self, Line};
use super::{BlockKind, Reason, byline, signs};
use crate::extraction::metadata::date;
use crate::source::Span;

/// The longest heading, in characters.
const HEADING: usize = 40;

/// How many lines without a sentence at the end of a page are a list of links.
const LINKS: usize = 3;

/// The blocks of a text, in its order.
pub(super) fn blocks(text: &str, title: Option<&str>) -> Vec<(BlockKind, Span)> {
    let lines = line::lines(text);
    let mut kinds: Vec<BlockKind> = lines.iter().map(by_itself).collect();
    let titles = head::title(&lines, title);
    let below = titles.last().map_or(0, |last| last + 1);
    let body = (below..lines.len())
        .find(|&at| kinds[at] == BlockKind::Paragraph && lines[at].is_running())
        .unwrap_or(lines.len());
    mark_head(&lines, &mut kinds, &titles, body);
    mark_tail(&lines, &mut kinds);
    let mut found = Vec::with_capacity(lines.len());
    for (at, (line, kind)) in lines.iter().zip(kinds).enumerate() {
        split(line, kind, at <= body + 2, &mut found);
    }
    found
}

/// What a line is, whatever stands around it.
fn by_itself(line: &Line<'_>) -> BlockKind {
    if line.is_rule() {
        BlockKind::Furniture(Reason::Navigation)
    } else if byline::is_picture(line) {
        BlockKind::Furniture(Reason::Picture)
    } else if byline::is_byline(line) {
        BlockKind::Byline
    } else if byline::is_author(line) {
        BlockKind::Furniture(Reason::Editors)
    } else if signs::is_link(line) || signs::begins_links(line) {
        BlockKind::Furniture(Reason::Related)
    } else if let Some(reason) = signs::reason(line) {
        BlockKind::Furniture(reason)
    } else if head::is_breadcrumb(line) {
        BlockKind::Furniture(Reason::Navigation)
    } else if line.text.starts_with('#') {
        BlockKind::Heading
    } else if line.is_item() {
        BlockKind::ListItem
    } else if line.length <= HEADING
        && !line.text.ends_with(['。', ';', ',', ':', '!', '?', '”'])
        && !line.text.contains('。')
    {
        BlockKind::Heading
    } else {
        BlockKind::Paragraph
    }
}

/// Finds the title, and what stands around it before the running text begins.
fn mark_head(lines: &[Line<'_>], kinds: &mut [BlockKind], titles: &[usize], body: usize) {
    for &at in titles {
        kinds[at] = BlockKind::Title;
    }
    let first = titles.first().copied().unwrap_or(0);
    for kind in &mut kinds[..first.min(body)] {
        if *kind == BlockKind::Heading {
            *kind = BlockKind::Furniture(Reason::Navigation);
        }
    }
    // The outlet and the date stand in short lines below the title, and before it where it is repeated.
    let near = (first + 1..body.min(first + 6).min(lines.len())).collect::<Vec<_>>();
    let dated = near.iter().rposition(|&at| is_dated(&lines[at]));
    for &at in &near[..dated.map_or(0, |dated| dated + 1)] {
        if matches!(kinds[at], BlockKind::Heading | BlockKind::Paragraph) && lines[at].length <= 60
        {
            kinds[at] = BlockKind::Byline;
        }
    }
    // The title once more, or one before it: the first is the title, the others repeat it.
    for &at in titles.iter().skip(1) {
        kinds[at] = BlockKind::Furniture(Reason::Navigation);
    }
}

/// Whether a short line has a date in it.
fn is_dated(line: &Line<'_>) -> bool {
    line.length <= 60 && !line.has_sentence && date::find(line.text).is_some()
}

/// Finds what follows the last running text of the article.
fn mark_tail(lines: &[Line<'_>], kinds: &mut [BlockKind]) {
    mark_below_rule(lines, kinds);
    let is_body = |at: usize, kinds: &[BlockKind]| kinds[at].is_read() && lines[at].is_running();
    let Some(last) = (0..lines.len()).rev().find(|&at| is_body(at, kinds)) else {
        return;
    };
    let tail = last + 1..lines.len();
    let begins = tail
        .clone()
        .find(|&at| matches!(kinds[at], BlockKind::Furniture(reason) if reason != Reason::Picture));
    for kind in &mut kinds[begins.unwrap_or(lines.len())..] {
        if kind.is_read() {
            *kind = BlockKind::Furniture(Reason::Related);
        }
    }
    let left: Vec<usize> = tail.filter(|&at| kinds[at].is_read()).collect();
    let is_announced = lines[last].text.ends_with(':') || names_a_list(lines[last].text);
    if left.len() >= LINKS && !is_announced {
        for at in left {
            kinds[at] = BlockKind::Furniture(Reason::Related);
        }
    }
}

/// What stands below a rule near the end is furniture as a whole when a subscription or an advert is part of it.
fn mark_below_rule(lines: &[Line<'_>], kinds: &mut [BlockKind]) {
    for at in 0..lines.len() {
        let total = lines.last().map_or(0, |line| line.span.end);
        let is_late = lines[at].span.start > total / 3;
        if !(lines[at].is_rule() && is_late) {
            continue;
        }
        let below = at + 1..lines.len();
        let is_advert = below.clone().any(|at| {
            matches!(
                kinds[at],
                BlockKind::Furniture(Reason::Advert | Reason::Copyright)
            )
        });
        if is_advert {
            for kind in &mut kinds[below] {
                if kind.is_read() {
                    *kind = BlockKind::Furniture(Reason::Advert);
                }
            }
            return;
        }
    }
}

fn names_a_list(text: &str) -> bool {
    ["名单", "如下", "以下", "附:", "包括", "分别"]
        .iter()
        .any(|word| text.contains(word))
}

/// Parts the byline before and the credit behind from what a line says.
fn split(line: &Line<'_>, kind: BlockKind, is_early: bool, found: &mut Vec<(BlockKind, Span)>) {
    if !matches!(kind, BlockKind::Paragraph | BlockKind::Heading) {
        found.push((kind, line.span));
        return;
    }
    let start = line.span.start as usize;
    let begin = if is_early {
        byline::dateline(line.text)
    } else {
        0
    };
    let end = byline::credit(&line.text[begin..]).map_or(line.text.len(), |at| begin + at);
    if begin > 0 {
        found.push((BlockKind::Byline, Span::new(start, start + begin)));
    }
    let body = &line.text[begin..end];
    let trimmed = body.trim();
    if !trimmed.is_empty() {
        let at = start + begin + (body.len() - body.trim_start().len());
        found.push((kind, Span::new(at, at + trimmed.len())));
    }
    let credit = line.text[end..].trim();
    if !credit.is_empty() {
        let end = line.span.end as usize;
        let reason = Reason::Picture;
        found.push((
            BlockKind::Furniture(reason),
            Span::new(end - credit.len(), end),
        ));
    }
}
