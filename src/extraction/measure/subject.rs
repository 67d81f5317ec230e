//! What a figure is said of.

use std::sync::LazyLock;

use super::affix::Affixes;
use super::quantity::Kind;
use super::reader::{Figure, Reader};
use super::unit::Dimension;
use crate::extraction::Label;
use crate::extraction::relate::{TokenKind, is_joined};
use crate::extraction::scene::Labels;

/// Labels of what may be measured.
pub(super) const MEASURED: Labels = Labels::REGIONS.or(Labels::of(&[
    Label::Enterprise,
    Label::Park,
    Label::Facility,
    Label::Fund,
    Label::Organization,
    Label::Event,
]));
/// Labels of what has an area of its own.
const BUILT: Labels = Labels::of(&[Label::Park, Label::Facility, Label::Zone]);
const SITES: Labels = Labels::of(&[Label::Park, Label::Zone]);
const PROJECTS: Labels = Labels::of(&[Label::Park, Label::Facility]);
/// Those in whose name bodies act: a region's government, a fair's committee.
const ACTED_FOR: Labels = Labels::REGIONS.or(SITES).or(EVENTS);
const FIRMS: Labels = Labels::of(&[Label::Enterprise]);
const FUNDS: Labels = Labels::of(&[Label::Fund]);
/// How many sentences a word that points back looks back.
const REACH: usize = 4;
/// Labels of what a figure may describe from before.
const DESCRIBED: Labels =
    Labels::of(&[Label::Park, Label::Facility, Label::Fund, Label::Enterprise]);
const EVENTS: Labels = Labels::of(&[Label::Event]);
/// How many bytes may lie between a name and a figure that is said of it whatever else the clause is about.
const BESIDE: usize = 9;
/// How many bytes may describe a thing between its figure and its name: 投资15亿元的甲项目.
const ATTRIBUTE: usize = 21;

/// What those do whom an event's figure counts.
static TAKES_PART: LazyLock<Affixes> = LazyLock::new(|| {
    Affixes::heads(&[
        "参加",
        "出席",
        "参会",
        "亮相",
        "参展",
        "到场",
        "齐聚",
        "对接交流",
        "嘉宾",
    ])
});

/// What only an event has: what is signed, shown and who comes.
const OF_EVENT: [&str; 10] = [
    "展示面积",
    "展位",
    "参展",
    "参会",
    "展商",
    "客商",
    "进馆",
    "观众",
    "成交",
    "展览面积",
];
/// What regions, sites and firms have, and no event or office.
const OF_ECONOMY: [&str; 14] = [
    "产值",
    "总值",
    "增加值",
    "收入",
    "产量",
    "进出口",
    "GDP",
    "利润",
    "固定资产",
    "产能",
    "营业额",
    "贸易总额",
    "厂商数",
    "员工数",
];
/// Those who only tell of it.
const TELLERS: Labels = Labels::of(&[Label::Event, Label::Organization]);
/// Words that point back to something named before, and what they may point to.
const POINTING: [(&str, Labels); 27] = [
    ("该园区", SITES),
    ("园区", SITES),
    ("该产业园", SITES),
    ("产业园", SITES),
    ("该基地", SITES),
    ("基地", SITES),
    ("集中区", SITES),
    ("开发区", SITES),
    ("高新区", SITES),
    ("该项目", PROJECTS),
    ("项目", PROJECTS),
    ("工程", PROJECTS),
    ("投产后", PROJECTS),
    ("建成后", PROJECTS),
    ("达产后", PROJECTS),
    ("全部建成", PROJECTS),
    ("该公司", FIRMS),
    ("公司", FIRMS),
    ("该企业", FIRMS),
    ("集团", FIRMS),
    ("该基金", FUNDS),
    ("基金", FUNDS),
    ("该局", Labels::of(&[Label::Organization])),
    ("大会", EVENTS),
    ("展会", EVENTS),
    ("组委会", EVENTS),
    ("本届", EVENTS),
];

/// Words before a place that only say where something is.
const LOCATING: [&str; 14] = [
    "在", "于", "落户", "入驻", "落地", "进驻", "落子", "与", "和", "同", "向", "对", "从", "选址",
];

/// What a clause points back to, if its first word does; `is_own` is the clause of the figure itself.
fn pointing(clause: &str, is_own: bool) -> Option<Labels> {
    let is_sign = |c: char| !c.is_alphanumeric();
    let clause = clause.trim_start_matches(is_sign);
    let clause = ["目前", "其中", "据悉", "据了解"]
        .iter()
        .find_map(|word| clause.strip_prefix(word))
        .unwrap_or(clause)
        .trim_start_matches(is_sign);
    let (word, labels) = POINTING.iter().find(|(word, _)| clause.starts_with(word))?;
    let behind = &clause[word.len()..];
    // 项目20个, 园区数 count what the word names.
    let counts =
        behind.is_empty() || behind.starts_with(['数', '共', '有', '达', '、', '和', '内']);
    (!is_own || !counts).then_some(*labels)
}

/// What a figure is said of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Subject {
    /// Its position among the places.
    pub place: usize,
    /// Whether an earlier sentence named it.
    pub is_carried: bool,
}

impl Reader<'_> {
    /// What is measured.
    pub(super) fn subject(&self, figure: &Figure<'_>, named: &str) -> Option<Subject> {
        let at = figure.start;
        let listed = self.listed(figure);
        #[expect(clippy::cast_precision_loss, reason = "a row has few members")]
        let missing = figure.quantity.value - listed as f64;
        if listed > 1 && missing.abs() < 0.5 {
            return None; // it only counts the row
        }
        if let Some(place) = self.described(figure) {
            return Some(Subject {
                place,
                is_carried: false,
            });
        }
        let found = self
            .of_market(figure, named)
            .or_else(|| self.of_event(figure, named))
            .or_else(|| self.pointed_at(figure))
            .or_else(|| self.of_site(figure, named))
            .or_else(|| self.beside(figure))
            .or_else(|| self.of_topic(figure, named))?;
        // What the text has not named yet is no subject.
        (self.scene.places[found.place].start < at).then_some(found)
    }

    /// The industry whose market it is: 低空经济市场规模.
    fn of_market(&self, figure: &Figure<'_>, named: &str) -> Option<Subject> {
        if !named.contains("市场规模") && !named.contains("市场空间") {
            return None;
        }
        let first = self.tokens.sentences[figure.sentence].start;
        let in_clause = self.tokens.all[first..self.token(figure)]
            .iter()
            .rev()
            .take_while(|token| !matches!(token.kind, TokenKind::Break { .. }));
        let place = in_clause.filter_map(|token| match token.kind {
            TokenKind::Place(place) if self.scene.label(place) == Label::Cluster => Some(place),
            _ => None,
        });
        Some(Subject {
            place: place.last()?,
            is_carried: false,
        })
    }

    /// The token at which a figure stands, or the next one.
    fn token(&self, figure: &Figure<'_>) -> usize {
        let range = self.tokens.sentences[figure.sentence].clone();
        let tokens = &self.tokens.all[range.clone()];
        range.start + tokens.partition_point(|token| token.start < figure.start)
    }

    /// The topic of some labels that is in force at a figure.
    fn in_force(&self, figure: &Figure<'_>, labels: Labels) -> Option<Subject> {
        let token = self.token(figure);
        let (places, is_carried) = self.topics.at(self.scene, self.tokens, token, labels);
        // 甲、乙分别有3家和5家: each has its own.
        let own = figure.row.filter(|(_, of)| *of == places.len());
        let place = *own.map_or(places.last(), |(at, _)| places.get(at))?;
        Some(Subject { place, is_carried })
    }

    /// The same whatever else the clause is about.
    fn around(&self, figure: &Figure<'_>, labels: Labels) -> Option<Subject> {
        let token = self.token(figure);
        let (places, is_carried) = self.topics.around(self.scene, self.tokens, token, labels);
        let place = *places.last()?;
        Some(Subject { place, is_carried })
    }

    /// How many names of a row stand right before a figure: 甲、乙、丙等3家.
    fn listed(&self, figure: &Figure<'_>) -> usize {
        let first = self.tokens.sentences[figure.sentence].start;
        let mut end = figure.start;
        let mut count = 0;
        for token in self.tokens.all[first..self.token(figure)].iter().rev() {
            let gap = self.scene.text.get(token.end..end).unwrap_or_default();
            let is_joined = match count {
                0 => gap.len() <= BESIDE,
                _ => is_joined(gap),
            };
            if !is_joined || !matches!(token.kind, TokenKind::Place(_)) {
                break;
            }
            count += 1;
            end = token.start;
        }
        count
    }

    /// The event whose figure it is.
    fn of_event(&self, figure: &Figure<'_>, named: &str) -> Option<Subject> {
        let takes_part = TAKES_PART.first_in(figure.right).is_some();
        let is_shown = OF_EVENT.iter().any(|word| named.contains(word));
        if !takes_part && !is_shown && !figure.right.contains("签约") && !named.contains("签约")
        {
            return None;
        }
        let found = self.in_force(figure, EVENTS)?;
        let is_of_region = self.in_force(figure, Labels::REGIONS.or(SITES));
        if !takes_part && !is_shown && is_of_region.is_some_and(|region| !region.is_carried) {
            return None;
        }
        let sentences = &self.scene.sentences;
        let place = &self.scene.places[found.place];
        let own = sentences.partition_point(|sentence| sentence.range.end <= place.start);
        let is_near = sentences[own].paragraph + 1 >= sentences[figure.sentence].paragraph;
        (takes_part || is_near).then_some(found)
    }

    /// What the sentence points back to before any name: 项目总投资…, 园区去年入驻…, 投产后年产….
    fn pointed_at(&self, figure: &Figure<'_>) -> Option<Subject> {
        let start = self.scene.sentences[figure.sentence].range.start;
        let said = self.scene.text.get(start..figure.start)?;
        let names = |from: usize, to: usize| {
            let tokens = &self.tokens.all[self.tokens.sentences[figure.sentence].clone()];
            let within = tokens
                .iter()
                .filter(|token| (from..to).contains(&token.start));
            within
                .filter_map(|token| match token.kind {
                    TokenKind::Place(place) => Some(place),
                    _ => None,
                })
                .any(|place| MEASURED.has(self.scene.label(place)))
        };
        let mut end = said.len();
        let labels = loop {
            let from = said[..end]
                .rfind([',', '，', ';', '；', ':', '：'])
                .map_or(0, |at| {
                    at + said[at..].chars().next().map_or(1, char::len_utf8)
                });
            if names(start + from, start + end) {
                return None;
            }
            if let Some(labels) = pointing(&said[from..end], end == said.len()) {
                break labels;
            }
            if from == 0 {
                return None;
            }
            end = from - said[..from].chars().next_back().map_or(1, char::len_utf8);
        };
        let before = self
            .scene
            .places
            .partition_point(|place| place.start < start);
        let first = &self.scene.sentences[figure.sentence.saturating_sub(REACH)];
        let place = (0..before)
            .rev()
            .take_while(|place| self.scene.places[*place].start >= first.range.start)
            .find(|place| labels.has(self.scene.label(*place)))?;
        // 签约12个项目。项目涉及…: many are meant.
        let since = &self.scene.text[self.scene.places[place].end..start];
        let are_many = [
            "个项目",
            "批项目",
            "项目共",
            "个产业项目",
            "个重点项目",
            "个重大项目",
        ]
        .iter()
        .any(|word| since.contains(word));
        (labels != PROJECTS || !are_many).then_some(Subject {
            place,
            is_carried: true,
        })
    }

    /// The site or project whose area, cost or output it is.
    fn of_site(&self, figure: &Figure<'_>, named: &str) -> Option<Subject> {
        let has = |words: &[&str]| words.iter().any(|word| named.contains(word));
        let labels = match (
            has(&["面积", "占地"]),
            has(&["总投资", "用地", "年产", "产能"]),
        ) {
            (true, _) => BUILT,
            (_, true) if !self.counts_projects(named) => PROJECTS,
            _ => return None,
        };
        if let Some(found) = self.in_force(figure, labels) {
            let is_own = ["占地", "用地", "建筑面积", "规划面积", "总面积"];
            let names_region = self.in_force(figure, Labels::REGIONS);
            let is_of_site = labels == BUILT
                && is_own.iter().any(|word| named.contains(word))
                && names_region.is_none_or(|region| region.is_carried);
            if !found.is_carried || is_of_site {
                return Some(found);
            }
        }
        let first = self.tokens.sentences[figure.sentence].start;
        let place = self.last_place(first..self.token(figure), labels)?;
        let before = &self.scene.text[..self.scene.places[place].start];
        let is_location = labels == PROJECTS && LOCATING.iter().any(|word| before.ends_with(word));
        (!is_location).then_some(Subject {
            place,
            is_carried: false,
        })
    }

    /// Whether a measure is of projects that were counted, not of one.
    fn counts_projects(&self, named: &str) -> bool {
        named.contains("项目数") || !self.counted.is_empty() && named.starts_with(&self.counted)
    }

    /// What is named right before it: 东莞1021家.
    fn beside(&self, figure: &Figure<'_>) -> Option<Subject> {
        let is_size = matches!(
            figure.quantity.kind,
            Kind::Of(Dimension::Count | Dimension::Amount)
        );
        let token = self.token(figure);
        let first = self.tokens.sentences[figure.sentence].start;
        let place = self.last_place(token.saturating_sub(1).max(first)..token, MEASURED)?;
        let between = self
            .scene
            .text
            .get(self.scene.places[place].end..figure.start)?;
        let before = &self.scene.text[..self.scene.places[place].start];
        let is_governed = before.ends_with([
            '同', '与', '和', '跟', '向', '给', '对', '为', '由', '从', '在',
        ]);
        let is_near = between.len() <= BESIDE && !between.starts_with('等') && !is_governed;
        (is_size && is_near).then_some(Subject {
            place,
            is_carried: false,
        })
    }

    /// Whether a mention only stands in a reason: 因新材料需求旺盛,….
    fn is_aside(&self, place: usize) -> bool {
        const REASONS: [&str; 6] = ["因", "由于", "得益于", "受惠", "受益于", "归功于"];
        let own = self.scene.places[place];
        let before = &self.scene.text[..own.start];
        let clause = before.rsplit([',', '，', '。', ';', '；', '\n']).next();
        clause.is_some_and(|clause| REASONS.iter().any(|reason| clause.contains(reason)))
    }

    /// A clause behind ; without a name goes on with what the last figure was said of, past an aside.
    fn gone_on_with(&self, figure: &Figure<'_>, found: Subject) -> Subject {
        let place = self.scene.places[found.place];
        let between = self
            .scene
            .text
            .get(place.end..figure.start)
            .unwrap_or_default();
        let is_before = |last: &usize| self.scene.places[*last].start < place.start;
        match self.said_of.filter(is_before) {
            Some(last) if !found.is_carried && between.contains([';', '；']) => Subject {
                place: last,
                is_carried: false,
            },
            _ => found,
        }
    }

    /// What the clause is about.
    fn of_topic(&self, figure: &Figure<'_>, named: &str) -> Option<Subject> {
        let found = self.gone_on_with(figure, self.in_force(figure, MEASURED)?);
        if self.is_aside(found.place) {
            let said = self.said_of.or(self.said_before);
            let place = said.filter(|place| *place != found.place);
            let is_carried = self.said_of.is_none();
            let said = place.map(|place| Subject { place, is_carried });
            return said.or_else(|| self.around(figure, Labels::REGIONS.or(SITES)));
        }
        // 大会提出…地区生产总值…: it is the region's.
        let is_of_economy = OF_ECONOMY.iter().any(|word| named.contains(word));
        if is_of_economy && TELLERS.has(self.scene.label(found.place)) {
            let owner = self.around(figure, Labels::REGIONS.or(SITES));
            let named = owner.filter(|owner| self.scene.places[owner.place].start < figure.start);
            return named.or(Some(found));
        }
        let own = self.scene.places[found.place];
        // 制造业项目3个: no single project has them.
        let is_single = PROJECTS.or(FIRMS).has(self.scene.label(found.place))
            && !self.scene.text[own.start..own.end].ends_with(['园', '区', '城', '港', '谷']);
        if found.is_carried && is_single && self.counts_projects(named) {
            return self.in_force(figure, Labels::REGIONS.or(EVENTS));
        }
        // 甲公司、乙公司等71家企业: they are among those who are counted.
        let between = self.scene.text.get(own.end..figure.start);
        let is_member =
            between.is_some_and(|between| between.starts_with('等') && between.len() <= BESIDE);
        if is_member || self.is_telling_office(found.place) || self.is_government(found.place) {
            let inner = self.within_name(found).filter(|_| !is_member);
            let region = inner.or_else(|| self.around(figure, Labels::REGIONS.or(SITES)));
            let named =
                region.filter(|region| self.scene.places[region.place].start < figure.start);
            return named.or(Some(found).filter(|_| !is_member));
        }
        Some(found)
    }

    /// The region or site in whose name an office acts: what it tells is said of that.
    fn within_name(&self, office: Subject) -> Option<Subject> {
        let places = &self.scene.places[office.place + 1..];
        let inner = places
            .iter()
            .take_while(|place| place.holder == Some(office.place))
            .position(|place| ACTED_FOR.has(self.scene.labels[place.entity]))?;
        Some(Subject {
            place: office.place + 1 + inner,
            ..office
        })
    }

    /// Whether a mention is a region's government, whose figures are the region's.
    fn is_government(&self, place: usize) -> bool {
        let own = self.scene.places[place];
        let name = &self.scene.text[own.start..own.end];
        self.scene.label(place) == Label::Organization
            && [
                "政府",
                "管委会",
                "组委会",
                "党工委",
                "管理局",
                "党委",
                "市委",
                "区委",
                "县委",
                "省委",
            ]
            .iter()
            .any(|end| name.ends_with(end))
    }

    /// Whether a mention is an office of a government that tells the figures of its region.
    fn is_telling_office(&self, place: usize) -> bool {
        const TELLS: [&str; 12] = [
            "数据",
            "统计",
            "局长",
            "副局长",
            "主任",
            "负责人",
            "相关",
            "有关",
            "公布",
            "透露",
            "介绍",
            "表示",
        ];
        let own = self.scene.places[place];
        let name = &self.scene.text[own.start..own.end];
        let behind = &self.scene.text[own.end..];
        self.scene.label(place) == Label::Organization
            && name.ends_with(['局', '厅', '委', '署', '部', '办', '府'])
            && TELLS.iter().any(|word| behind.starts_with(word))
    }

    /// The thing that a figure stands before as its attribute: 投资15亿元的甲项目, 占地千亩的乙园.
    fn described(&self, figure: &Figure<'_>) -> Option<usize> {
        let is_attribute = figure.right.starts_with('的')
            && matches!(
                figure.quantity.kind,
                Kind::Of(Dimension::Amount | Dimension::Count) | Kind::Rank
            );
        let end = self.tokens.sentences[figure.sentence].end;
        let token = self.tokens.all[self.token(figure)..end]
            .iter()
            .find(|token| !matches!(token.kind, TokenKind::Word(..)))?;
        let TokenKind::Place(place) = token.kind else {
            return None;
        };
        let from = figure.start + figure.quantity.end - figure.quantity.start;
        let between = self.scene.text.get(from..token.start)?;
        let is_near = between.len() <= ATTRIBUTE && !between.contains([',', '、']);
        (is_attribute && is_near && DESCRIBED.has(self.scene.label(place))).then_some(place)
    }

    /// The last mention of some tokens that has one of the labels.
    fn last_place(&self, range: std::ops::Range<usize>, labels: Labels) -> Option<usize> {
        self.tokens.all[range]
            .iter()
            .rev()
            .find_map(|token| match token.kind {
                TokenKind::Place(place) if labels.has(self.scene.label(place)) => Some(place),
                _ => None,
            })
    }
}
