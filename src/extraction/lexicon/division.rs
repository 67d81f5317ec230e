//! Administrative divisions: their labels, their short forms, and what they lie in.

use crate::extraction::Label;

/// A division.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Division {
    pub(crate) name: String,
    pub(crate) label: Label,
    /// The six digits, where it has them.
    pub(crate) code: Option<String>,
    /// The position of what it lies in.
    pub(crate) parent: Option<usize>,
}

/// The label of the division that bears a code and a name.
pub(super) fn label(code: Option<&str>, name: &str, parent: Option<Label>) -> Label {
    const MUNICIPALITIES: [&str; 4] = ["11", "12", "31", "50"];
    const ZONES: [&str; 5] = ["开发区", "管理区", "园区", "示范区", "管委会"];
    if ZONES.iter().any(|zone| name.ends_with(zone)) {
        return Label::Zone;
    }
    let Some(code) = code else {
        return if parent == Some(Label::Province) {
            Label::City
        } else {
            Label::District
        };
    };
    match (code.ends_with("0000"), code.ends_with("00")) {
        (true, _) if MUNICIPALITIES.contains(&&code[..2]) => Label::City,
        (true, _) if code.starts_with("81") || code.starts_with("82") => Label::City,
        (true, _) => Label::Province,
        (false, true) => Label::City,
        (false, false) => Label::District,
    }
}

/// The form of banners that drops 翼 and all but the first character: 甲右前旗 for 甲乙右翼前旗.
pub(super) fn banner(name: &str) -> Option<String> {
    let (before, after) = name.split_once('翼')?;
    let side = before
        .chars()
        .last()
        .filter(|side| matches!(side, '左' | '右'))?;
    let first = name.chars().next()?;
    (after.ends_with('旗') && before.chars().count() > 2).then(|| format!("{first}{side}{after}"))
}

/// The form without the word for its kind: 甲 for 甲市; none where too little would be left.
pub(crate) fn short_form(name: &str) -> Option<&str> {
    const PEOPLES: [&str; 26] = [
        "维吾尔",
        "回族",
        "壮族",
        "藏族",
        "蒙古族",
        "蒙古",
        "哈萨克",
        "苗族",
        "侗族",
        "布依族",
        "彝族",
        "傣族",
        "白族",
        "哈尼族",
        "朝鲜族",
        "土家族",
        "羌族",
        "黎族",
        "满族",
        "瑶族",
        "畲族",
        "傈僳族",
        "景颇族",
        "土族",
        "撒拉族",
        "柯尔克孜",
    ];
    const KINDS: [&str; 14] = [
        "特别行政区",
        "自治区",
        "自治州",
        "自治县",
        "自治旗",
        "地区",
        "林区",
        "新区",
        "省",
        "市",
        "盟",
        "县",
        "区",
        "旗",
    ];
    let kind = KINDS.iter().find(|kind| name.ends_with(*kind))?;
    let mut rest = &name[..name.len() - kind.len()];
    if *kind == "新区" {
        return (rest.chars().count() >= 2).then_some(rest);
    }
    while let Some(people) = PEOPLES.iter().find(|people| rest.ends_with(*people)) {
        let left = &rest[..rest.len() - people.len()];
        if left.chars().count() < 2 {
            break;
        }
        rest = left;
    }
    (rest.chars().count() >= 2).then_some(rest)
}
