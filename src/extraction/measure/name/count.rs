//! How a count is called.

use super::{LISTS, bare, tail_cut};

/// Where a noun phrase behind a count ends.
pub(in crate::extraction::measure) fn noun(right: &str) -> &str {
    let right = ["以上", "左右", "以内"]
        .iter()
        .find_map(|word| right.strip_prefix(word))
        .unwrap_or(right);
    let end = LISTS.stops.first_in(right).unwrap_or(right.len());
    let noun = right[..end].trim_matches(|c: char| c.is_whitespace());
    ["当中", "中", "里", "内"]
        .iter()
        .find_map(|tail| noun.strip_suffix(tail))
        .unwrap_or(noun)
}

/// Nouns that name a thing only together with what is said of it.
const GENERIC: &[&str] = &[
    "企业", "项目", "人才", "机构", "单位", "公司", "产品", "人", "学校", "基地", "平台", "园区",
];

/// The name of a count: the noun, with what is done to it where the noun alone says little.
pub(in crate::extraction::measure) fn counted(left: &str, noun: &str) -> String {
    let generic = GENERIC
        .iter()
        .filter(|word| noun.starts_with(**word))
        .max_by_key(|word| word.len());
    let done = bare(left);
    if ["数", "数量"].iter().any(|end| noun.ends_with(end)) {
        return format!("{done}{}", noun.trim_end_matches('量'));
    }
    if let Some(word) = generic {
        let rest = noun[word.len()..].trim_start_matches(['的', '了']);
        let rest = tail_cut(rest);
        return format!("{done}{rest}{word}数");
    }
    format!("{done}{}数", noun.trim_start_matches('的'))
}
