//! Queries and clauses.

use std::fmt::{self, Display, Formatter};

use super::super::ast::{
    CallClause, Clause, Expression, MatchClause, MergeClause, Name, ProjectionClause,
    ProjectionItem, Query, RemoveItem, SetItem, SingleQuery, SortItem, SubqueryClause, Yield,
    YieldItem,
};
use super::expression::{Level, Operand};
use super::{DottedName, Variable, write_joined};

impl Display for Query {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.first.fmt(f)?;
        for union in &self.unions {
            f.write_str(if union.is_all {
                " UNION ALL "
            } else {
                " UNION "
            })?;
            union.query.fmt(f)?;
        }
        Ok(())
    }
}

impl Display for SingleQuery {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write_joined(f, &self.clauses, " ", |f, clause| clause.fmt(f))
    }
}

impl Display for Clause {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Match(clause) => write_match(f, clause),
            Self::Unwind(clause) => write!(
                f,
                "UNWIND {} AS {}",
                clause.list,
                Variable(&clause.variable)
            ),
            Self::Call(clause) => write_call(f, clause),
            Self::Subquery(clause) => write_subquery(f, clause),
            Self::With(clause) | Self::Return(clause) => {
                write!(f, "{} ", self.keyword())?;
                write_projection(f, clause)
            }
            Self::Create(clause) => write!(f, "CREATE {}", clause.pattern),
            Self::Merge(clause) => write_merge(f, clause),
            Self::Set(clause) => write_set_items(f, "SET ", &clause.items),
            Self::Remove(clause) => {
                f.write_str("REMOVE ")?;
                write_joined(f, &clause.items, ", ", |f, item| item.fmt(f))
            }
            Self::Delete(clause) => {
                f.write_str(if clause.is_detach {
                    "DETACH DELETE "
                } else {
                    "DELETE "
                })?;
                write_joined(f, &clause.expressions, ", ", |f, expression| {
                    expression.fmt(f)
                })
            }
            Self::Finish(_) => f.write_str("FINISH"),
        }
    }
}

fn write_match(f: &mut Formatter<'_>, clause: &MatchClause) -> fmt::Result {
    f.write_str(if clause.is_optional {
        "OPTIONAL MATCH "
    } else {
        "MATCH "
    })?;
    clause.pattern.fmt(f)?;
    write_where(f, clause.predicate.as_ref())
}

pub(super) fn write_where(f: &mut Formatter<'_>, predicate: Option<&Expression>) -> fmt::Result {
    match predicate {
        Some(predicate) => write!(f, " WHERE {predicate}"),
        None => Ok(()),
    }
}

fn write_call(f: &mut Formatter<'_>, clause: &CallClause) -> fmt::Result {
    write!(f, "CALL {}", DottedName(&clause.procedure))?;
    if let Some(arguments) = &clause.arguments {
        f.write_str("(")?;
        write_joined(f, arguments, ", ", |f, argument| argument.fmt(f))?;
        f.write_str(")")?;
    }
    match &clause.yields {
        Some(yields) => write_yield(f, yields),
        None => Ok(()),
    }
}

fn write_yield(f: &mut Formatter<'_>, yields: &Yield) -> fmt::Result {
    f.write_str(" YIELD ")?;
    match yields.items.as_deref() {
        None => f.write_str("*")?,
        Some([]) => f.write_str("-")?,
        Some(items) => write_joined(f, items, ", ", write_yield_item)?,
    }
    write_where(f, yields.predicate.as_ref())
}

fn write_yield_item(f: &mut Formatter<'_>, item: &YieldItem) -> fmt::Result {
    item.column.fmt(f)?;
    if item.variable.text == item.column.text {
        Ok(())
    } else {
        write!(f, " AS {}", item.variable)
    }
}

fn write_subquery(f: &mut Formatter<'_>, clause: &SubqueryClause) -> fmt::Result {
    f.write_str("CALL ")?;
    if clause.imports_all {
        f.write_str("(*) ")?;
    } else if let Some(imports) = &clause.imports {
        f.write_str("(")?;
        write_joined(f, imports, ", ", |f, name| Variable(name).fmt(f))?;
        f.write_str(") ")?;
    }
    write!(f, "{{ {} }}", clause.query)
}

fn write_projection(f: &mut Formatter<'_>, clause: &ProjectionClause) -> fmt::Result {
    if clause.is_distinct {
        f.write_str("DISTINCT ")?;
    }
    if clause.includes_all {
        f.write_str(if clause.items.is_empty() { "*" } else { "*, " })?;
    }
    write_joined(f, &clause.items, ", ", write_item)?;
    if !clause.order.is_empty() {
        f.write_str(" ORDER BY ")?;
        write_joined(f, &clause.order, ", ", write_sort_item)?;
    }
    if let Some(skip) = &clause.skip {
        write!(f, " SKIP {skip}")?;
    }
    if let Some(limit) = &clause.limit {
        write!(f, " LIMIT {limit}")?;
    }
    write_where(f, clause.predicate.as_ref())
}

fn write_item(f: &mut Formatter<'_>, item: &ProjectionItem) -> fmt::Result {
    item.expression.fmt(f)?;
    match &item.alias {
        Some(alias) => write!(f, " AS {alias}"),
        None => Ok(()),
    }
}

fn write_sort_item(f: &mut Formatter<'_>, item: &SortItem) -> fmt::Result {
    item.expression.fmt(f)?;
    if item.is_descending {
        f.write_str(" DESC")
    } else {
        Ok(())
    }
}

fn write_merge(f: &mut Formatter<'_>, clause: &MergeClause) -> fmt::Result {
    write!(f, "MERGE {}", clause.part)?;
    if !clause.on_create.is_empty() {
        write_set_items(f, " ON CREATE SET ", &clause.on_create)?;
    }
    if !clause.on_match.is_empty() {
        write_set_items(f, " ON MATCH SET ", &clause.on_match)?;
    }
    Ok(())
}

fn write_set_items(f: &mut Formatter<'_>, keywords: &str, items: &[SetItem]) -> fmt::Result {
    f.write_str(keywords)?;
    write_joined(f, items, ", ", |f, item| item.fmt(f))
}

impl Display for SetItem {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Property { target, key, value } => {
                write!(f, "{}.{key} = {value}", Operand(target, Level::Atom))
            }
            Self::Replace { variable, value } => write!(f, "{} = {value}", Variable(variable)),
            Self::Merge { variable, value } => write!(f, "{} += {value}", Variable(variable)),
            Self::Labels { variable, labels } => write_labels(f, variable, labels),
        }
    }
}

impl Display for RemoveItem {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Property { target, key } => write!(f, "{}.{key}", Operand(target, Level::Atom)),
            Self::Labels { variable, labels } => write_labels(f, variable, labels),
        }
    }
}

fn write_labels(f: &mut Formatter<'_>, variable: &Name, labels: &[Name]) -> fmt::Result {
    Variable(variable).fmt(f)?;
    labels.iter().try_for_each(|label| write!(f, ":{label}"))
}
