//! What was read.

use std::sync::Arc;

use crate::source::Span;

/// What an article says. All spans are of the original text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// The title.
    pub title: Option<String>,
    /// The outlet.
    pub source: Option<String>,
    /// The day on which it appeared, as `2024-01-17`.
    pub date: Option<String>,
    /// The things that it names, in the order of their first mention.
    pub entities: Vec<Entity>,
    /// What it says to hold between them, in the order of the text.
    pub relations: Vec<Relation>,
    /// The figures that it says of them, in the order of the text.
    pub indicators: Vec<Indicator>,
    /// The parts of the text that are the site's furniture and were not read, in the order of the text.
    pub furniture: Vec<Span>,
    /// The parts that say who wrote the article, when and for whom.
    pub bylines: Vec<Span>,
}

/// A thing that the article names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// What it is.
    pub label: Label,
    /// The fullest form that the article uses, in Simplified characters.
    pub name: String,
    /// The other forms, sorted; some hold only inside the article (全区).
    pub aliases: Vec<String>,
    /// The official code, for a division of which it is certain which one is meant.
    pub code: Option<Arc<str>>,
    /// Every place that names it, in the order of the text.
    pub mentions: Vec<Mention>,
}

/// A place that names an entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The characters that name it.
    pub span: Span,
    /// What found it: the rule's or the lexicon's name.
    pub rule: Arc<str>,
}

/// What holds between two entities.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relation {
    /// The position of the first in [`Reading::entities`].
    pub subject: usize,
    /// What holds.
    pub relation_type: RelationType,
    /// The position of the second.
    pub object: usize,
    /// Whether it holds or is meant to.
    pub status: Status,
    /// The office as written, for `LEADS`.
    pub role: Option<String>,
    /// The shortest stretch of text that supports it.
    pub span: Span,
    /// The place that names the subject, where it is carried over from before `span` and so not inside it.
    pub carried_subject: Option<Span>,
    /// The word that says it, where there is one.
    pub trigger: Option<Span>,
    /// The rule that found it.
    pub rule: Arc<str>,
}

/// A figure said of an entity.
#[derive(Clone, Debug, PartialEq)]
pub struct Indicator {
    /// The position of what is measured in [`Reading::entities`].
    pub subject: usize,
    /// The measure's name as written, without subject and period.
    pub name: String,
    /// The figure in the base unit: 1080亿元 is 108000000000.
    pub value: f64,
    /// The base unit: 元, %, 平方米, 家, … or the measure word as written.
    pub unit: String,
    /// `2022`, `2023-H1`, `2023-06`, `2024-Q1`, `2023-01/2023-08`, a day; none where the text gives none.
    pub period: Option<String>,
    /// How exact it is meant.
    pub qualifier: Qualifier,
    /// The shortest stretch of text that supports it.
    pub span: Span,
    /// The place that names the subject, where it is carried over from before `span` and so not inside it.
    pub carried_subject: Option<Span>,
    /// The rule that found it.
    pub rule: Arc<str>,
}

/// Whether a relation holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Status {
    /// The article says that it holds.
    #[default]
    Stated,
    /// The article says that it is meant to hold: 将, 力争, 规划建设.
    Planned,
}

/// How exact a figure is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Qualifier {
    /// `=`
    #[default]
    Exact,
    /// `>`: 突破, 超, 以上, 多, 余
    Over,
    /// `<`: 近, 不到
    Under,
    /// `~`: 约, 左右
    About,
    /// `target`: 力争, 计划, 预计, 将
    Target,
}

impl Qualifier {
    /// The sign that graphs hold.
    #[must_use]
    pub fn sign(self) -> &'static str {
        match self {
            Self::Exact => "=",
            Self::Over => ">",
            Self::Under => "<",
            Self::About => "~",
            Self::Target => "target",
        }
    }
}

/// Gives an enum whose variants bear a name in graphs.
macro_rules! named {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[$variant_doc])* $variant,)* }

        impl $name {
            /// All of them, in the ontology's order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The name in graphs and annotations.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }

            /// The one that bears a name.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                match name { $($text => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

named! {
    /// What an entity is; the regional ones bear `Region` in a graph too.
    Label {
        /// 省
        Province = "Province",
        /// 市
        City = "City",
        /// 区县
        District = "District",
        /// 功能区
        Zone = "Zone",
        /// 企业
        Enterprise = "Enterprise",
        /// 产业
        Cluster = "Cluster",
        /// 政策
        Policy = "Policy",
        /// 园区
        Park = "Park",
        /// 机构
        Organization = "Organization",
        /// 设施
        Facility = "Facility",
        /// 基金
        Fund = "Fund",
        /// 活动
        Event = "Event",
        /// 人物
        Person = "Person",
    }
}

named! {
    /// What holds between two entities.
    RelationType {
        /// 位于
        LocatedIn = "LOCATED_IN",
        /// 聚焦
        FocusesOn = "FOCUSES_ON",
        /// 属于产业
        InCluster = "IN_CLUSTER",
        /// 组成
        PartOf = "PART_OF",
        /// 发布
        Issued = "ISSUED",
        /// 建设运营
        Operates = "OPERATES",
        /// 举办
        Hosted = "HOSTED",
        /// 参加
        Attended = "ATTENDED",
        /// 任职
        Leads = "LEADS",
        /// 合作
        CooperatesWith = "COOPERATES_WITH",
    }
}
