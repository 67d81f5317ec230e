//! What a term of the lexicon is.

use serde::Deserialize;

use crate::extraction::Label;

/// What a term is; one term may be several things.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) enum Class {
    /// 产业, 平台
    Noun,
    /// A proper noun of no kind that matters here.
    Proper,
    /// A place that is no administrative division.
    Place,
    /// 建设
    Verb,
    /// A noun of action: 检测.
    Action,
    /// 优质
    Adjective,
    /// 高端
    Attributive,
    /// 已经
    Adverb,
    /// 通过
    Preposition,
    /// 以及
    Conjunction,
    /// 的
    Particle,
    /// 该
    Pronoun,
    /// 一批
    Numeral,
    /// 家
    Measure,
    /// 近年来
    Time,
    /// 上
    Position,
    /// A shortened form: 综改.
    Short,
    /// A set phrase.
    Phrase,
    /// What a dictionary does not say more of.
    Other,
    /// Names an industry wherever it stands: 集成电路.
    Industry,
    /// Names an industry where the text treats it as one: 物流.
    Sector,
    /// May precede an industry and belong to its name: 新型.
    Modifier,
    /// Turns what precedes into an industry: 产业集群.
    SectorHead,
    /// Does so after what may name an industry by itself: 领域.
    SectorWeakHead,
    /// Makes no name: 重点.
    Generic,
    /// An office: 市长.
    Title,
    /// 欧阳
    Surname,
    /// Behind a coined word, a firm's trade: 科技.
    FirmHead,
    /// Governs a policy: 出台.
    IssueVerb,
    /// Governs an industry: 聚焦.
    FosterVerb,
    /// No name holds it: 打造.
    Stop,
    /// Names hold it: 研发.
    NamePart,
    /// Looks like a name and is none: 两岸.
    NoName,
    /// A name as a whole, of the label that is given.
    Name(String),
    /// The last word of names of a label, and what must precede it.
    Head(String, Evidence),
}

/// What must precede a head for the two to be a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub(crate) enum Evidence {
    /// Anything that is not merely generic: 软件 + 产业园.
    Any,
    /// An industry, or something proper: 集成电路 + 创新中心.
    Industry,
    /// Something proper: 甲市 + 中心.
    Proper,
}

/// A set of classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Classes(u64);

impl Classes {
    /// Whether one of the others is in it.
    pub(crate) const fn has(self, others: Self) -> bool {
        self.0 & others.0 != 0
    }

    /// The two together.
    #[must_use]
    pub(crate) const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

macro_rules! classes {
    ($($constant:ident = $class:pat, $bit:literal;)*) => {
        impl Classes {
            $(#[doc = concat!("`", stringify!($class), "`")]
            pub(crate) const $constant: Self = Self(1 << $bit);)*

            /// The set of one.
            pub(crate) fn of(class: &Class) -> Self {
                match class { $($class => Self::$constant,)* }
            }
        }
    };
}

classes! {
    NOUN = Class::Noun, 0;
    PROPER = Class::Proper, 1;
    PLACE = Class::Place, 2;
    VERB = Class::Verb, 3;
    ACTION = Class::Action, 4;
    ADJECTIVE = Class::Adjective, 5;
    ATTRIBUTIVE = Class::Attributive, 6;
    ADVERB = Class::Adverb, 7;
    PREPOSITION = Class::Preposition, 8;
    CONJUNCTION = Class::Conjunction, 9;
    PARTICLE = Class::Particle, 10;
    PRONOUN = Class::Pronoun, 11;
    NUMERAL = Class::Numeral, 12;
    MEASURE = Class::Measure, 13;
    TIME = Class::Time, 14;
    POSITION = Class::Position, 15;
    SHORT = Class::Short, 16;
    PHRASE = Class::Phrase, 17;
    OTHER = Class::Other, 18;
    INDUSTRY = Class::Industry, 19;
    SECTOR = Class::Sector, 20;
    MODIFIER = Class::Modifier, 21;
    SECTOR_HEAD = Class::SectorHead, 22;
    SECTOR_WEAK_HEAD = Class::SectorWeakHead, 23;
    GENERIC = Class::Generic, 24;
    TITLE = Class::Title, 25;
    SURNAME = Class::Surname, 26;
    ISSUE_VERB = Class::IssueVerb, 27;
    FOSTER_VERB = Class::FosterVerb, 28;
    STOP = Class::Stop, 29;
    NAME_PART = Class::NamePart, 30;
    NO_NAME = Class::NoName, 31;
    NAME = Class::Name(_), 32;
    HEAD = Class::Head(..), 33;
    FIRM_HEAD = Class::FirmHead, 34;
}

impl Classes {
    /// A division of the lexicon.
    pub(crate) const DIVISION: Self = Self(1 << 40);
    /// The short form of a division: 甲 for 甲市.
    pub(crate) const DIVISION_SHORT: Self = Self(1 << 41);
    /// Not in the lexicon.
    pub(crate) const UNKNOWN: Self = Self(1 << 42);
    /// Digits.
    pub(crate) const NUMBER: Self = Self(1 << 43);
    /// Latin letters.
    pub(crate) const LATIN: Self = Self(1 << 44);
    /// Punctuation and blanks.
    pub(crate) const SIGN: Self = Self(1 << 45);
}

/// A head, resolved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) label: Label,
    pub(crate) evidence: Evidence,
}
