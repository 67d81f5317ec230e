//! The variables that a clause can see, and what is known of their types.

use std::sync::Arc;

use indexmap::IndexMap;

use crate::expression::Expression;
use crate::value::Type;

/// What is known of an expression's type before it runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Static {
    /// The types that its value may have.
    pub of: Type,
    /// The types that the items may have, if it is a list.
    pub element: Type,
}

impl Static {
    pub(crate) const ANY: Self = Self {
        of: Type::ANY,
        element: Type::ANY,
    };

    /// A type whose lists, if any, hold anything.
    pub(crate) const fn new(of: Type) -> Self {
        Self {
            of,
            element: Type::ANY,
        }
    }

    /// A list of items of some types.
    pub(crate) const fn list(element: Type) -> Self {
        Self {
            of: Type::LIST,
            element,
        }
    }

    /// The type of an item of this list.
    pub(crate) fn item(self) -> Self {
        if self.of == Type::LIST {
            Self::new(self.element)
        } else {
            Self::ANY
        }
    }

    /// What is known of a value that is one of the two.
    pub(crate) fn either(self, other: Self) -> Self {
        Self {
            of: self.of | other.of,
            element: self.element | other.element,
        }
    }
}

/// A variable of a row.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Variable {
    /// Its place.
    pub slot: usize,
    /// What it may hold.
    pub of: Static,
}

/// An expression of the text that stands for a value already computed: a grouping key, a projected item.
#[derive(Clone, Debug)]
pub(crate) struct Substitution {
    /// The expression's canonical text.
    pub text: String,
    /// What stands for it.
    pub expression: Expression,
    /// Its type.
    pub of: Static,
    /// Whether it may stand for a part of an expression too, not only for the whole.
    pub is_simple: bool,
}

/// The variables in sight at one point of a query.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scope {
    /// The variables of the row, in the order in which they were bound.
    pub variables: IndexMap<Arc<str>, Variable>,
    /// The number of slots of the row; anonymous parts of patterns have slots too.
    pub width: usize,
    /// The variables of the enclosing comprehensions, outermost first.
    pub locals: Vec<(Arc<str>, Static)>,
    /// What stands for whole expressions.
    pub substitutions: Vec<Substitution>,
    /// Variables that exist but that an aggregation has made unreachable.
    pub hidden: Vec<Arc<str>>,
}

impl Scope {
    /// Adds a slot without a name.
    pub(crate) fn anonymous(&mut self) -> usize {
        self.width += 1;
        self.width - 1
    }

    /// Adds a variable in a new slot.
    pub(crate) fn declare(&mut self, name: Arc<str>, of: Static) -> usize {
        let slot = self.anonymous();
        self.variables.insert(name, Variable { slot, of });
        slot
    }

    /// The variables by slot; none for an anonymous one.
    pub(crate) fn names(&self) -> Vec<Option<Arc<str>>> {
        let mut names = vec![None; self.width];
        for (name, variable) in &self.variables {
            names[variable.slot] = Some(name.clone());
        }
        names
    }

    /// The variable of a row by name; one of a comprehension hides it.
    pub(crate) fn variable(&self, name: &str) -> Option<Variable> {
        self.variables.get(name).copied()
    }

    /// The place of a comprehension's variable.
    pub(crate) fn local(&self, name: &str) -> Option<(usize, Static)> {
        self.locals
            .iter()
            .enumerate()
            .rev()
            .find(|(_, (local, _))| **local == *name)
            .map(|(at, (_, of))| (at, *of))
    }

    /// The scope inside a subquery expression: the locals have become slots behind the row's.
    pub(crate) fn inner(&self) -> Self {
        let mut inner = Self {
            variables: self.variables.clone(),
            width: self.width,
            ..Self::default()
        };
        for (name, of) in &self.locals {
            inner.declare(name.clone(), *of);
        }
        inner
    }
}
