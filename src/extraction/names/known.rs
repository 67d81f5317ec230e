//! Names that the lexicon holds.

use super::regions::Regions;
use super::text::{Found, Text};
use crate::extraction::Label;
use crate::extraction::lexicon::Classes;

/// Every name of the lexicon that is not already known as a division.
pub(super) fn find(text: &Text<'_>, regions: &Regions, found: &mut Vec<Found>) {
    for (at, token) in text.tokens.iter().enumerate() {
        // 统一, 大众: only a row of enterprises shows that the enterprise is meant.
        const COMMON: Classes = Classes::NOUN
            .with(Classes::VERB)
            .with(Classes::ACTION)
            .with(Classes::ADJECTIVE)
            .with(Classes::ADVERB)
            .with(Classes::ATTRIBUTIVE)
            .with(Classes::NO_NAME);
        if token.is(Classes::NAME)
            && !regions.is_region(at)
            && let Some(label) = token
                .term(text.lexicon)
                .and_then(|term| term.label)
                .or_else(|| label_by_end(text.word(at)))
            // 科技部: a dictionary knows it, and it names nothing else.
            && (!token.is(COMMON) || label == Label::Organization && text.word(at).ends_with('部'))
        {
            let start = match label {
                Label::Zone if text.word(at).ends_with(['区', '城']) => first_region(regions, at),
                // 甲省港澳办: a body that several regions have.
                Label::Organization if text.word(at).ends_with(['会', '办', '局', '署']) => {
                    first_region(regions, at)
                }
                _ => at,
            };
            found.push(text.found(start..at + 1, label, "lexicon"));
        }
    }
}

/// Where the regions begin that stand right before a zone and belong to its name: 甲市乙新区.
fn first_region(regions: &Regions, zone: usize) -> usize {
    let mut start = zone;
    while start > 0 && regions.is_region(start - 1) {
        start -= 1;
    }
    start
}

/// What a proper word of the dictionary names by the way it ends: 同济大学, 联想集团.
pub(super) fn label_by_end(word: &str) -> Option<Label> {
    const ENDS: [(&str, Label); 6] = [
        ("大学", Label::Organization),
        ("科学院", Label::Organization),
        ("研究院", Label::Organization),
        ("集团", Label::Enterprise),
        ("公司", Label::Enterprise),
        ("银行", Label::Enterprise),
    ];
    const KINDS: [&str; 14] = [
        "理工", "师范", "中央", "国家", "商业", "中国", "人民", "国防", "陆军", "石化", "美国",
        "日本", "北约", "欧洲",
    ];
    let (own, label) = ENDS
        .iter()
        .find_map(|(end, label)| Some((word.strip_suffix(end)?, *label)))?;
    (super::text::length(own) >= 2 && !KINDS.contains(&own)).then_some(label)
}
