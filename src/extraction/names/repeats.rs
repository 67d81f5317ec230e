//! Further places that name what the article has named: its name again, a short name that the article introduces,
//! and words that mean the region at hand (全区).

use rustc_hash::FxHashMap;

use super::resolve::is_region;
use super::text::{Found, Text, length};
use crate::extraction::lexicon::short_form;
use crate::extraction::{Entity, Label, Mention};
use crate::source::Span;

/// Adds the further places to the entities.
pub(super) fn add(text: &Text<'_>, chosen: &[Found], entities: &mut [Entity]) {
    let mut covered: Vec<(usize, usize)> = chosen.iter().map(|one| (one.start, one.end)).collect();
    covered.sort_unstable();
    introduced(text, entities);
    repeated(text, &covered, entities);
    regional(text, &covered, entities);
    pointed(text, &covered, entities);
    for entity in entities {
        entity.mentions.sort_by_key(|mention| mention.span);
        entity.mentions.dedup_by_key(|mention| mention.span);
    }
}

/// Whether no chosen place meets the bytes.
fn is_free(covered: &[(usize, usize)], start: usize, end: usize) -> bool {
    let next = covered.partition_point(|one| one.0 < end);
    covered[..next]
        .iter()
        .rev()
        .take(8)
        .all(|one| one.1 <= start)
}

fn mention(start: usize, end: usize, rule: &str) -> Mention {
    Mention {
        span: Span::new(start, end),
        rule: rule.into(),
    }
}

/// The short name that brackets right behind a name give: 乙 of 甲股份有限公司(下称“乙”).
pub(super) fn introduced_behind(source: &str, end: usize) -> Option<&str> {
    const WORDS: [&str; 8] = [
        "以下简称为",
        "以下简称",
        "以下称",
        "下称",
        "简称为",
        "简称",
        "又称",
        "下简称",
    ];
    let (inner, _) = source[end..].strip_prefix('(')?.split_once(')')?;
    let named = WORDS.iter().find_map(|word| inner.strip_prefix(word))?;
    let named = named.trim_start_matches([':', ' ']);
    let short = named.trim_matches(['“', '”', '"', '《', '》']);
    ((2..=12).contains(&length(short)) && !short.contains([',', '。'])).then_some(short)
}

/// Takes in short names that stand in brackets behind a name.
fn introduced(text: &Text<'_>, entities: &mut [Entity]) {
    for entity in entities {
        let mut ends = entity.mentions.iter().map(|one| one.span.range().end);
        let short = ends.find_map(|end| introduced_behind(text.source, end));
        let Some(short) = short else { continue };
        let start = short.as_ptr() as usize - text.source.as_ptr() as usize;
        let place = mention(start, start + short.len(), "introduced");
        if entity.name != short && !entity.aliases.iter().any(|alias| alias == short) {
            entity.aliases.push(short.to_owned());
            entity.aliases.sort();
        }
        entity.mentions.push(place);
    }
}

/// Finds the names of firms, bodies, persons and places with buildings again where no context shows them.
fn repeated(text: &Text<'_>, covered: &[(usize, usize)], entities: &mut [Entity]) {
    let names = Names::of(entities);
    let mut further = Vec::new();
    for sentence in &text.sentences {
        let mut at = sentence.start;
        while at < sentence.end {
            let start = text.tokens[at].start;
            let found = names
                .at(&text.source[start..])
                .find(|(form, _)| text.ends_word(start + form.len()));
            let Some((form, owner)) = found else {
                at += 1;
                continue;
            };
            let end = start + form.len();
            if is_free(covered, start, end) {
                further.push((*owner, mention(start, end, "repeated")));
            }
            at = text.token_at(end - 1) + 1;
        }
    }
    for (owner, place) in further {
        let entity = &mut entities[owner];
        let form = &text.source[place.span.range()];
        if entity.name != form && !entity.aliases.iter().any(|one| one == form) {
            entity.aliases.push(form.to_owned());
            entity.aliases.sort();
        }
        entity.mentions.push(place);
    }
}

/// The forms that are looked for again, by their first character, the longest first.
struct Names(FxHashMap<char, Vec<(String, usize)>>);

impl Names {
    fn of(entities: &[Entity]) -> Self {
        let mut names: FxHashMap<char, Vec<(String, usize)>> = FxHashMap::default();
        let mut add = |form: &str, owner: usize| {
            if let Some(first) = form.chars().next().filter(|_| length(form) >= 2) {
                names
                    .entry(first)
                    .or_default()
                    .push((form.to_owned(), owner));
            }
        };
        for (at, entity) in entities.iter().enumerate() {
            if entity.label == Label::Cluster || is_region(entity.label) && !is_coined(entity) {
                continue;
            }
            for form in std::iter::once(&entity.name).chain(&entity.aliases) {
                add(form, at);
                if let Some(short) = subsidiary(form) {
                    add(&short, at);
                }
                if is_region(entity.label)
                    && let Some(short) = short_form(form)
                {
                    add(short, at);
                }
            }
        }
        for forms in names.values_mut() {
            forms.sort_by_key(|(form, owner)| (std::cmp::Reverse(form.len()), *owner));
        }
        Self(names)
    }

    /// The forms with which a text begins.
    fn at<'a>(&'a self, text: &'a str) -> impl Iterator<Item = &'a (String, usize)> + 'a {
        let first = text.chars().next();
        let forms = first.and_then(|first| self.0.get(&first));
        let forms = forms.into_iter().flatten();
        forms.filter(move |(form, _)| text.starts_with(form.as_str()))
    }
}

/// What a firm with its place in brackets is called for short: 乙市甲山 for 甲山电器(乙市)有限公司.
fn subsidiary(form: &str) -> Option<String> {
    let (firm, rest) = form.split_once('(')?;
    let (place, kind) = rest.split_once(')')?;
    let short: String = firm.chars().take(2).collect();
    let is_firm = kind.ends_with("公司") && length(place) <= 4 && length(firm) >= 2;
    is_firm.then(|| format!("{}{short}", short_form(place).unwrap_or(place)))
}

/// Whether a city or district is known by its form only: 甲山市 that no lexicon has.
fn is_coined(entity: &Entity) -> bool {
    matches!(entity.label, Label::City | Label::District)
        && entity
            .mentions
            .iter()
            .all(|mention| &*mention.rule == "head")
}

/// Words that point back to what was named last, and what that may be.
const POINTERS: [(&str, &[Label]); 21] = [
    ("该公司", &[Label::Enterprise]),
    ("该企业", &[Label::Enterprise]),
    ("该集团", &[Label::Enterprise]),
    ("该厂", &[Label::Enterprise]),
    ("这家公司", &[Label::Enterprise]),
    ("这家企业", &[Label::Enterprise]),
    ("该园区", &[Label::Park, Label::Zone]),
    ("该产业园", &[Label::Park]),
    ("该园", &[Label::Park]),
    ("该项目", &[Label::Facility, Label::Park]),
    ("该基地", &[Label::Park, Label::Facility]),
    ("该院", &[Label::Organization]),
    ("该所", &[Label::Organization]),
    ("该校", &[Label::Organization]),
    ("该局", &[Label::Organization]),
    ("该中心", &[Label::Organization]),
    ("该协会", &[Label::Organization]),
    ("该联盟", &[Label::Organization]),
    ("该平台", &[Label::Organization]),
    ("该基金", &[Label::Fund]),
    ("该开发区", &[Label::Zone]),
];

/// Takes in 该公司 and its like: what was named last, in the sentence or the two before it.
fn pointed(text: &Text<'_>, covered: &[(usize, usize)], entities: &mut [Entity]) {
    for (place, sentence) in text.sentences.iter().enumerate() {
        let Some(floor) = text.sentences[place.saturating_sub(2)..=place]
            .iter()
            .find(|near| !near.is_empty())
            .map(|near| text.tokens[near.start].start)
        else {
            continue;
        };
        for at in sentence.clone() {
            let start = text.tokens[at].start;
            let rest = &text.source[start..];
            if !rest.starts_with(['该', '这']) {
                continue;
            }
            let pointer = POINTERS.iter().find(|(word, _)| rest.starts_with(word));
            let Some((word, labels)) = pointer else {
                continue;
            };
            let end = start + word.len();
            if !is_free(covered, start, end) {
                continue;
            }
            let Some(owner) = named_last(entities, labels, floor..start) else {
                continue;
            };
            entities[owner]
                .mentions
                .push(mention(start, end, "pointed"));
            if !entities[owner].aliases.iter().any(|alias| alias == word) {
                entities[owner].aliases.push((*word).to_owned());
                entities[owner].aliases.sort();
            }
        }
    }
}

/// The entity of one of the labels that is named last between two places.
fn named_last(
    entities: &[Entity],
    labels: &[Label],
    between: std::ops::Range<usize>,
) -> Option<usize> {
    let last = |&one: &usize| {
        let mentions = entities[one].mentions.iter();
        let starts = mentions.map(|mention| mention.span.range().start);
        starts.filter(|start| between.contains(start)).max()
    };
    let fitting = (0..entities.len()).filter(|&one| labels.contains(&entities[one].label));
    fitting.filter(|one| last(one).is_some()).max_by_key(last)
}

/// Words that mean the city, district or province that the article is about.
const REGIONAL: [(&str, &[Label]); 19] = [
    ("自治区", &[Label::Province]),
    ("全市", &[Label::City]),
    ("我市", &[Label::City]),
    ("该市", &[Label::City]),
    ("本市", &[Label::City]),
    ("全省", &[Label::Province]),
    ("我省", &[Label::Province]),
    ("该省", &[Label::Province]),
    ("本省", &[Label::Province]),
    ("全区", &[Label::District, Label::Zone]),
    ("我区", &[Label::District, Label::Zone]),
    ("该区", &[Label::District, Label::Zone]),
    ("本区", &[Label::District, Label::Zone]),
    ("全县", &[Label::District]),
    ("我县", &[Label::District]),
    ("该县", &[Label::District]),
    ("区管委会", &[Label::Zone]),
    ("市委市政府", &[Label::City]),
    ("区委区政府", &[Label::District]),
];

/// Takes in 全市, 该区 and their like: the region of the kind that the article is about, else the one named last.
fn regional(text: &Text<'_>, covered: &[(usize, usize)], entities: &mut [Entity]) {
    const OPENING: [char; 7] = ['全', '我', '该', '本', '区', '市', '自'];
    for sentence in &text.sentences {
        for at in sentence.clone() {
            let start = text.tokens[at].start;
            let rest = &text.source[start..];
            if !rest.starts_with(OPENING) {
                continue;
            }
            let word = REGIONAL.iter().find(|(word, _)| rest.starts_with(word));
            let Some((word, labels)) = word else { continue };
            let end = start + word.len();
            if !is_free(covered, start, end) {
                continue;
            }
            if let Some(owner) = region_meant(entities, word, labels, start) {
                entities[owner]
                    .mentions
                    .push(mention(start, end, "regional"));
                if !entities[owner].aliases.iter().any(|alias| alias == word) {
                    entities[owner].aliases.push((*word).to_owned());
                    entities[owner].aliases.sort();
                }
            }
        }
    }
}

/// The region that a word for one means at a place.
fn region_meant(entities: &[Entity], word: &str, labels: &[Label], at: usize) -> Option<usize> {
    /// How many times as often as any other the article names the region that it is about.
    const PRINCIPAL: usize = 2;
    const AUTONOMOUS: [&str; 5] = ["内蒙古", "广西", "西藏", "宁夏", "新疆"];
    let fits = |entity: &Entity| {
        // 我市 of a city below the county's rank.
        let is_small_city =
            word.ends_with('市') && entity.label == Label::District && entity.name.ends_with('市');
        (labels.contains(&entity.label) || is_small_city)
            && (!word.ends_with('县') || entity.name.ends_with('县'))
            && !entity.name.ends_with(['镇', '乡'])
            && !entity.name.ends_with("街道")
            && (word != "自治区" || AUTONOMOUS.iter().any(|name| entity.name.starts_with(name)))
    };
    let own = |entity: &Entity| {
        let mentions = entity.mentions.iter();
        mentions
            .filter(|mention| &*mention.rule != "regional")
            .count()
    };
    let candidates = || (0..entities.len()).filter(|&one| fits(&entities[one]));
    let main = candidates().max_by_key(|&one| (own(&entities[one]), std::cmp::Reverse(one)))?;
    let is_principal = candidates()
        .filter(|&one| one != main)
        .all(|one| own(&entities[one]) * PRINCIPAL <= own(&entities[main]));
    // 该区 points back; 全区 is of the region that the article is about.
    if is_principal && !word.starts_with('该') {
        return Some(main);
    }
    let before = |&one: &usize| {
        let mentions = entities[one].mentions.iter();
        let ends = mentions.map(|mention| mention.span.range().end);
        ends.filter(|end| *end <= at).max()
    };
    let last = candidates().filter(|one| before(one).is_some());
    last.max_by_key(before).or(is_principal.then_some(main))
}
