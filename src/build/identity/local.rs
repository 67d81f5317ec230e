//! An entity of one document, with everything by which it is compared.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::names::{REGION, REGION_SUFFIXES, bare_region, class, is_short_form};
use crate::build::gate::fold;
use crate::build::registry::Registry;
use crate::evidence::Claims;
use crate::extraction::Label;

/// An entity of one document.
pub(super) struct Local<'c> {
    pub(super) document: &'c str,
    pub(super) label: &'c str,
    pub(super) class: &'c str,
    pub(super) name: &'c str,
    /// The name that the registry gives.
    pub(super) registered: Option<&'c str>,
    /// The folded name by which it is compared.
    pub(super) key: String,
    /// Folded aliases that mean it outside of the document.
    pub(super) short: Vec<String>,
    /// All forms as written.
    pub(super) forms: Vec<&'c str>,
    /// The same, folded.
    pub(super) folded: Vec<String>,
    /// The official code, where it is certain.
    pub(super) code: Option<&'c str>,
    /// The cities in which the document places it, or the bodies that the person leads.
    pub(super) anchors: BTreeSet<String>,
}

/// What the registry says of names and codes.
pub(super) struct Known<'r> {
    registry: &'r Registry,
    by_name: FxHashMap<(&'r str, String), usize>,
    by_code: FxHashMap<(&'r str, &'r str), usize>,
}

impl<'r> Known<'r> {
    pub(super) fn new(registry: &'r Registry) -> Self {
        let mut by_name = FxHashMap::default();
        let mut by_code = FxHashMap::default();
        for (at, entity) in registry.entities.iter().enumerate() {
            let class = class(&entity.label);
            for name in std::iter::once(&entity.name).chain(&entity.aliases) {
                by_name.entry((class, fold(name))).or_insert(at);
            }
            for code in &entity.codes {
                by_code.entry((class, code.as_str())).or_insert(at);
            }
        }
        Self {
            registry,
            by_name,
            by_code,
        }
    }

    /// The name that the registry gives to what has one of these codes or names; of several entries the first.
    fn name<'n>(
        &self,
        class: &'r str,
        codes: impl Iterator<Item = &'n str>,
        names: impl Iterator<Item = &'n String>,
    ) -> Option<&'r str> {
        let by_code = codes.filter_map(|code| self.by_code.get(&(class, code)));
        let by_name = names.filter_map(|name| self.by_name.get(&(class, name.clone())));
        let first = by_code.min().or_else(|| by_name.min())?;
        Some(&self.registry.entities[*first].name)
    }
}

impl<'c> Local<'c> {
    pub(super) fn new(claims: &'c Claims, at: usize, known: &Known<'c>) -> Self {
        let entity = &claims.entities[at];
        let class = class(&entity.label);
        let forms: Vec<&str> = std::iter::once(&entity.name)
            .chain(&entity.aliases)
            .map(String::as_str)
            .collect();
        let folded: Vec<String> = forms.iter().map(|form| fold(form)).collect();
        let name = folded[0].clone();
        let mut short: Vec<String> = folded[1..].to_vec();
        if class == REGION {
            short.extend(name.strip_suffix(REGION_SUFFIXES).map(str::to_owned));
        }
        short.retain(|alias| is_short_form(alias, &name));
        let code = entity.code.as_deref();
        let codes = forms.iter().copied().chain(code);
        let registered = known.name(class, codes, short.iter().chain([&name]));
        let mut anchors = anchors(claims, at);
        let mut key = registered.map_or(name, fold);
        if let Some((region, rest)) = without_region(claims, class, &key) {
            anchors.insert(region);
            key = rest;
        }
        Local {
            document: &claims.document.id,
            label: &entity.label,
            class,
            name: &entity.name,
            registered,
            key,
            short,
            forms,
            folded,
            code,
            anchors,
        }
    }

    /// What tells it from its namesakes: where it is, or its code.
    pub(super) fn places(&self) -> impl Iterator<Item = &str> {
        self.anchors.iter().map(String::as_str).chain(self.code)
    }
}

/// A district's name with its city before it, cut into both: 深圳市坪山区.
fn without_region(claims: &Claims, entity_class: &str, key: &str) -> Option<(String, String)> {
    if entity_class != REGION {
        return None;
    }
    let regions = claims
        .entities
        .iter()
        .filter(|other| class(&other.label) == REGION);
    let named = regions.flat_map(|other| std::iter::once(&other.name).chain(&other.aliases));
    let written = key
        .find('市')
        .map(|at| key[..at + '市'.len_utf8()].to_owned());
    let prefixes = named.map(|name| fold(name)).chain(written);
    let rest = prefixes
        .filter(|prefix| prefix.ends_with(['省', '市']))
        .filter_map(|prefix| Some((key.strip_prefix(prefix.as_str())?.to_owned(), prefix)))
        .filter(|(rest, _)| rest.chars().count() > 1 && rest.ends_with(REGION_SUFFIXES))
        .min();
    rest.map(|(rest, prefix)| (bare_region(&prefix), rest))
}

/// Where the document places an entity: its city, or the bodies that a person leads.
fn anchors(claims: &Claims, at: usize) -> BTreeSet<String> {
    let label = Label::from_name(&claims.entities[at].label);
    match label {
        Some(Label::Person) => objects(claims, at, "LEADS")
            .map(|body| bare_region(&claims.entities[body].name))
            .collect(),
        Some(Label::Policy) => {
            let issuers = claims
                .relations
                .iter()
                .filter(|relation| relation.object == at && relation.relation_type == "ISSUED");
            issuers
                .flat_map(|relation| cities(claims, relation.subject))
                .collect()
        }
        Some(
            Label::District | Label::Zone | Label::Park | Label::Organization | Label::Facility,
        ) => cities(claims, at),
        _ => BTreeSet::new(),
    }
}

fn objects<'c>(
    claims: &'c Claims,
    subject: usize,
    relation_type: &'c str,
) -> impl Iterator<Item = usize> + 'c {
    let relations = claims.relations.iter();
    let found = relations.filter(move |relation| {
        relation.subject == subject && relation.relation_type == relation_type
    });
    found.map(|relation| relation.object)
}

/// The cities in which an entity lies, by way of what lies between; itself, where it is one.
fn cities(claims: &Claims, at: usize) -> BTreeSet<String> {
    let mut seen = BTreeSet::from([at]);
    let mut open = vec![at];
    let mut found = BTreeSet::new();
    while let Some(entity) = open.pop() {
        if claims.entities[entity].label == Label::City.name() {
            found.insert(bare_region(&claims.entities[entity].name));
            continue;
        }
        open.extend(objects(claims, entity, "LOCATED_IN").filter(|next| seen.insert(*next)));
    }
    found
}
