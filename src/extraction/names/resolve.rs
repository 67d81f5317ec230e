//! One entity for many names.

use rustc_hash::{FxHashMap, FxHashSet};

use super::regions::Regions;
use super::text::{Found, Text, length};
use crate::extraction::lexicon::short_form;
use crate::extraction::{Entity, Label, Mention};
use crate::source::Span;

/// Which entity a name belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Key {
    Division(u32),
    Name(Label, String),
}

/// Drops names that only stand inside others; regions and clusters may.
pub(super) fn choose(text: &str, mut found: Vec<Found>) -> Vec<Found> {
    found.sort_by_key(|one| (one.start, usize::MAX - one.end, rank(one)));
    let mut chosen: Vec<Found> = Vec::with_capacity(found.len());
    let mut inner: Vec<Found> = Vec::new();
    for one in found {
        let outside = chosen.last().is_none_or(|last| one.start >= last.end);
        if outside {
            if one.rule != WITHIN {
                chosen.push(one);
            }
            continue;
        }
        let Some(last) = chosen.last() else { continue };
        if one.end <= last.end
            && (one.start, one.end) != (last.start, last.end)
            && (one.label != last.label || one.label == Label::Zone && one.start == last.start)
            && may_stand_inside(text, &one, last)
        {
            inner.push(one);
        }
    }
    chosen.extend(inner);
    chosen.sort_by_key(|one| (one.start, usize::MAX - one.end));
    chosen
}

/// The rule of what is found only inside another name.
pub(super) const WITHIN: &str = "within";

fn rank(one: &Found) -> u8 {
    match one.rule {
        "title" => 0,
        "lexicon" | "division" => 1,
        "quotation" => 2,
        "governed" | "head" | "opened" | "office" => 3,
        _ => 4,
    }
}

/// Facilities whose name says for which industry they are.
const PROVING_GROUNDS: [&str; 7] = [
    "生产基地",
    "测试场",
    "测试区",
    "测试基地",
    "试验场",
    "示范基地",
    "示范平台",
];

/// A region may; an industry where the outer name is one of a park, a policy, an alliance …, not of a laboratory or a firm.
fn may_stand_inside(text: &str, inner: &Found, outer: &Found) -> bool {
    if is_region(inner.label) {
        return true;
    }
    let name = &text[outer.start..outer.end];
    if inner.label == Label::Organization {
        // The body that a title begins with issued it.
        return outer.label == Label::Policy && text[inner.end..outer.end].starts_with("关于");
    }
    if inner.label == Label::Enterprise {
        // The firm that the name of its site begins with.
        return inner.start == outer.start
            && matches!(
                outer.label,
                Label::Park | Label::Facility | Label::Organization | Label::Fund
            );
    }
    let behind = &text[inner.end..outer.end];
    inner.label == Label::Cluster
        && match outer.label {
            Label::Park | Label::Policy | Label::Fund | Label::Event | Label::Zone => true,
            Label::Facility => PROVING_GROUNDS.iter().any(|end| name.ends_with(end)),
            Label::Organization => {
                behind.starts_with("产业")
                    || text[inner.start..inner.end].ends_with("产业")
                    || name.ends_with("协会")
                    || name.ends_with("联盟")
            }
            _ => false,
        }
}

pub(super) fn is_region(label: Label) -> bool {
    matches!(
        label,
        Label::Province | Label::City | Label::District | Label::Zone
    )
}

/// The entities that the places name, and which of them lie in which by the lexicon.
pub(super) fn entities(text: &Text<'_>, regions: &Regions, chosen: &[Found]) -> Named {
    let mut groups: Vec<Group> = Vec::new();
    let mut places: FxHashMap<Key, usize> = FxHashMap::default();
    let mut end = 0;
    for one in chosen {
        let inside = one.end <= end;
        end = end.max(one.end);
        let surface = &text.source[one.start..one.end];
        let (key, name) = key(text, regions, one, surface);
        let division = match key {
            Key::Division(division) => Some(division),
            Key::Name(..) => None,
        };
        let at = *places.entry(key).or_insert_with(|| {
            groups.push(Group::new(one.label, division));
            groups.len() - 1
        });
        groups[at].add(one, surface, name, inside);
    }
    merge_introduced(text.source, &mut groups);
    merge_prefixed(&mut groups);
    merge_shortened(&mut groups);
    merge_coded(&mut groups);
    merge_bare(&mut groups);
    merge_trades(&mut groups);
    let mut named = Named::default();
    let mut divisions = Vec::new();
    for group in groups {
        let division = group.division;
        if let Some(entity) = group.entity() {
            named.entities.push(entity);
            divisions.push(division);
        }
    }
    named.nested = nested(text, &divisions);
    named
}

/// Which entities lie in which others: the narrowest that the article names.
fn nested(text: &Text<'_>, divisions: &[Option<u32>]) -> Vec<(usize, usize)> {
    let around = |division: u32| {
        let parent = text.lexicon.division(division).parent?;
        u32::try_from(parent).ok()
    };
    let mut out = Vec::new();
    for (inner, division) in divisions.iter().enumerate() {
        let mut parent = division.and_then(around);
        while let Some(one) = parent {
            if let Some(outer) = divisions.iter().position(|other| *other == Some(one)) {
                out.push((inner, outer));
                break;
            }
            parent = around(one);
        }
    }
    out
}

/// What an article names.
#[derive(Debug, Default)]
pub(in crate::extraction) struct Named {
    /// The entities in the order of their first mention.
    pub(in crate::extraction) entities: Vec<Entity>,
    /// Pairs of them of which the first lies in the second by the lexicon.
    pub(in crate::extraction) nested: Vec<(usize, usize)>,
}

/// The names of one entity.
struct Group {
    label: Label,
    division: Option<u32>,
    /// Each form, and whether it stands on its own somewhere.
    forms: Vec<(String, bool)>,
    mentions: Vec<Mention>,
}

impl Group {
    fn new(label: Label, division: Option<u32>) -> Self {
        Self {
            label,
            division,
            forms: Vec::new(),
            mentions: Vec::new(),
        }
    }

    fn add(&mut self, one: &Found, surface: &str, name: String, inside: bool) {
        let mut forms = vec![name, plain(surface).to_owned()];
        if let Some((place, national)) = plain(surface).split_once("国家")
            && !place.is_empty()
            && matches!(self.label, Label::Park | Label::Organization | Label::Zone)
        {
            forms.push(format!("国家{national}"));
        }
        if self.label == Label::Cluster
            && let Some(rest) = plain(surface).strip_suffix("集群")
            && !rest.ends_with("产业")
            && length(rest) > 1
        {
            forms.push(rest.to_owned());
        }
        if self.label == Label::Event
            && let Some((which, rest)) = plain(surface).split_once('届')
            && (which.starts_with('第') || which == "首")
        {
            forms.push(rest.to_owned());
        }
        if self.label == Label::Event
            && let Some((year, rest)) = plain(surface).split_once('年')
            && year.len() == 4
            && year.bytes().all(|byte| byte.is_ascii_digit())
        {
            forms.push(rest.to_owned());
        }
        if let Some(code) =
            code_of(surface).filter(|_| matches!(self.label, Label::Cluster | Label::Policy))
        {
            forms.push(format!("“{code}”"));
        }
        for form in forms {
            match self.forms.iter_mut().find(|known| known.0 == form) {
                Some(known) => known.1 |= !inside,
                None => self.forms.push((form, !inside)),
            }
        }
        self.mentions.push(Mention {
            span: Span::new(one.start, one.end),
            rule: one.rule.into(),
        });
    }

    /// Takes in the names of another group.
    fn take(&mut self, other: Self) {
        for form in other.forms {
            if !self.forms.iter().any(|known| known.0 == form.0) {
                self.forms.push(form);
            }
        }
        self.mentions.extend(other.mentions);
        self.mentions.sort_by_key(|mention| mention.span);
    }

    fn entity(self) -> Option<Entity> {
        // 甲 of 甲产业园 says no more of a district than 甲市 of 甲市产业园 of the city.
        let is_shortened = self.label == Label::District
            && self.division.is_some()
            && !self.forms.iter().any(|form| short_form(&form.0).is_some());
        if (is_shortened || matches!(self.label, Label::Province | Label::City))
            && !self.forms.iter().any(|form| form.1)
        {
            return None;
        }
        let alone = self.forms.iter().any(|form| form.1);
        let own = |form: &&(String, bool)| form.1 || !alone;
        let fullest = self.forms.iter().filter(own).max_by_key(|form| {
            (
                rank_of_form(self.label, &form.0),
                std::cmp::Reverse(form.0.clone()),
            )
        })?;
        let name = fullest.0.clone();
        let mut aliases: Vec<String> = self
            .forms
            .into_iter()
            .map(|form| form.0)
            .filter(|form| *form != name && !form.is_empty())
            .collect();
        aliases.sort();
        aliases.dedup();
        Some(Entity {
            label: self.label,
            name,
            aliases,
            code: None,
            mentions: self.mentions,
        })
    }
}

/// How good a form is as the canonical one.
fn rank_of_form(label: Label, form: &str) -> usize {
    if label == Label::Cluster {
        // A cluster is known by its name without the word for 产业.
        return usize::from(form == cluster_name(form)) * 100 + length(form);
    }
    length(form)
}

fn key(text: &Text<'_>, regions: &Regions, one: &Found, surface: &str) -> (Key, String) {
    let surface = plain(surface);
    if one.rule == "division"
        && let Some(division) = regions.division(text.token_at(one.end - 1))
    {
        return (Key::Division(division), surface.to_owned());
    }
    let name = if one.label == Label::Cluster && one.rule != "quotation" {
        cluster_name(surface)
    } else {
        surface
    };
    let government = if one.label == Label::Organization {
        name.strip_suffix("人民政府")
    } else {
        None
    };
    if let Some(place) = government {
        return (
            Key::Name(Label::Organization, format!("{place}政府")),
            name.to_owned(),
        );
    }
    let name = if matches!(one.label, Label::Facility | Label::Park) {
        without_phase(name)
    } else {
        name
    };
    let folded: String = name
        .chars()
        .filter(|c| !matches!(c, '“' | '”' | '"' | ' ' | '及' | '和' | '与'))
        .collect();
    let label = if is_region(one.label) {
        Label::Zone
    } else {
        one.label
    };
    (Key::Name(label, folded), name.to_owned())
}

/// A line or a plant without its phase, a line without what kind of line it is.
fn without_phase(name: &str) -> &str {
    const PHASES: [&str; 10] = [
        "(一期)", "(二期)", "(三期)", "(四期)", "一期", "二期", "三期", "四期", "五期", "六期",
    ];
    let name = PHASES
        .iter()
        .find_map(|phase| name.strip_suffix(phase))
        .unwrap_or(name);
    if !name.contains("号线") {
        return name;
    }
    ["轨道交通", "轨道", "地铁", "轻轨"]
        .iter()
        .find_map(|kind| name.strip_prefix(kind))
        .unwrap_or(name)
}

/// A surface without the marks around the whole of it.
fn plain(surface: &str) -> &str {
    if let Some(inner) = surface
        .strip_prefix('《')
        .and_then(|rest| rest.strip_suffix('》'))
    {
        return inner;
    }
    if let Some(inner) = surface
        .strip_prefix('“')
        .and_then(|rest| rest.strip_suffix('”'))
        && !inner.contains('“')
    {
        return inner;
    }
    surface
}

/// A cluster's name without 产业 or 产业集群, where what is left still names an industry.
fn cluster_name(surface: &str) -> &str {
    const KEPT: [&str; 9] = [
        "文化",
        "体育",
        "健康",
        "生物",
        "未来",
        "新兴",
        "战略性新兴",
        "数字",
        "创意",
    ];
    let trade = surface.strip_suffix("集群").unwrap_or_default();
    if trade.ends_with('业') && !trade.ends_with("产业") {
        return trade;
    }
    for end in ["产业集群", "产业"] {
        if let Some(rest) = surface.strip_suffix(end) {
            if end == "产业集群" && (rest.ends_with("产业") || rest.ends_with('业')) {
                return rest;
            }
            let kept = KEPT.contains(&rest)
                || length(rest) < 2
                || rest.ends_with('”')
                || rest.ends_with("技术");
            if kept && end == "产业集群" && length(rest) >= 2 && !rest.ends_with('”') {
                return &surface[..rest.len() + "产业".len()];
            }
            return if kept { surface } else { rest };
        }
    }
    surface
}

/// A short name that the text introduces is no thing of its own: 甲产业投资基金(下称“乙基金”).
fn merge_introduced(source: &str, groups: &mut Vec<Group>) {
    let mut at = 0;
    while at < groups.len() {
        let mut ends = groups[at].mentions.iter().map(|one| one.span.range().end);
        let short = ends.find_map(|end| super::repeats::introduced_behind(source, end));
        let other = short.and_then(|short| {
            (0..groups.len()).find(|&other| {
                other != at
                    && groups[other].label == groups[at].label
                    && groups[other].forms.iter().any(|form| form.0 == short)
            })
        });
        if let Some(other) = other {
            let group = groups.remove(other);
            at -= usize::from(other < at);
            groups[at].take(group);
        }
        at += 1;
    }
}

/// A name that leaves out words of another one's middle means the same: 甲山园区 for 甲山精密机械园区.
fn merge_shortened(groups: &mut Vec<Group>) {
    let mut at = 0;
    while at < groups.len() {
        let mut fuller = (0..groups.len()).filter(|&other| {
            other != at
                && groups[other].label == groups[at].label
                && is_shortened(&groups[other], &groups[at])
        });
        let target = fuller.next().filter(|_| fuller.next().is_none());
        if let Some(target) = target {
            let group = groups.remove(at);
            let target = if target > at { target - 1 } else { target };
            groups[target].take(group);
        } else {
            at += 1;
        }
    }
}

/// Whether a form of the longer is one of the shorter with more in its middle, or a firm's with the word for its kind.
fn is_shortened(longer: &Group, shorter: &Group) -> bool {
    let fits = match longer.label {
        Label::Park | Label::Zone => leaves_out_middle,
        Label::Enterprise => leaves_out_kind,
        _ => return false,
    };
    shorter
        .forms
        .iter()
        .any(|short| longer.forms.iter().any(|long| fits(&long.0, &short.0)))
}

/// 临江经济开发区 for 临江经济技术开发区: the same beginning and end, and nothing of its own between.
fn leaves_out_middle(long: &str, short: &str) -> bool {
    const EDGE: usize = 2;
    let (long, short): (Vec<char>, Vec<char>) = (long.chars().collect(), short.chars().collect());
    if short.len() < EDGE * 2 || long.len() <= short.len() {
        return false;
    }
    // 综保区 for 综合保税区: only its last character stays.
    let is_folded = short.ends_with(&['综', '保', '区']);
    let end = if is_folded { 1 } else { EDGE };
    let same_edges =
        long[..EDGE] == short[..EDGE] && long[long.len() - end..] == short[short.len() - end..];
    let mut rest = long.iter();
    same_edges && short.iter().all(|c| rest.any(|other| other == c))
}

/// 甲集团 for 甲工业集团, 甲公司 and 甲 for 甲集团.
fn leaves_out_kind(long: &str, short: &str) -> bool {
    const KINDS: [&str; 12] = [
        "集团股份有限公司",
        "股份有限公司",
        "集团有限公司",
        "有限责任公司",
        "科技有限公司",
        "有限公司",
        "集团公司",
        "集团",
        "公司",
        "股份",
        "控股",
        "",
    ];
    let stem = |name: &str| {
        let kind = KINDS.iter().find(|kind| name.ends_with(**kind));
        kind.map_or(name.len(), |kind| name.len() - kind.len())
    };
    let (long_stem, short_stem) = (&long[..stem(long)], &short[..stem(short)]);
    let is_named = length(short_stem) >= 2 && short.len() > short_stem.len();
    long != short
        && (long_stem == short_stem && length(short_stem) >= 2
            || is_named && long_stem.starts_with(short_stem) && leaves_out_middle(long, short))
}

/// A head on its own means the only thing whose name it closes, and nothing where there are several.
fn merge_bare(groups: &mut Vec<Group>) {
    let mut at = 0;
    while at < groups.len() {
        let is_bare = groups[at]
            .mentions
            .iter()
            .all(|mention| &*mention.rule == "bare");
        if !is_bare {
            at += 1;
            continue;
        }
        let form = groups[at].forms[0].0.clone();
        let fuller: Vec<usize> = (0..groups.len())
            .filter(|&other| {
                other != at
                    && same_kind(groups[other].label, groups[at].label)
                    && groups[other].forms.iter().any(|one| {
                        let years = one.0.rsplit_once('(').map_or("", |(before, _)| before);
                        one.0.ends_with(&form) || years.ends_with(&form)
                    })
            })
            .collect();
        let few = !matches!(
            form.as_str(),
            "高新区" | "大湾区" | "湾区" | "经开区" | "自贸区"
        ) && groups[at].mentions.len() < 3;
        let last = fuller
            .last()
            .copied()
            .filter(|_| groups[at].label == Label::Policy);
        let only = fuller.first().copied().filter(|_| fuller.len() == 1);
        match last.or(only).as_slice() {
            [one] => {
                let group = groups.remove(at);
                let target = if *one > at { *one - 1 } else { *one };
                groups[target].take(group);
            }
            [] if !few && fuller.is_empty() => at += 1,
            _ => {
                groups.remove(at);
            }
        }
    }
}

fn same_kind(a: Label, b: Label) -> bool {
    a == b || is_region(a) && is_region(b)
}

/// “6+3” is one bundle, whatever stands behind it.
fn merge_coded(groups: &mut Vec<Group>) {
    let code = |group: &Group| {
        group
            .forms
            .iter()
            .find_map(|form| code_of(&form.0).map(str::to_owned))
    };
    let mut at = 0;
    while at < groups.len() {
        let own = code(&groups[at]);
        let target = own.and_then(|own| {
            (0..at).find(|&other| {
                groups[other].label == groups[at].label
                    && code(&groups[other]).as_ref() == Some(&own)
            })
        });
        if let Some(target) = target {
            let group = groups.remove(at);
            groups[target].take(group);
        } else {
            at += 1;
        }
    }
}

/// The code in a name: “6+3”.
fn code_of(name: &str) -> Option<&str> {
    let (_, rest) = name.split_once('“')?;
    let (code, _) = rest.split_once('”')?;
    (code.contains('+') && code.chars().all(|c| c.is_ascii_digit() || c == '+')).then_some(code)
}

/// 先进制造 is 先进制造业, and 软信 is 软信行业, where the text has both.
fn merge_trades(groups: &mut Vec<Group>) {
    let mut at = 0;
    while at < groups.len() {
        let own = groups[at]
            .forms
            .first()
            .filter(|_| groups[at].label == Label::Cluster);
        let target = own.and_then(|own| {
            let full = [format!("{}业", own.0), format!("{}行业", own.0)];
            groups.iter().position(|other| {
                other.label == Label::Cluster
                    && other.forms.iter().any(|form| full.contains(&form.0))
            })
        });
        match target {
            Some(target) if target != at => {
                let group = groups.remove(at);
                let target = if target > at { target - 1 } else { target };
                groups[target].take(group);
            }
            _ => at += 1,
        }
    }
}

/// One entity for a name with its region or firm before it and without.
fn merge_prefixed(groups: &mut Vec<Group>) {
    let firms: FxHashSet<String> = groups
        .iter()
        .filter(|group| group.label == Label::Enterprise)
        .flat_map(|group| group.forms.iter().map(|form| form.0.clone()))
        .collect();
    let mut at = 0;
    while at < groups.len() {
        let target = (0..groups.len()).find(|&other| {
            other != at
                && groups[other].label == groups[at].label
                && is_prefixed(&firms, &groups[other], &groups[at])
        });
        if let Some(target) = target {
            let group = groups.remove(at);
            let target = if target > at { target - 1 } else { target };
            groups[target].take(group);
        } else {
            at += 1;
        }
    }
}

/// Whether a form of the longer is one of the shorter with a region or a firm before it.
fn is_prefixed(firms: &FxHashSet<String>, longer: &Group, shorter: &Group) -> bool {
    if longer.label == Label::Cluster || longer.label == Label::Person {
        return false;
    }
    shorter.forms.iter().any(|short| {
        let line = short.0.ends_with("号线");
        length(&short.0)
            >= if line || is_region(longer.label) {
                3
            } else {
                4
            }
            && longer.forms.iter().any(|long| {
                long.0.strip_suffix(short.0.as_str()).is_some_and(|prefix| {
                    // 2026甲市大会 is 甲市大会, and that is 大会.
                    let prefix = prefix.trim_start_matches(|c: char| c.is_ascii_digit());
                    let prefix = prefix.strip_prefix('年').unwrap_or(prefix);
                    let prefix = ["轨道交通", "地铁", "轨道", "轻轨"]
                        .iter()
                        .find_map(|kind| prefix.strip_suffix(kind))
                        .unwrap_or(prefix);
                    !prefix.is_empty()
                        && (short_form(prefix).is_some()
                            || length(prefix) <= 3
                            || prefix.ends_with('届')
                            || longer.label == Label::Event && length(&short.0) >= 6
                            || firms.contains(prefix))
                })
            })
    })
}
