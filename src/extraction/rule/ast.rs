//! A file of rules as it is written, with places in it.

use crate::extraction::scene::Labels;
use crate::extraction::{RelationType, Status};
use crate::source::Span;

/// All word classes and rules of a file.
#[derive(Clone, Debug, Default)]
pub(crate) struct RuleFile {
    pub classes: Vec<ClassEntry>,
    pub rules: Vec<RuleEntry>,
}

/// Words that a pattern names together.
#[derive(Clone, Debug)]
pub(crate) struct ClassEntry {
    pub name: Named,
    pub kind: Kind,
    pub words: Vec<Named>,
    /// Earlier classes whose words belong to it too.
    pub includes: Vec<Named>,
}

/// A name or word, and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Named {
    pub text: String,
    pub span: Span,
}

/// What a class of words does beside being named in patterns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Kind {
    /// Ends the reach of the verb before it.
    pub verb: bool,
    /// Lets the next mention be a subject: 支持, 推动.
    pub pivot: bool,
    /// Keeps the next mention from being a subject: 在, 根据.
    pub preposition: bool,
}

/// A rule.
#[derive(Clone, Debug)]
pub(crate) struct RuleEntry {
    pub name: Named,
    pub relation: RelationType,
    pub status: Status,
    pub force: Force,
    pub elements: Vec<Element>,
    pub pattern: Span,
    pub examples: Vec<Example>,
}

/// What a rule is beside the others of its type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Force {
    /// The first that finds something at a word is the only one.
    Alone,
    /// It speaks only where no other finds a relation of the kind for the same thing.
    Default,
}

/// A part of a pattern, and how far it may be from the part before it.
#[derive(Clone, Debug)]
pub(crate) struct Element {
    pub gap: Gap,
    pub kind: ElementKind,
}

/// What a part of a pattern asks for.
#[derive(Clone, Debug)]
pub(crate) enum ElementKind {
    /// The one that the sentence is about.
    InForce { role: Role, labels: Labels },
    /// A mention, with its enumeration.
    Group {
        role: Role,
        labels: Labels,
        holder: Option<Labels>,
        edges: Vec<(Edge, Named)>,
    },
    /// The next group stands inside the name of the one before.
    Inside { begins: bool },
    /// A word of a class.
    Word(Named),
}

/// What a mention's own text must be like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Edge {
    Ending,
    Starting,
    NotEnding,
}

/// Which end of the relation a mention is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Subject,
    Object,
    /// Its members are paired with each other.
    Both,
}

/// How far two parts may be from each other, from the nearest on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Gap {
    /// Beside it, blanks and quotation marks aside.
    #[default]
    Beside,
    /// Some characters away.
    Near,
    /// In the same clause, with no enumeration between.
    Phrase,
    /// In the same clause.
    Clause,
    /// In the same sentence.
    Sentence,
}

/// A sentence with its mentions marked, and what the rule finds in it.
#[derive(Clone, Debug)]
pub(crate) struct Example {
    pub text: Named,
    pub findings: Vec<(String, String)>,
}
