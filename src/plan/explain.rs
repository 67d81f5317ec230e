//! The text of `EXPLAIN` and `PROFILE`: one line an operator, the one that gives the result first.

use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Duration;

use super::physical::{
    Expand, Keep, KeepCounted, PhysicalPlan, PhysicalQuery, PlanKind, Repeat, Tail,
};
use crate::algebra::SetOperation;
use crate::expression::{
    BinaryOperator, ComparisonOperator, Expression, ExpressionKind, LabelTest, NameTable,
    Quantifier, SubqueryKind,
};
use crate::syntax::ast::Direction;
use crate::value::Value;

/// What an operator did: the rows that came out, and the time in it and below it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    /// The rows that came out.
    pub rows: u64,
    /// The time in this operator and its inputs.
    pub time: Duration,
}

/// The plan as text. With profiles (one for each operator, in the order of the lines) the actual rows and times stand
/// beside the estimates.
#[must_use]
pub fn explain(query: &PhysicalQuery, profiles: Option<&[Profile]>) -> String {
    let mut lines = Vec::new();
    let writer = Writer {
        names: &query.names,
    };
    writer.lines(&query.root, "", &mut lines);
    let plans = query.subqueries.iter().map(|subquery| &subquery.root);
    for (index, plan) in plans.enumerate() {
        // One that became an operator of its own is only an argument any more.
        if plan.inputs.is_empty() {
            lines.push((String::new(), Some(plan.rows)));
            continue;
        }
        lines.push((format!("subquery {index}"), None));
        writer.lines(plan, "  ", &mut lines);
    }
    let width = lines
        .iter()
        .map(|(text, _)| unicode_width::UnicodeWidthStr::width(text.as_str()))
        .max()
        .unwrap_or(0);
    let mut text = String::new();
    let mut profiles = profiles.map(<[Profile]>::iter);
    for (line, rows) in &lines {
        let Some(rows) = rows else {
            writeln!(text, "{line}").expect("writing to a string");
            continue;
        };
        if line.is_empty() {
            // Not shown, but it has its place among the profiles.
            profiles.as_mut().map(Iterator::next);
            continue;
        }
        let padding = width - unicode_width::UnicodeWidthStr::width(line.as_str());
        write!(
            text,
            "{line}{:padding$}  {:>9} estimated",
            "",
            rounded(*rows)
        )
        .expect("writing to a string");
        if let Some(profile) = profiles.as_mut().and_then(Iterator::next) {
            let time = profile.time.as_secs_f64() * 1000.0;
            write!(text, "  {:>9} actual  {time:>9.3} ms", profile.rows)
                .expect("writing to a string");
        }
        text.push('\n');
    }
    text
}

fn rounded(rows: f64) -> String {
    // A negative zero is a zero to whoever reads it.
    let rows = rows.max(0.0) + 0.0;
    if rows >= 100.0 || rows.fract() == 0.0 {
        format!("{rows:.0}")
    } else {
        format!("{rows:.1}")
    }
}

struct Writer<'a> {
    names: &'a NameTable,
}

impl Writer<'_> {
    /// The lines of a plan behind a margin: the stream goes on beneath its operator, a second input hangs on a bar of
    /// its own.
    fn lines(&self, plan: &PhysicalPlan, margin: &str, lines: &mut Vec<(String, Option<f64>)>) {
        let text = format!("{margin}{}", self.operator(plan));
        lines.push((text.trim_end().to_owned(), Some(plan.rows)));
        let deeper = format!("{margin}│ ");
        if matches!(plan.kind, PlanKind::Union) {
            for input in &plan.inputs {
                self.lines(input, &deeper, lines);
            }
            return;
        }
        for inner in plan.inputs.iter().skip(1) {
            self.lines(inner, &deeper, lines);
        }
        if let Some(input) = plan.inputs.first() {
            self.lines(input, margin, lines);
        }
    }

    fn operator(&self, plan: &PhysicalPlan) -> String {
        // What begins a new row is computed from the row before.
        let row = match (&plan.kind, plan.inputs.first()) {
            (PlanKind::Project { .. } | PlanKind::HashAggregate { .. }, Some(input)) => input,
            _ => plan,
        };
        Line {
            names: self.names,
            row: &row.names,
        }
        .operator(plan)
    }
}

/// One line of a plan: the names of the schema, and the variables of the row at hand.
struct Line<'a> {
    names: &'a NameTable,
    row: &'a [Option<Arc<str>>],
}

impl Line<'_> {
    /// The variable in a slot; its number where it has none.
    fn slot(&self, slot: usize) -> String {
        match self.row.get(slot) {
            Some(Some(name)) => name.to_string(),
            _ => format!("#{slot}"),
        }
    }

    /// The variable in a slot of a pattern; nothing where it has none.
    fn part(&self, slot: usize) -> String {
        match self.row.get(slot) {
            Some(Some(name)) => name.to_string(),
            _ => String::new(),
        }
    }

    #[expect(clippy::too_many_lines, reason = "a flat match over one enum")]
    fn operator(&self, plan: &PhysicalPlan) -> String {
        match &plan.kind {
            PlanKind::Argument { .. } => "Argument".to_owned(),
            PlanKind::AllNodesScan { slot } => format!("AllNodesScan ({})", self.part(*slot)),
            PlanKind::NodeByLabelScan { slot, label } => {
                format!(
                    "NodeByLabelScan ({}:{})",
                    self.part(*slot),
                    self.names.label_name(*label)
                )
            }
            PlanKind::NodeIndexSeek(seek) => format!(
                "NodeIndexSeek ({}:{}) {}",
                self.part(seek.slot),
                self.names.label_name(seek.label),
                self.text(&seek.predicate)
            ),
            PlanKind::NodeByIdSeek { slot, ids } => {
                format!("NodeByIdSeek ({}) = {}", self.part(*slot), self.text(ids))
            }
            PlanKind::ExpandAll(expand) => format!("ExpandAll {}", self.expand(expand, "")),
            PlanKind::ExpandInto(expand) => format!("ExpandInto {}", self.expand(expand, "")),
            PlanKind::CountExpand { tails, keep } => {
                let tails: Vec<String> = tails.iter().map(|tail| self.tail(tail)).collect();
                let name = match keep {
                    KeepCounted::Numbers => "CountExpand",
                    KeepCounted::Matched => "SemiExpand",
                    KeepCounted::Unmatched => "AntiSemiExpand",
                    KeepCounted::All { .. } => "OptionalCountExpand",
                };
                format!("{name} {}", tails.join(", "))
            }
            PlanKind::CountIntersect { tail } => format!("CountIntersect {}", self.tail(tail)),
            PlanKind::VarLengthExpand(expand) => {
                let into = match (expand.is_pruning, expand.is_into) {
                    (true, _) => "Pruning",
                    (false, true) => "Into",
                    (false, false) => "All",
                };
                format!(
                    "VarLengthExpand{into} {}",
                    self.expand(&expand.expand, &bounds(expand.min, expand.max))
                )
            }
            PlanKind::Repeat(repeat) => self.repetition(repeat),
            PlanKind::SelectPaths(select) => {
                let count = counted(select.count, select.is_groups);
                let (start, end) = (self.part(select.start), self.part(select.end));
                format!("SelectPaths {count} ({start})…({end})")
            }
            PlanKind::ProjectEndpoints(ends) => {
                format!(
                    "ProjectEndpoints ({})-[{}]-({})",
                    self.part(ends.left.0),
                    self.part(ends.relationship),
                    self.part(ends.right.0)
                )
            }
            PlanKind::ShortestPath(shortest) => {
                let name = match shortest.is_all {
                    true => "AllShortestPaths",
                    false => "ShortestPath",
                };
                format!(
                    "{name} {}",
                    self.expand(&shortest.expand, &bounds(shortest.min, shortest.max))
                )
            }
            PlanKind::Filter { predicate } => format!("Filter {}", self.text(predicate)),
            PlanKind::ProjectPath { slot, .. } => format!("ProjectPath {}", self.slot(*slot)),
            PlanKind::Optional { .. } => "Optional".to_owned(),
            PlanKind::HashJoin(join) => format!("HashJoin {}", self.text(&join.predicate)),
            PlanKind::SemiApply => "SemiApply".to_owned(),
            PlanKind::AntiSemiApply => "AntiSemiApply".to_owned(),
            PlanKind::Apply { is_optional, .. } => {
                if *is_optional {
                    "OptionalApply"
                } else {
                    "Apply"
                }
            }
            .to_owned(),
            PlanKind::Unwind { list, slot } => {
                format!("Unwind {} AS {}", self.text(list), self.slot(*slot))
            }
            PlanKind::Project { items } => format!("Project {}", self.items(items)),
            PlanKind::HashAggregate { keys, calls, .. } => {
                let calls: Vec<&str> = calls.iter().map(|call| &*call.name).collect();
                format!(
                    "HashAggregate [{}] by [{}]",
                    calls.join(", "),
                    self.items(keys)
                )
            }
            PlanKind::Distinct => "Distinct".to_owned(),
            PlanKind::Sort { keys } => format!("Sort {}", self.sort_keys(keys)),
            PlanKind::Top {
                keys,
                skipped,
                count,
            } => {
                let skipped = skipped.as_ref();
                let skipped = skipped.map_or_else(String::new, |s| format!("{} + ", self.text(s)));
                let count = self.text(count);
                format!("Top {skipped}{count} by {}", self.sort_keys(keys))
            }
            PlanKind::Skip { count } => format!("Skip {}", self.text(count)),
            PlanKind::Limit { count } => format!("Limit {}", self.text(count)),
            PlanKind::Union => "Union".to_owned(),
            PlanKind::ProcedureCall { name, .. } => format!("ProcedureCall {name}"),
            PlanKind::Create(pattern) => {
                format!(
                    "Create {} nodes, {} relationships",
                    pattern.nodes.len(),
                    pattern.relationships.len()
                )
            }
            PlanKind::Merge(_) => "Merge".to_owned(),
            PlanKind::Set { operations } => self.set_operations(operations),
            PlanKind::Delete { is_detach, .. } => {
                if *is_detach { "DetachDelete" } else { "Delete" }.to_owned()
            }
            PlanKind::Eager => "Eager".to_owned(),
            PlanKind::Drain => "EmptyResult".to_owned(),
        }
    }

    fn set_operations(&self, operations: &[SetOperation]) -> String {
        let texts: Vec<String> = operations
            .iter()
            .map(|operation| match operation {
                SetOperation::Property { target, key, .. } => {
                    format!("{}.{}", self.text(target), self.names.key_name(*key))
                }
                SetOperation::DynamicProperty { target, key, .. } => {
                    format!("{}[{}]", self.text(target), self.text(key))
                }
                SetOperation::Properties { target, .. } => self.text(target),
                SetOperation::Labels {
                    target,
                    labels,
                    dynamic,
                    is_remove,
                } => {
                    let written = labels
                        .iter()
                        .map(|label| format!(":{}", self.names.label_name(*label)));
                    let computed = dynamic
                        .iter()
                        .map(|names| format!(":$({})", self.text(names)));
                    let labels: Vec<String> = written.chain(computed).collect();
                    format!(
                        "{}{}{}",
                        if *is_remove { "-" } else { "" },
                        self.text(target),
                        labels.join("")
                    )
                }
            })
            .collect();
        format!("Set {}", texts.join(", "))
    }

    fn items(&self, items: &[crate::algebra::ProjectItem]) -> String {
        let texts: Vec<String> = items
            .iter()
            .map(|item| match (&item.expression.kind, item.name.is_empty()) {
                (_, true) => self.text(&item.expression),
                (ExpressionKind::Slot(slot), _) if self.slot(*slot) == *item.name => {
                    self.slot(*slot)
                }
                _ => format!("{} AS {}", self.text(&item.expression), item.name),
            })
            .collect();
        texts.join(", ")
    }

    fn sort_keys(&self, keys: &[crate::algebra::SortKey]) -> String {
        let texts: Vec<String> = keys
            .iter()
            .map(|key| {
                format!(
                    "{}{}",
                    self.text(&key.expression),
                    if key.is_descending { " DESC" } else { "" }
                )
            })
            .collect();
        texts.join(", ")
    }

    fn expand(&self, expand: &Expand, length: &str) -> String {
        let types = expand
            .types
            .as_ref()
            .map_or_else(String::new, |types| format!(":{}", self.types(types)));
        let (left, right) = match expand.direction {
            Direction::Outgoing => ("-", "->"),
            Direction::Incoming => ("<-", "-"),
            Direction::Both => ("-", "-"),
        };
        format!(
            "({}){left}[{}{types}{length}]{right}({})",
            self.part(expand.from),
            self.part(expand.relationship),
            self.part(expand.to)
        )
    }

    fn tail(&self, tail: &Tail) -> String {
        let arms: Vec<String> = tail.arms.iter().map(|arm| self.expand(arm, "")).collect();
        let label = tail.label.map_or_else(String::new, |label| {
            format!(" :{}", self.names.label_name(label))
        });
        format!("{}{label}", arms.join(" ∩ "))
    }

    fn repetition(&self, repeat: &Repeat) -> String {
        let keep = match repeat.keep {
            Keep::All => String::new(),
            Keep::Shortest { is_all: false, .. } => " shortest".to_owned(),
            Keep::Shortest { is_all: true, .. } => " all shortest".to_owned(),
            Keep::First { count, is_groups } => format!(" {} shortest", counted(count, is_groups)),
        };
        let into = if repeat.is_into { "Into" } else { "All" };
        let max = repeat.max.map_or_else(String::new, |max| max.to_string());
        format!(
            "Repeat{into}{keep} ({}){{{},{max}}}({})",
            self.part(repeat.from),
            repeat.min,
            self.part(repeat.to)
        )
    }

    fn types(&self, test: &LabelTest) -> String {
        self.test(test, false)
    }

    fn test(&self, test: &LabelTest, is_inner: bool) -> String {
        let joined = |tests: &[LabelTest], separator: &str| {
            let parts: Vec<String> = tests.iter().map(|test| self.test(test, true)).collect();
            let text = parts.join(separator);
            if is_inner { format!("({text})") } else { text }
        };
        match test {
            LabelTest::Label(label, _) => self.names.label_name(*label).to_string(),
            LabelTest::Any => "%".to_owned(),
            LabelTest::And(tests) => joined(tests, "&"),
            LabelTest::Or(tests) => joined(tests, "|"),
            LabelTest::Not(test) => format!("!{}", self.test(test, true)),
        }
    }

    /// A bound expression in the notation of the language.
    fn text(&self, expression: &Expression) -> String {
        use ExpressionKind as K;
        match &expression.kind {
            K::Constant(value) => constant(value),
            K::Parameter(name) => format!("${name}"),
            K::Slot(slot) => self.slot(*slot),
            K::Local(local) => format!("@{local}"),
            K::List(items) => format!("[{}]", self.texts(items, ", ")),
            K::Map(entries) => {
                let entries: Vec<String> = entries
                    .iter()
                    .map(|(key, value)| format!("{key}: {}", self.text(value)))
                    .collect();
                format!("{{{}}}", entries.join(", "))
            }
            K::Property { base, name, .. } => format!("{}.{name}", self.text(base)),
            K::Index(base, index) => format!("{}[{}]", self.text(base), self.text(index)),
            K::Slice { base, from, to } => {
                let bound = |bound: &Option<Box<Expression>>| {
                    bound.as_ref().map_or(String::new(), |b| self.text(b))
                };
                format!("{}[{}..{}]", self.text(base), bound(from), bound(to))
            }
            K::HasLabels(base, test) => format!("{}:{}", self.text(base), self.types(test)),
            K::HasDynamicLabels {
                base,
                names,
                is_any,
            } => {
                let any = if *is_any { "any" } else { "" };
                format!("{}:${any}({})", self.text(base), self.text(names))
            }
            K::IsTyped(operand, test) => format!("{} IS :: {test}", self.text(operand)),
            K::Not(operand) => match &operand.kind {
                K::IsNull(inner) => format!("{} IS NOT NULL", self.text(inner)),
                _ => format!("NOT {}", self.text(operand)),
            },
            K::Negate(operand) => format!("-{}", self.text(operand)),
            K::Plus(operand) => format!("+{}", self.text(operand)),
            K::Binary(operator, left, right) => {
                format!(
                    "({} {} {})",
                    self.text(left),
                    binary(*operator),
                    self.text(right)
                )
            }
            K::Compare(operator, left, right) => {
                format!(
                    "{} {} {}",
                    self.text(left),
                    comparison(*operator),
                    self.text(right)
                )
            }
            K::And(items) => self.texts(items, " AND "),
            K::Or(items) => format!("({})", self.texts(items, " OR ")),
            K::Xor(items) => format!("({})", self.texts(items, " XOR ")),
            K::IsNull(operand) => format!("{} IS NULL", self.text(operand)),
            K::Case { .. } => "CASE …".to_owned(),
            K::Call(function, arguments) => {
                format!("{}({})", function.name, self.texts(arguments, ", "))
            }
            K::ListComprehension { list, .. } => format!("[x IN {} …]", self.text(list)),
            K::Quantifier {
                quantifier, list, ..
            } => {
                let name = match quantifier {
                    Quantifier::All => "all",
                    Quantifier::Any => "any",
                    Quantifier::None => "none",
                    Quantifier::Single => "single",
                };
                format!("{name}(x IN {} …)", self.text(list))
            }
            K::Reduce { list, .. } => format!("reduce(… IN {} …)", self.text(list)),
            K::MapProjection { base, .. } => format!("{} {{…}}", self.text(base)),
            K::Path(_) => "path".to_owned(),
            K::Subquery { index, kind } => match kind {
                SubqueryKind::Exists => format!("EXISTS {{subquery {index}}}"),
                SubqueryKind::Count => format!("COUNT {{subquery {index}}}"),
                SubqueryKind::Collect => format!("COLLECT {{subquery {index}}}"),
            },
        }
    }

    fn texts(&self, items: &[Expression], separator: &str) -> String {
        items
            .iter()
            .map(|item| self.text(item))
            .collect::<Vec<_>>()
            .join(separator)
    }
}

fn counted(count: u32, is_groups: bool) -> String {
    format!("{count}{}", if is_groups { " groups" } else { "" })
}

fn bounds(min: u32, max: Option<u32>) -> String {
    match max {
        Some(max) => format!("*{min}..{max}"),
        None => format!("*{min}.."),
    }
}

fn constant(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Boolean(truth) => truth.to_string(),
        Value::Integer(number) => number.to_string(),
        Value::Float(number) => format!("{number:?}"),
        Value::String(text) => format!("'{}'", text.escape_debug()),
        Value::List(items) if items.len() <= 5 => {
            format!(
                "[{}]",
                items.iter().map(constant).collect::<Vec<_>>().join(", ")
            )
        }
        Value::List(items) => format!("[… {} items]", items.len()),
        other => other.type_name().to_owned(),
    }
}

fn binary(operator: BinaryOperator) -> &'static str {
    match operator {
        BinaryOperator::Add => "+",
        BinaryOperator::Subtract => "-",
        BinaryOperator::Multiply => "*",
        BinaryOperator::Divide => "/",
        BinaryOperator::Modulo => "%",
        BinaryOperator::Power => "^",
        BinaryOperator::In => "IN",
        BinaryOperator::StartsWith => "STARTS WITH",
        BinaryOperator::EndsWith => "ENDS WITH",
        BinaryOperator::Contains => "CONTAINS",
        BinaryOperator::Matches => "=~",
        BinaryOperator::Concatenate => "||",
    }
}

fn comparison(operator: ComparisonOperator) -> &'static str {
    match operator {
        ComparisonOperator::Equal => "=",
        ComparisonOperator::NotEqual => "<>",
        ComparisonOperator::Less => "<",
        ComparisonOperator::LessOrEqual => "<=",
        ComparisonOperator::Greater => ">",
        ComparisonOperator::GreaterOrEqual => ">=",
    }
}
