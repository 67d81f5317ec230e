//! What a figure of a sentence measures, with what the sentence said before.

use super::name::{self, Percentage};
use super::quantity::Kind;
use super::reader::{Figure, Reader};
use super::unit::Dimension;

/// Verbs that say what is done with the thing whose size follows: 建成20万平方米厂房.
const MADE: [&str; 20] = [
    "形成", "带来", "创造", "吸引", "建成", "提供", "新增", "释放", "供应", "整备", "投入", "发放",
    "撬动", "开建", "落成", "开发", "签下", "签约", "引进", "引来",
];
/// What any project or firm has; of what were counted before if the text counted some.
const OF_COUNTED: [&str; 5] = ["投资", "投资额", "总额", "金额", "总投入"];

/// What any firm has.
const OF_FIRMS: [&str; 9] = [
    "产值",
    "总产值",
    "增加值",
    "利润",
    "利税",
    "税收",
    "营业收入",
    "主营业务收入",
    "利润总额",
];
/// How a figure says that a measure has changed, in the measure's own unit.
const CHANGES: [&str; 6] = ["多出", "增加", "净增", "减少", "增加了", "多"];

impl Reader<'_> {
    /// The measure's name; none where the figure says nothing.
    pub(super) fn name(&mut self, figure: &Figure<'_>) -> Option<String> {
        let named = match figure.quantity.kind {
            Kind::Rank => self.rank(figure),
            Kind::Of(Dimension::Percent | Dimension::Times) => {
                let named = self.percentage(figure)?;
                self.percentage.clone_from(&named);
                return Some(named);
            }
            Kind::Of(Dimension::Points) => return self.points(figure),
            Kind::Of(Dimension::Amount) => self.amount(figure),
            Kind::Of(Dimension::Count) => self.count(&figure.left, figure.right),
        };
        let named = in_row(&named, figure.row).unwrap_or(named);
        // 0条评论: what a site counts.
        let is_of_site = figure.quantity.value == 0.0 && figure.quantity.unit != "%";
        if named.chars().count() < 2 || is_of_site {
            return None;
        }
        let is_change = CHANGES.iter().any(|word| named.ends_with(word));
        if figure.quantity.kind != Kind::Rank && !is_change {
            self.measure.clone_from(&named);
            self.measures.push(named.clone());
        }
        Some(named)
    }

    fn rank(&self, figure: &Figure<'_>) -> String {
        let own = name::ranked(&figure.left);
        let needs_base = own.is_empty()
            || ["增速", "增幅", "总量", "规模", "数量"]
                .iter()
                .any(|word| own.starts_with(word));
        if own.is_empty() && self.measure.is_empty() {
            let sentence = self.scene.sentences[figure.sentence].range.start;
            let before = self.scene.text.get(sentence..figure.start);
            return name::list(before.unwrap_or_default()).to_owned();
        }
        match needs_base {
            true => format!("{}{own}", self.measure),
            false => own.to_owned(),
        }
    }

    /// How many points a measure has grown or is ahead: 高于全国1.2个百分点.
    fn points(&self, figure: &Figure<'_>) -> Option<String> {
        let own = name::head_cut(&figure.left);
        let (own, says_speed) = match own.strip_prefix("增速") {
            Some(own) => (own, true),
            None => (own, false),
        };
        if let Some(at) = ["增速", "增幅"].iter().find_map(|word| own.find(word)) {
            let (base, rest) = own.split_at(at);
            let base = match base.is_empty() {
                true => self.base(figure).to_owned(),
                false => in_row(name::bare(base), figure.row).unwrap_or_else(|| base.to_owned()),
            };
            return Some(format!("{base}{}", rest.replace("分别", "")));
        }
        let is_share = ["占", "率", "比重"].iter().any(|word| own.contains(word));
        if is_share && !says_speed {
            return Some(own.to_owned());
        }
        if self.percentage.ends_with("占比") && !says_speed {
            return Some(format!("{}{own}", self.percentage)); // 占三成,比上年提高2个百分点
        }
        let base = self.base(figure);
        let own = own.replace("分别、", "").replace("分别", ""); // the times between are cut out
        (!base.is_empty() || !own.is_empty()).then(|| format!("{base}增速{own}"))
    }

    /// The measure that a change without one of its own is of; in a row, one of the last ones.
    fn base(&self, figure: &Figure<'_>) -> &str {
        let own = figure.row.and_then(|(at, of)| {
            let first = self.measures.len().checked_sub(of)?;
            self.measures.get(first + at)
        });
        own.unwrap_or(&self.measure).trim_end_matches("增速")
    }

    fn amount(&self, figure: &Figure<'_>) -> String {
        let (left, right) = (&figure.left, figure.right);
        let own = name::bare(left);
        let is_change =
            own.is_empty() || ["从", "由", "扩充", "增长", "提升", "提高"].contains(&own);
        if is_change && right.starts_with('的') {
            return name::noun(right.trim_start_matches('的')).to_owned();
        }
        if is_change && !self.measure.is_empty() {
            return self.measure.clone();
        }
        if own.is_empty() {
            return name::noun(right).to_owned();
        }
        if CHANGES.contains(&own) && !self.measure.is_empty() {
            return format!("{}{own}", self.measure); // 贸易总额60亿元,较上年多出8亿元
        }
        let own = self.of_firms(&own.replace("完成", "").replace("实现", ""));
        let is_of_counted = own.chars().count() <= 6
            && OF_COUNTED.iter().any(|word| own.ends_with(word))
            && self.counted.contains("项目");
        if is_of_counted {
            return format!("{}{own}", self.counted);
        }
        // 签下5亿元的项目, 建成3万平方米厂房
        let of = right.strip_prefix('的').map(name::noun);
        match of.filter(|noun| (2..=8).contains(&noun.chars().count())) {
            Some(noun) => format!("{own}{noun}"),
            None if MADE.iter().any(|verb| own.ends_with(verb)) => {
                format!("{own}{}", name::noun(right))
            }
            None => own,
        }
    }

    /// What any firm has, with the firms that the sentence counted: 284家规上企业产值…,利润….
    fn of_firms(&self, own: &str) -> String {
        match OF_FIRMS.contains(&own) && self.counted.ends_with("企业") {
            true => format!("{}{own}", self.counted),
            false => own.to_owned(),
        }
    }

    fn count(&mut self, left: &str, right: &str) -> String {
        let noun = name::noun(right);
        if !noun.is_empty() {
            noun.clone_into(&mut self.counted);
            return name::counted(left, noun);
        }
        let own = name::bare(left);
        if own.is_empty() {
            return self.measure.clone();
        }
        if ["增长", "增加", "净增", "减少"].contains(&own) {
            return String::new(); // 6家,较上年增长3家
        }
        let own = own.trim_end_matches("数量");
        if own.chars().count() <= 2 && !self.counted.is_empty() {
            return format!("{own}{}数", self.counted); // 供应6000套, of what was counted before
        }
        let ends = ["数", "人口", "数量", "总量"]
            .iter()
            .any(|end| own.ends_with(end));
        if ends {
            own.to_owned()
        } else {
            if name::is_thing(own) {
                own.clone_into(&mut self.counted);
            }
            format!("{own}数")
        }
    }

    fn percentage(&mut self, figure: &Figure<'_>) -> Option<String> {
        let base = self.base(figure).to_owned();
        match name::percentage(&figure.left) {
            Percentage::Growth {
                base: own, years, ..
            } => {
                let own = in_row(own, figure.row).unwrap_or_else(|| self.of_firms(own));
                let of = if own.is_empty() { base } else { own };
                if of.is_empty() {
                    return None;
                }
                self.measure.clone_from(&of);
                Some(format!("{of}{years}增速"))
            }
            Percentage::Share { of } => {
                let own = in_row(of, figure.row).unwrap_or_else(|| of.to_owned());
                if !own.is_empty() {
                    self.measure.clone_from(&own); // 产值占两成,增长5%
                }
                let of = if own.is_empty() { base } else { own };
                (!of.is_empty()).then(|| format!("{of}占比"))
            }
            Percentage::Plain(own) => {
                let of = self.plain(own, &base, figure)?;
                self.measure.clone_from(&of);
                Some(of)
            }
        }
    }

    /// A percentage that is no growth and no share: 投产率达九成, 以9.6%的占有率, 由40.3%提高到41%.
    fn plain(&self, own: &str, base: &str, figure: &Figure<'_>) -> Option<String> {
        if let Some(behind) = figure.right.strip_prefix('的') {
            let noun = name::noun(behind);
            return match name::percentage(noun) {
                Percentage::Growth { base: "", .. } if !base.is_empty() => {
                    Some(format!("{base}增速"))
                }
                _ if (2..=12).contains(&noun.chars().count()) => Some(format!("{own}{noun}")),
                _ => (!own.is_empty()).then(|| own.to_owned()),
            };
        }
        match own.is_empty() {
            true if figure.quantity.ends_range => Some(format!("{base}增速")),
            true if figure.left.ends_with(['到', '至']) && !self.percentage.is_empty() => {
                Some(self.percentage.clone()) // 占三成,升至31%
            }
            true if figure.left.ends_with(['到', '至']) && !base.is_empty() => {
                Some(base.to_owned())
            }
            true => None,
            false => Some(own.to_owned()),
        }
    }
}

/// A name that a row of figures shares, as the part that one of them measures: 食品业、纺织业, the second.
fn in_row(named: &str, row: Option<(usize, usize)>) -> Option<String> {
    let (at, of) = row?;
    let parts = name::parts(named, of)?;
    Some(parts[at].to_owned())
}
