//! What names tell by themselves: classes, short forms, kinds of regions.

use crate::build::gate::fold;
use crate::extraction::Label;

/// What the class of all regions is called: their labels differ between documents.
pub(super) const REGION: &str = "Region";

/// Entities of different classes are never one.
pub(super) fn class(label: &str) -> &str {
    match Label::from_name(label) {
        Some(Label::Province | Label::City | Label::District | Label::Zone) => REGION,
        _ => label,
    }
}

/// What the kinds of regions end in.
pub(super) const REGION_SUFFIXES: [char; 4] = ['省', '市', '区', '县'];

/// How forms begin that mean a thing only inside one article.
const POINTING: [char; 9] = ['全', '该', '本', '我', '此', '两', '其', '这', '各'];

/// Words for kinds of things, which name none.
const GENERIC: [&str; 22] = [
    "公司",
    "集团",
    "企业",
    "园区",
    "基地",
    "中心",
    "项目",
    "大会",
    "论坛",
    "基金",
    "学院",
    "大学",
    "医院",
    "市政府",
    "区政府",
    "省政府",
    "管委会",
    "区管委会",
    "市委市政府",
    "区委区政府",
    "高新区",
    "开发区",
];

/// Whether a form means the thing outside of the article too.
pub(super) fn is_lasting(form: &str) -> bool {
    !form.starts_with(POINTING) && !GENERIC.contains(&form) && form.chars().count() > 1
}

/// Whether a folded alias is a short form of a folded name: it begins alike and keeps the order of the characters, or it
/// is written in Latin letters.
pub(super) fn is_short_form(alias: &str, name: &str) -> bool {
    if !is_lasting(alias) || alias == name {
        return false;
    }
    let is_latin = alias.chars().all(|c| c.is_ascii_alphanumeric());
    let mut rest = name.chars();
    let is_part = alias.chars().all(|c| rest.any(|other| other == c));
    let begins_alike = alias.chars().next() == name.chars().next();
    is_latin || (is_part && begins_alike && alias.len() < name.len())
}

/// A region's name without its kind: 深圳 for 深圳市.
pub(super) fn bare_region(name: &str) -> String {
    let name = fold(name);
    let bare = name
        .strip_suffix(REGION_SUFFIXES)
        .filter(|bare| bare.chars().count() > 1);
    bare.map_or(name.clone(), str::to_owned)
}
