//! Identity: which names of which documents are one thing.
//!
//! A cascade, in this order, every step of it certain or not taken: what the registry says; a code; the same folded
//! name; an alias or short form that an article itself introduces, where only one thing bears it; a name with its region
//! before it. Namesakes are never guessed to be one: where documents place two of the same name in different cities, or
//! at the head of different bodies, they stay apart, and `tupu resolve` shows them.
//!
//! The result depends on the set of documents, not on their order.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::gate::fold;
use super::registry::Registry;
use crate::evidence::Claims;
use crate::extraction::Label;

/// What the class of all regions is called: their labels differ between documents.
const REGION: &str = "Region";

/// Which things there are, and which one each entity of each document is.
#[derive(Clone, Debug, Default)]
pub struct Identities {
    /// The things, sorted by id.
    pub things: Vec<Thing>,
    /// The position of the thing for each entity of each document.
    of: Vec<Vec<usize>>,
    /// What may be one thing, but was not certain.
    pub candidates: Vec<Candidate>,
}

/// A thing that documents name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thing {
    /// Its id in graph files: `District/坪山区`, with what tells it from a namesake: `District/鼓楼区(南京)`.
    pub id: String,
    /// Its label.
    pub label: String,
    /// Its name.
    pub name: String,
    /// Its other names that mean it outside of one article, sorted.
    pub aliases: Vec<String>,
}

/// Two things that a person may want to look at.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Candidate {
    /// The id of the one.
    pub left: String,
    /// The id of the other.
    pub right: String,
    /// What speaks for one thing.
    pub why: String,
}

/// An entity of one document.
struct Local<'c> {
    document: &'c str,
    label: &'c str,
    class: &'c str,
    name: &'c str,
    /// The name that the registry gives.
    registered: Option<&'c str>,
    /// The folded name by which it is compared.
    key: String,
    /// Folded aliases that mean it outside of the document.
    short: Vec<String>,
    /// All forms as written.
    forms: Vec<&'c str>,
    /// The cities in which the document places it, or the bodies that the person leads.
    anchors: BTreeSet<String>,
}

impl Identities {
    /// Finds out which things there are. Documents are in the order of their ids.
    ///
    /// # Complexity
    ///
    /// O(n log n) for n entities of documents.
    #[must_use]
    pub fn new(documents: &[Claims], registry: &Registry) -> Self {
        let mut locals = Vec::new();
        let mut of = Vec::with_capacity(documents.len());
        for claims in documents {
            let first = locals.len();
            locals.extend((0..claims.entities.len()).map(|at| local(claims, at, registry)));
            of.push((first..locals.len()).collect::<Vec<_>>());
        }
        let ambiguous = follow_short_forms(&mut locals);
        let mut sets = Sets::new(&locals, registry);
        unite_names(&locals, &mut sets);
        for merge in &registry.merges {
            let named: Vec<usize> = merge
                .of
                .iter()
                .flat_map(|reference| matching(&locals, reference))
                .collect();
            for pair in named.windows(2) {
                sets.unite(pair[0], pair[1]);
            }
        }
        let (things, position) = things(&locals, &mut sets, registry);
        for entity in of.iter_mut().flatten() {
            *entity = position[*entity];
        }
        let candidates = candidates(&things, &ambiguous);
        Self {
            things,
            of,
            candidates,
        }
    }

    /// The position of the thing that an entity of a document is.
    #[must_use]
    pub fn thing(&self, document: usize, entity: usize) -> usize {
        self.of[document][entity]
    }
}

fn local<'c>(claims: &'c Claims, at: usize, registry: &'c Registry) -> Local<'c> {
    let entity = &claims.entities[at];
    let class = class(&entity.label);
    let name = fold(&entity.name);
    let forms: Vec<&str> = std::iter::once(&entity.name)
        .chain(&entity.aliases)
        .map(String::as_str)
        .collect();
    let mut short: Vec<String> = entity.aliases.iter().map(|alias| fold(alias)).collect();
    if class == REGION {
        short.extend(name.strip_suffix(REGION_SUFFIXES).map(str::to_owned));
    }
    short.retain(|alias| is_short_form(alias, &name));
    let registered = registry.entities.iter().find(|known| {
        let is_named = || {
            let names = std::iter::once(&known.name).chain(&known.aliases);
            names
                .map(|known| fold(known))
                .any(|known| known == name || short.contains(&known))
        };
        let has_code = known
            .codes
            .iter()
            .any(|code| forms.contains(&code.as_str()));
        self::class(&known.label) == class && (has_code || is_named())
    });
    let registered = registered.map(|known| known.name.as_str());
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
        anchors,
    }
}

/// Entities of different classes are never one.
fn class(label: &str) -> &str {
    match Label::from_name(label) {
        Some(Label::Province | Label::City | Label::District | Label::Zone) => REGION,
        _ => label,
    }
}

/// What the kinds of regions end in.
const REGION_SUFFIXES: [char; 4] = ['省', '市', '区', '县'];

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
fn is_lasting(form: &str) -> bool {
    !form.starts_with(POINTING) && !GENERIC.contains(&form) && form.chars().count() > 1
}

/// Whether a folded alias is a short form of a folded name: it begins alike and keeps the order of the characters, or it
/// is written in Latin letters.
fn is_short_form(alias: &str, name: &str) -> bool {
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
fn bare_region(name: &str) -> String {
    let name = fold(name);
    let bare = name
        .strip_suffix(REGION_SUFFIXES)
        .filter(|bare| bare.chars().count() > 1);
    bare.map_or(name.clone(), str::to_owned)
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

/// Lets entities that bear the short form of exactly one longer name be compared by that name; gives the short forms
/// that several names have.
fn follow_short_forms<'c>(
    locals: &mut [Local<'c>],
) -> BTreeMap<(&'c str, String), BTreeSet<String>> {
    let mut names: FxHashMap<(&str, String), BTreeSet<String>> = FxHashMap::default();
    for local in locals.iter() {
        for short in &local.short {
            let is_other = *short != local.key;
            if is_other {
                let key = (local.class, short.clone());
                names.entry(key).or_default().insert(local.key.clone());
            }
        }
    }
    let mut ambiguous = BTreeMap::new();
    for local in locals {
        let mut seen = BTreeSet::from([local.key.clone()]);
        while let Some(longer) = names.get(&(local.class, local.key.clone())) {
            let mut longer_names = longer.iter();
            match (longer_names.next(), longer_names.next()) {
                (Some(only), None) if seen.insert(only.clone()) => local.key.clone_from(only),
                (Some(_), Some(_)) => {
                    ambiguous.insert((local.class, local.key.clone()), longer.clone());
                    break;
                }
                _ => break,
            }
        }
    }
    ambiguous
}

/// Sets of entities that are one thing, never joined against the registry.
struct Sets {
    parent: Vec<usize>,
    /// By set: for each decision to keep apart, which of its sides the set holds.
    sides: FxHashMap<usize, BTreeMap<usize, usize>>,
}

impl Sets {
    fn new(locals: &[Local<'_>], registry: &Registry) -> Self {
        let mut sides: FxHashMap<usize, BTreeMap<usize, usize>> = FxHashMap::default();
        for (decision, apart) in registry.apart.iter().enumerate() {
            for (side, reference) in apart.of.iter().enumerate() {
                for local in matching(locals, reference) {
                    sides.entry(local).or_default().insert(decision, side);
                }
            }
        }
        Self {
            parent: (0..locals.len()).collect(),
            sides,
        }
    }

    fn find(&mut self, mut at: usize) -> usize {
        while self.parent[at] != at {
            self.parent[at] = self.parent[self.parent[at]];
            at = self.parent[at];
        }
        at
    }

    fn unite(&mut self, left: usize, right: usize) {
        let (left, right) = (self.find(left), self.find(right));
        if left == right {
            return;
        }
        let of_right = self.sides.get(&right).cloned().unwrap_or_default();
        let of_left = self.sides.get(&left).cloned().unwrap_or_default();
        let is_forbidden = of_right
            .iter()
            .any(|(decision, side)| of_left.get(decision).is_some_and(|other| other != side));
        if is_forbidden {
            return;
        }
        let (root, child) = (left.min(right), left.max(right));
        self.parent[child] = root;
        if !(of_left.is_empty() && of_right.is_empty()) {
            self.sides
                .insert(root, of_left.into_iter().chain(of_right).collect());
        }
    }
}

/// The entities that a reference of the registry means: `Park/甲园`, `Park/甲园@report-a`.
fn matching(locals: &[Local<'_>], reference: &str) -> Vec<usize> {
    let Some((label, rest)) = reference.split_once('/') else {
        return Vec::new();
    };
    let (name, document) = match rest.rsplit_once('@') {
        Some((name, document)) => (name, Some(document)),
        None => (rest, None),
    };
    let (name, anchor) = match name
        .strip_suffix(')')
        .and_then(|name| name.rsplit_once('('))
    {
        Some((name, anchor)) => (name, Some(anchor)),
        None => (name, None),
    };
    let name = fold(name);
    let is_meant = |local: &&(usize, &Local<'_>)| {
        let (_, local) = local;
        class(label) == local.class
            && (local.key == name || local.forms.iter().any(|form| fold(form) == name))
            && document.is_none_or(|document| document == local.document)
            && anchor.is_none_or(|anchor| local.anchors.contains(anchor))
    };
    let found: Vec<(usize, &Local<'_>)> = locals.iter().enumerate().collect();
    found.iter().filter(is_meant).map(|(at, _)| *at).collect()
}

/// Joins entities of the same name that no document places apart.
fn unite_names(locals: &[Local<'_>], sets: &mut Sets) {
    let mut by_name: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    for (at, local) in locals.iter().enumerate() {
        by_name
            .entry((local.class, &local.key))
            .or_default()
            .push(at);
    }
    for same in by_name.into_values() {
        let mut by_anchor: BTreeMap<&str, usize> = BTreeMap::new();
        for &at in &same {
            let mut first = None;
            for anchor in &locals[at].anchors {
                let at = *by_anchor.entry(anchor).or_insert(at);
                sets.unite(*first.get_or_insert(at), at);
            }
            if let Some(first) = first {
                sets.unite(first, at);
            }
        }
        let places: BTreeSet<usize> = by_anchor.values().map(|at| sets.find(*at)).collect();
        let mut unplaced = same.iter().filter(|at| locals[**at].anchors.is_empty());
        // What no document places is the one that is placed, unless there are several.
        let target = match places.len() {
            1 => places.first().copied(),
            _ => unplaced.clone().next().copied(),
        };
        if let Some(target) = target {
            unplaced.by_ref().for_each(|at| sets.unite(target, *at));
        }
    }
}

/// One thing for each set, sorted by id, and the position of each entity's.
fn things(locals: &[Local<'_>], sets: &mut Sets, registry: &Registry) -> (Vec<Thing>, Vec<usize>) {
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for at in 0..locals.len() {
        members.entry(sets.find(at)).or_default().push(at);
    }
    let mut named: Vec<(Thing, Vec<usize>)> = members
        .into_values()
        .map(|members| (thing(locals, &members, registry), members))
        .collect();
    tell_apart(locals, &mut named);
    named.sort_by(|(left, _), (right, _)| left.id.cmp(&right.id));
    let mut position = vec![0; locals.len()];
    for (at, (_, members)) in named.iter().enumerate() {
        for member in members {
            position[*member] = at;
        }
    }
    (
        named.into_iter().map(|(thing, _)| thing).collect(),
        position,
    )
}

fn thing(locals: &[Local<'_>], members: &[usize], registry: &Registry) -> Thing {
    let of = || members.iter().map(|at| &locals[*at]);
    let mut labels: BTreeMap<&str, usize> = BTreeMap::new();
    for local in of() {
        *labels.entry(local.label).or_default() += 1;
    }
    let order = |label: &str| Label::ALL.iter().position(|known| known.name() == label);
    let label = labels
        .iter()
        .min_by_key(|(label, count)| (std::cmp::Reverse(**count), order(label)))
        .map_or("", |(label, _)| *label);
    let registered = of().filter_map(|local| local.registered).min();
    let merged = || {
        let mut references = registry.merges.iter().filter_map(|merge| merge.of.first());
        let first = references.find(|reference| {
            matching(locals, reference)
                .iter()
                .any(|at| members.contains(at))
        })?;
        let name = first.split_once('/')?.1;
        Some(name.split(['@', '(']).next().unwrap_or(name))
    };
    // Of the names that are compared, the longest; of its spellings, the most frequent.
    let mut names: BTreeMap<&str, usize> = BTreeMap::new();
    for local in of() {
        *names.entry(local.name).or_default() += 1;
    }
    let spelled = || {
        let is_key = |name: &str| of().any(|local| fold(name) == local.key);
        let rank = |name: &str, count: usize| (is_key(name), name.chars().count(), count);
        names
            .iter()
            .max_by(|(left, left_count), (right, right_count)| {
                rank(left, **left_count)
                    .cmp(&rank(right, **right_count))
                    .then_with(|| right.cmp(left))
            })
            .map_or("", |(name, _)| *name)
    };
    let name = registered
        .or_else(merged)
        .unwrap_or_else(spelled)
        .to_owned();
    let aliases: BTreeSet<&str> = of()
        .flat_map(|local| local.forms.iter().copied())
        .filter(|form| *form != name && is_lasting(form))
        .collect();
    Thing {
        id: format!("{label}/{name}"),
        label: label.to_owned(),
        aliases: aliases.into_iter().map(str::to_owned).collect(),
        name,
    }
}

/// Adds to the ids of namesakes what tells them apart: the place, else the first document.
fn tell_apart(locals: &[Local<'_>], things: &mut [(Thing, Vec<usize>)]) {
    let mut by_id: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, (thing, _)) in things.iter().enumerate() {
        by_id.entry(thing.id.clone()).or_default().push(at);
    }
    for (id, same) in by_id.into_iter().filter(|(_, same)| same.len() > 1) {
        let mut taken = BTreeSet::new();
        let is_placed = |at: &usize| {
            let members = &things[*at].1;
            members
                .iter()
                .any(|member| !locals[*member].anchors.is_empty())
        };
        let unplaced: Vec<usize> = same.iter().copied().filter(|at| !is_placed(at)).collect();
        for at in same {
            // The one that no document places keeps the plain id.
            if unplaced == [at] {
                continue;
            }
            let (thing, members) = &mut things[at];
            let anchors = members.iter().flat_map(|member| &locals[*member].anchors);
            let place = anchors.min().map(|anchor| format!("{id}({anchor})"));
            let document = members.iter().map(|member| locals[*member].document).min();
            let own = place.filter(|own| taken.insert(own.clone()));
            thing.id = own.unwrap_or_else(|| {
                let own = format!("{id}@{}", document.unwrap_or_default());
                taken.insert(own.clone());
                own
            });
        }
    }
}

/// What a person may want to look at: namesakes that stay apart, short forms of several names, names that hold another.
fn candidates(
    things: &[Thing],
    ambiguous: &BTreeMap<(&str, String), BTreeSet<String>>,
) -> Vec<Candidate> {
    let mut by_name: BTreeMap<(&str, String), Vec<&Thing>> = BTreeMap::new();
    for thing in things {
        let key = (class(&thing.label), fold(&thing.name));
        by_name.entry(key).or_default().push(thing);
    }
    let mut found = BTreeSet::new();
    let mut add = |left: &Thing, right: &Thing, why: &str| {
        let (left, right) = (
            left.id.clone().min(right.id.clone()),
            left.id.clone().max(right.id.clone()),
        );
        let why = why.to_owned();
        found.insert(Candidate { left, right, why });
    };
    for same in by_name.values() {
        for (at, left) in same.iter().enumerate() {
            for right in &same[at + 1..] {
                add(left, right, "they bear the same name, in different places");
            }
        }
    }
    for ((class, short), longer) in ambiguous {
        let short_things = by_name.get(&(*class, short.clone()));
        for left in short_things.into_iter().flatten() {
            let longer = longer
                .iter()
                .filter_map(|name| by_name.get(&(*class, name.clone())));
            for right in longer.flatten() {
                add(
                    left,
                    right,
                    "the one is a short form of the other, and of others too",
                );
            }
        }
    }
    // A name that ends in another one, with something before it: 深圳市甲中心, 甲中心.
    for ((class, name), left) in &by_name {
        let tails = name.char_indices().skip(2).map(|(at, _)| &name[at..]);
        for tail in tails.filter(|tail| tail.chars().count() >= 4) {
            for right in by_name
                .get(&(*class, tail.to_owned()))
                .into_iter()
                .flatten()
            {
                add(
                    left[0],
                    right,
                    "the one is the other with a place before it",
                );
            }
        }
    }
    found.into_iter().collect()
}
