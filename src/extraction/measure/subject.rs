//! What a figure is said of.

use std::sync::LazyLock;

use super::affix::Affixes;
use super::quantity::{Kind, Quantity};
use super::reader::Reader;
use super::unit::Dimension;
use crate::extraction::Label;
use crate::extraction::relate::TokenKind;
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
    ])
});

impl Reader<'_> {
    /// What is measured: its entity, its place, and whether it is carried over from an earlier sentence.
    pub(super) fn subject(
        &self,
        sentence: usize,
        at: usize,
        named: &str,
        right: &str,
        figure: &Quantity,
    ) -> Option<(usize, (usize, usize), bool)> {
        let range = self.tokens.sentences[sentence].clone();
        let tokens = &self.tokens.all[range.clone()];
        let token = range.start + tokens.partition_point(|token| token.start < at);
        let answer = |place: usize, carried: bool| {
            let own = self.scene.places[place];
            // What the text has not named yet is no subject.
            (own.start < at).then_some((own.entity, (own.start, own.end), carried))
        };
        let in_force = |labels| {
            let (places, carried) = self.topics.at(self.scene, self.tokens, token, labels);
            places.last().map(|place| (*place, carried))
        };
        if let Some(place) = self.described(token, range.end, right, figure) {
            let own = self.scene.places[place];
            return Some((own.entity, (own.start, own.end), false));
        }
        if TAKES_PART.first_in(right).is_some()
            && let Some((place, carried)) = in_force(EVENTS)
        {
            return answer(place, carried);
        }
        if named.contains("面积") || named.contains("占地") {
            let own = in_force(BUILT).filter(|(_, carried)| !carried);
            let last = self.last_place(range.start..token, BUILT);
            if let Some(place) = own.map(|(place, _)| place).or(last) {
                return answer(place, false);
            }
        }
        if matches!(figure.kind, Kind::Of(Dimension::Count | Dimension::Amount))
            && let Some(place) =
                self.last_place(token.saturating_sub(1).max(range.start)..token, MEASURED)
            && self.scene.text[self.scene.places[place].end..at].len() <= BESIDE
        {
            return answer(place, false); // 东莞1021家
        }
        let (place, carried) = in_force(MEASURED)?;
        // What an office of the region tells is said of the region.
        if self.is_telling_office(place)
            && let Some((region, carried)) = in_force(Labels::REGIONS)
        {
            return answer(region, carried);
        }
        answer(place, carried)
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
    fn described(&self, from: usize, end: usize, right: &str, figure: &Quantity) -> Option<usize> {
        let is_attribute = right.starts_with('的')
            && matches!(
                figure.kind,
                Kind::Of(Dimension::Amount | Dimension::Count) | Kind::Rank
            );
        let token = self.tokens.all[from..end]
            .iter()
            .find(|token| !matches!(token.kind, TokenKind::Word(..)))?;
        let TokenKind::Place(place) = token.kind else {
            return None;
        };
        let offset = right.as_ptr() as usize - self.scene.text.as_ptr() as usize;
        let between = self.scene.text.get(offset..token.start)?;
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
