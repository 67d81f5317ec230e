//! Where the title is.

use super::line::Line;
use super::{byline, signs};
use crate::extraction::metadata::date;

/// How many lines may stand before the first running text.
const LINES: usize = 14;

/// The fewest characters of a title that nothing else points to.
const SHORTEST: usize = 8;

/// The positions of the lines that are the title: one, or more where the page repeats it.
pub(super) fn title(lines: &[Line<'_>], known: Option<&str>) -> Vec<usize> {
    let end = lines.iter().take(LINES).position(Line::is_running);
    let head = &lines[..end.unwrap_or(LINES).min(lines.len())];
    if let Some(known) = known {
        let known = known.trim();
        return positions(head, |line| words(line) == known);
    }
    let may_be = |line: &Line<'_>| {
        line.length <= 100
            && words(line).chars().count() > 4
            && !byline::is_byline(line)
            && !byline::is_picture(line)
            && !line.is_menu()
            && !line.is_rule()
            && !signs::is_link(line)
            && !is_breadcrumb(line)
            && date::find(line.text).is_none_or(|found| found.span.len() * 2 < line.text.len())
    };
    let repeated = head.iter().enumerate().find(|(at, line)| {
        may_be(line)
            && line.length >= SHORTEST
            && head[at + 1..]
                .iter()
                .any(|other| words(other) == words(line))
    });
    let found = repeated.or_else(|| {
        let long = |(_, line): &(usize, &Line<'_>)| may_be(line) && line.length >= SHORTEST;
        let any = |(_, line): &(usize, &Line<'_>)| may_be(line);
        let mut candidates = head.iter().enumerate();
        candidates
            .clone()
            .find(long)
            .or_else(|| candidates.find(any))
    });
    let Some((_, title)) = found else {
        return only_sentence(lines, head.len());
    };
    let title = words(title);
    positions(head, |line| words(line) == title)
}

/// A title may be a sentence with an exclamation mark, and then looks like running text.
fn only_sentence(lines: &[Line<'_>], first: usize) -> Vec<usize> {
    let Some(line) = lines.get(first) else {
        return Vec::new();
    };
    let is_title =
        first <= 3 && line.length <= 80 && !line.text.ends_with('。') && lines.len() > first + 1;
    if is_title { vec![first] } else { Vec::new() }
}

/// Whether a line says where in the site one is.
pub(super) fn is_breadcrumb(line: &Line<'_>) -> bool {
    line.length <= 40
        && !line.has_sentence
        && (line.text.contains(" > ") || line.text.contains("»") || line.text.contains(">>"))
        || line.text == "首页"
}

/// A line without the marks of a heading.
pub(super) fn words<'t>(line: &Line<'t>) -> &'t str {
    line.text.trim_start_matches(['#', ' ']).trim_end()
}

fn positions(head: &[Line<'_>], is_wanted: impl Fn(&Line<'_>) -> bool) -> Vec<usize> {
    (0..head.len()).filter(|&at| is_wanted(&head[at])).collect()
}
