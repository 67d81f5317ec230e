//! How a count is called.

use super::{LISTS, bare, tail_cut};

/// How many bytes may describe what is counted.
const DESCRIBED: usize = 36;

/// Where a noun phrase behind a count ends.
pub(in crate::extraction::measure) fn noun(right: &str) -> &str {
    let right = ["以上", "左右", "以内"]
        .iter()
        .find_map(|word| right.strip_prefix(word))
        .unwrap_or(right);
    let end = LISTS.ends.first_in(right).unwrap_or(right.len());
    let phrase = &right[..end];
    let noun = match LISTS.stops.head_of(phrase) {
        // 入驻企业, 来自外地的企业: the verb only describes them.
        Some(verb) => {
            let rest = &phrase[verb.len()..];
            let end = verb.len() + LISTS.stops.first_in(rest).unwrap_or(rest.len());
            let end = match phrase[..end]
                .find('的')
                .map(|at| (at, things_end(&phrase[at..end])))
            {
                Some((at, Some(length))) => at + length, // 来自外地的企业在此落户
                _ => end,
            };
            let is_described = is_thing(&phrase[..end]) && end - verb.len() <= DESCRIBED;
            if is_described { &phrase[..end] } else { "" }
        }
        None => &phrase[..LISTS.stops.first_in(phrase).unwrap_or(phrase.len())],
    };
    let noun = noun.trim_matches(|c: char| c.is_whitespace());
    // 284家规上企业产值…: what is said of them comes next.
    let bare = [
        "产值",
        "增加值",
        "利润",
        "营业收入",
        "主营业务收入",
        "税收",
        "总产值",
    ]
    .iter()
    .filter_map(|measure| noun.strip_suffix(measure))
    .find(|bare| bare.ends_with("企业"));
    let noun = bare.unwrap_or(noun);
    ["当中", "中", "里", "内"]
        .iter()
        .find_map(|tail| noun.strip_suffix(tail))
        .unwrap_or(noun)
}

/// Nouns that name a thing only together with what is said of it.
const GENERIC: &[&str] = &[
    "企业", "项目", "人才", "机构", "单位", "公司", "产品", "人", "学校", "基地", "平台", "园区",
];

/// Further words for things and people that are counted.
const THINGS: [&str; 11] = [
    "产业", "厂商", "集群", "商户", "主体", "工程", "商家", "农户", "代表", "嘉宾", "专家",
];

/// Where the first word for things in a phrase ends.
fn things_end(phrase: &str) -> Option<usize> {
    let things = GENERIC.iter().chain(&THINGS);
    let ends = things.filter_map(|word| Some(phrase.find(word)? + word.len()));
    ends.min()
}

/// Whether a noun names things that are counted.
pub(in crate::extraction::measure) fn is_thing(noun: &str) -> bool {
    let mut things = GENERIC.iter().chain(&THINGS);
    things.any(|word| noun.ends_with(word))
}

/// The name of a count: the noun, with what is done to it where the noun alone says little.
pub(in crate::extraction::measure) fn counted(left: &str, noun: &str) -> String {
    let generic = GENERIC
        .iter()
        .filter(|word| noun.starts_with(**word))
        .max_by_key(|word| word.len());
    // 引来甲公司、乙公司等71家: the row is cut out, its verb is not said of what is counted.
    let row = left.ends_with('等').then(|| left.find('、')).flatten();
    let done = bare(row.map_or(left, |at| &left[..at]));
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
