//! What a figure of a sentence measures, with what the sentence said before.

use super::name::{self, Percentage};
use super::quantity::{Kind, Quantity};
use super::reader::Reader;
use super::unit::Dimension;

impl Reader<'_> {
    /// The measure's name; none where the figure says nothing.
    pub(super) fn name(&mut self, figure: &Quantity, left: &str, right: &str) -> Option<String> {
        let named = match figure.kind {
            Kind::Rank => {
                let own = name::ranked(left);
                if own.is_empty()
                    || own.starts_with("增速")
                    || own.starts_with("总量")
                    || own.starts_with("规模")
                {
                    let base = self.measure.clone();
                    format!("{base}{own}")
                } else {
                    own.to_owned()
                }
            }
            Kind::Of(Dimension::Percent | Dimension::Times) => {
                return self.percentage(left, figure);
            }
            Kind::Of(Dimension::Points) => {
                let own = name::head_cut(left);
                let own = own.strip_prefix("增速").unwrap_or(own);
                let base = self.measure.trim_end_matches("增速").to_owned();
                return (!base.is_empty() || !own.is_empty()).then(|| format!("{base}增速{own}"));
            }
            Kind::Of(Dimension::Amount) => self.amount(left, right),
            Kind::Of(Dimension::Count) => self.count(left, right),
        };
        if named.chars().count() < 2 {
            return None;
        }
        if figure.kind != Kind::Rank {
            self.measure.clone_from(&named);
        }
        Some(named)
    }

    fn amount(&mut self, left: &str, right: &str) -> String {
        let own = name::bare(left);
        let is_change =
            own.is_empty() || ["从", "由", "扩充", "增长", "提升", "提高"].contains(&own);
        if is_change && right.starts_with(['的']) {
            return name::noun(right.trim_start_matches('的')).to_owned();
        }
        if is_change && !self.measure.is_empty() {
            return self.measure.clone();
        }
        if own.is_empty() {
            return name::noun(right).to_owned();
        }
        let own = own.replace("完成", "").replace("实现", "");
        let made = [
            "建成", "提供", "新增", "释放", "供应", "整备", "投入", "发放", "撬动", "开建", "落成",
        ];
        match made.iter().any(|verb| own.ends_with(verb)) {
            true => format!("{own}{}", name::noun(right)),
            false => own,
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
            format!("{own}数")
        }
    }

    fn percentage(&mut self, left: &str, figure: &Quantity) -> Option<String> {
        let base = self.measure.trim_end_matches("增速").to_owned();
        match name::percentage(left) {
            Percentage::Growth {
                base: own, years, ..
            } => {
                let of = if own.is_empty() { base } else { own.to_owned() };
                if of.is_empty() {
                    return None;
                }
                self.measure.clone_from(&of);
                Some(format!("{of}{years}增速"))
            }
            Percentage::Share { of } => {
                let of = if of.is_empty() { base } else { of.to_owned() };
                (!of.is_empty()).then(|| format!("{of}占比"))
            }
            Percentage::Plain(own) => {
                let of = match own.is_empty() {
                    true if figure.ends_range => format!("{base}增速"),
                    // 由40.3%提高到41%
                    true if left.ends_with(['到', '至']) && !base.is_empty() => base,
                    true => return None,
                    false => own.to_owned(),
                };
                self.measure.clone_from(&of);
                Some(of)
            }
        }
    }
}
