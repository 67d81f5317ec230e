//! The words for times.

/// Words that stand for no period of their own.
pub(super) const NONE: &[&str] = &[
    "截至目前",
    "截止目前",
    "目前",
    "近年来",
    "多年来",
    "累计",
    "迄今",
    "至今",
    "当前",
    "如今",
    "近年",
    "现有",
    "建厂以来",
    "成立以来",
];

/// Words for a year, as its distance from the article's.
pub(super) const YEARS: &[(&str, i32)] = &[
    ("今年", 0),
    ("本年度", 0),
    ("本年", 0),
    ("年内", 0),
    ("去年", -1),
    ("上年", -1),
    ("前年", -2),
    ("明年", 1),
    ("后年", 2),
];

/// A part of a year.
#[derive(Debug)]
pub(super) struct Part {
    pub word: &'static str,
    /// What stands behind the year: `-H1`, `-Q1/-Q3`; nothing for a whole one.
    pub suffix: &'static str,
    /// Its last month.
    pub last: u32,
}

const fn part(word: &'static str, suffix: &'static str, last: u32) -> Part {
    Part { word, suffix, last }
}

/// Parts of a year.
pub(super) const PARTS: &[Part] = &[
    part("全年", "", 12),
    part("上半年", "-H1", 6),
    part("下半年", "-H2", 12),
    part("前三季度", "-Q1/-Q3", 9),
    part("前三季", "-Q1/-Q3", 9),
    part("前3季度", "-Q1/-Q3", 9),
    part("一至三季度", "-Q1/-Q3", 9),
    part("1-3季度", "-Q1/-Q3", 9),
    part("1—3季度", "-Q1/-Q3", 9),
    part("前两季度", "-H1", 6),
    part("第一季度", "-Q1", 3),
    part("第二季度", "-Q2", 6),
    part("第三季度", "-Q3", 9),
    part("第四季度", "-Q4", 12),
    part("第一季", "-Q1", 3),
    part("第二季", "-Q2", 6),
    part("第三季", "-Q3", 9),
    part("第四季", "-Q4", 12),
    part("一季度", "-Q1", 3),
    part("二季度", "-Q2", 6),
    part("三季度", "-Q3", 9),
    part("四季度", "-Q4", 12),
    part("1季度", "-Q1", 3),
    part("2季度", "-Q2", 6),
    part("3季度", "-Q3", 9),
    part("4季度", "-Q4", 12),
    part("首季", "-Q1", 3),
];

/// Five-year plans, with their last year.
pub(super) const PLANS: &[(&str, i32)] = &[
    ("十一五", 2010),
    ("十二五", 2015),
    ("十三五", 2020),
    ("十四五", 2025),
    ("十五五", 2030),
];

/// Words of what is still to come: a month beside them need not be over.
pub(super) const AHEAD: &[&str] = &[
    "将", "预计", "力争", "计划", "拟", "有望", "争取", "目标", "明年", "确保", "预期",
];
