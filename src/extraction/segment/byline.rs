//! Who wrote it, when and for whom: lines, and the parts of lines.

use super::line::Line;

/// What stands before the colon of a byline.
const ROLES: [&str; 44] = [
    "责任编辑",
    "责编",
    "编辑",
    "编审",
    "审核",
    "审校",
    "校对",
    "采写",
    "采编",
    "撰文",
    "文字",
    "摄影",
    "作者",
    "记者",
    "实习记者",
    "见习记者",
    "通讯员",
    "来源",
    "稿源",
    "信息来源",
    "文章来源",
    "新闻来源",
    "转自",
    "原标题",
    "原题",
    "出品",
    "监制",
    "制作",
    "排版",
    "发布人",
    "发布者",
    "发布时间",
    "发布日期",
    "发表时间",
    "更新时间",
    "时间",
    "日期",
    "浏览",
    "浏览次数",
    "阅读",
    "点击量",
    "字号",
    "主编",
    "值班主编",
];

/// What stands before the colon of a line about a picture.
const PICTURE: [&str; 7] = [
    "图片来源",
    "图源",
    "资料图片",
    "题图",
    "配图",
    "供图",
    "图片",
];

/// What stands before what an author says of himself.
const AUTHOR: [&str; 6] = [
    "作者简介",
    "作者介绍",
    "作者系",
    "作者为",
    "记者简介",
    "专栏作者",
];

/// Whether a line is a byline as a whole.
pub(super) fn is_byline(line: &Line<'_>) -> bool {
    let bare = line.bare();
    let is_labelled = line.length <= 80 && label(bare).is_some_and(|label| ROLES.contains(&label));
    let is_report = line.length <= 40
        && (bare.starts_with("记者") || bare.starts_with("本报记者") || bare.starts_with("通讯员"))
        && (bare.ends_with("报导") || bare.ends_with("报道"));
    is_labelled || is_report
}

/// Whether a line speaks of a picture, or holds its place.
pub(super) fn is_picture(line: &Line<'_>) -> bool {
    let bare = line.bare().trim_end_matches([')', '】', ']', ' ', ':']);
    let is_placeholder = line.length <= 12 && PICTURE.iter().any(|word| bare.starts_with(word));
    is_placeholder || line.length <= 40 && label(bare).is_some_and(|label| PICTURE.contains(&label))
}

/// Whether a line introduces its author.
pub(super) fn is_author(line: &Line<'_>) -> bool {
    let bare = line.bare();
    AUTHOR.iter().any(|word| bare.starts_with(word))
}

/// What stands before the first colon, without blanks.
fn label(bare: &str) -> Option<&str> {
    let at = bare.find([':', '|', '/'])?;
    Some(bare[..at].trim())
}

/// The length in bytes of the agency's line with which a paragraph begins: 甲社3月5日电 (记者 乙).
pub(super) fn dateline(text: &str) -> usize {
    let head = text
        .char_indices()
        .nth(60)
        .map_or(text, |(at, _)| &text[..at]);
    let first = head.find(['。', '!', '?', ';']).unwrap_or(head.len());
    let head = &head[..first];
    let mut end = wire(head).unwrap_or(0).max(report(head));
    let rest = &text[end..];
    let blanks = rest.len() - rest.trim_start().len();
    if let Some(names) = in_brackets(&rest[blanks..])
        && (end > 0 || names.contains("记者"))
        && names.chars().count() <= 30
    {
        end += blanks + names.len() + 2;
    }
    end
}

/// Up to the word of an agency's line: …3月5日电, …2024年3月5日讯.
fn wire(head: &str) -> Option<usize> {
    for word in ["日电", "日讯"] {
        if let Some(at) = head.find(word) {
            let is_short = head[..at].chars().count() <= 24;
            let has_day = head[..at].ends_with(|c: char| c.is_ascii_digit());
            let end = at + word.len();
            let is_done =
                head[end..].starts_with(['(', ' ', ',', '\u{FFFD}']) || head[end..].is_empty();
            if is_short && has_day && is_done {
                return Some(end);
            }
        }
    }
    ["本报讯", "本网讯", "本刊讯"]
        .iter()
        .find(|word| head.starts_with(**word))
        .map(|word| word.len())
}

/// Up to the word of a reporter's line: 甲报记者乙 丙地报道.
fn report(head: &str) -> usize {
    let Some(reporter) = head.find("记者") else {
        return 0;
    };
    for word in ["报道", "报导"] {
        if let Some(at) = head.find(word) {
            let end = at + word.len();
            let is_short = at > reporter && head[reporter..at].chars().count() <= 16;
            if is_short && head[end..].starts_with([' ', ':', ',']) && !head[..at].contains(',') {
                return end;
            }
        }
    }
    0
}

/// What stands inside the brackets with which a text begins.
fn in_brackets(text: &str) -> Option<&str> {
    let inside = text.strip_prefix('(')?;
    inside.find(')').map(|end| &inside[..end])
}

/// Where the credit of a picture begins with which a line ends: …举行。 甲乙 摄.
pub(super) fn credit(text: &str) -> Option<usize> {
    let body = text.trim_end_matches(['。', ' ']);
    let is_photographer = body.ends_with('摄') || body.ends_with("供图") || body.ends_with("图片");
    if !is_photographer {
        return None;
    }
    if let Some((at, end)) = body
        .rmatch_indices(['。', '!', '?'])
        .next()
        .map(|(at, end)| (at, end.len()))
    {
        let after = &body[at + end..];
        if after.trim().chars().count() <= 10 {
            return Some(at + end);
        }
    }
    let without = body.strip_suffix('摄')?;
    let named = without.trim_end();
    let at = named.rfind(' ')?;
    (named[at..].chars().count() <= 6 && without.len() > named.len()).then_some(at)
}
