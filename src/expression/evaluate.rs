//! The evaluator: one value from one expression and one row.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use smallvec::SmallVec;

use super::{
    Batch, BinaryOperator, Column, ComparisonOperator, EvaluationError, EvaluationErrorKind,
    Expression, ExpressionKind, Interruption, LabelTest, PathStep, Quantifier, ResolvedNames,
    SubqueryKind,
};
use crate::function::{self, Making, Memory, OverLimit};
use crate::graph::View;
use crate::source::Span;
use crate::value::{self, Map, Measure, Path, RelationshipId, Value, ValueError};

/// The result of an evaluation; the error is boxed, since it is rare and large.
pub type Evaluation<T> = Result<T, Box<EvaluationError>>;

/// The values of the enclosing comprehensions' variables, outermost first.
pub type Locals = Vec<Value>;

/// What an expression may look at besides its row.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The graph, the statement's instant and the random numbers.
    pub function: &'a function::Context<'a>,
    /// The parameters of the query.
    pub parameters: &'a Map,
    /// The graph's numbers for the names in the query.
    pub names: &'a ResolvedNames,
    /// Runs the plan's subqueries.
    pub subqueries: &'a dyn Subqueries,
    /// Says when to stop.
    pub interrupt: &'a Interrupt,
    /// Whether nothing is written while values are at hand, so that they may refer to the graph's columns.
    pub is_read_only: bool,
}

/// Runs the subqueries of a plan; what stands above this floor does it.
pub trait Subqueries {
    /// Runs a subquery for one row, with the variables of the enclosing comprehensions, and turns its rows into a
    /// value.
    ///
    /// # Errors
    ///
    /// Whatever its evaluation fails with.
    fn run(
        &self,
        index: usize,
        kind: SubqueryKind,
        row: Vec<Value>,
        locals: &[Value],
    ) -> Evaluation<Value>;

    /// The values for all rows of a batch; `None` for a subquery that can't be run for many rows at once.
    ///
    /// # Errors
    ///
    /// Whatever its evaluation fails with.
    fn run_all(&self, index: usize, kind: SubqueryKind, batch: Batch)
    -> Evaluation<Option<Column>>;
}

/// Tells a running statement that it is to stop.
#[derive(Clone, Debug, Default)]
pub struct Interrupt {
    /// Set by whoever cancels the statement.
    pub cancelled: Arc<AtomicBool>,
    /// When its time is over, and how long that was.
    pub deadline: Option<(Instant, Duration)>,
}

impl Interrupt {
    /// Whether the statement may go on; to be asked in every loop whose length comes from data.
    ///
    /// # Errors
    ///
    /// [`Interruption::Cancelled`], [`Interruption::Timeout`].
    pub fn check(&self) -> Result<(), Interruption> {
        if self.cancelled.load(Ordering::Relaxed) {
            return Err(Interruption::Cancelled);
        }
        match self.deadline {
            Some((deadline, limit)) if Instant::now() >= deadline => {
                Err(Interruption::Timeout { limit })
            }
            _ => Ok(()),
        }
    }
}

impl Context<'_> {
    /// The graph.
    #[must_use]
    pub fn view(&self) -> &View {
        self.function.view
    }

    fn check(&self, turn: usize, span: Span) -> Evaluation<()> {
        if turn % 1024 == 1023 {
            self.interrupt
                .check()
                .map_err(|interruption| EvaluationError::interrupted(interruption, span))?;
        }
        Ok(())
    }
}

impl Expression {
    /// The value of the expression in one row of a batch.
    ///
    /// # Errors
    ///
    /// [`EvaluationError`] with the place of the innermost expression that failed.
    pub fn evaluate(&self, ctx: &Context<'_>, batch: &Batch, row: usize) -> Evaluation<Value> {
        let making = ctx.function.making;
        let before = making.made.get();
        let value = Evaluator {
            ctx,
            batch,
            row,
            locals: Locals::new(),
        }
        .value(self)?;
        making.keep_only(before, &value);
        Ok(value)
    }

    /// Whether the expression holds in one row; null counts as no.
    ///
    /// # Errors
    ///
    /// As [`Expression::evaluate`]; also where the value is neither a boolean nor null.
    pub fn holds(&self, ctx: &Context<'_>, batch: &Batch, row: usize) -> Evaluation<bool> {
        Ok(Evaluator {
            ctx,
            batch,
            row,
            locals: Locals::new(),
        }
        .truth(self)?
            == Some(true))
    }
}

/// The items that a comprehension, a quantifier or `reduce` goes through.
enum Items {
    /// A list, and how many of its items are behind.
    List(Arc<[Value]>, usize),
    Range(function::Range),
}

impl Iterator for Items {
    type Item = Value;

    fn next(&mut self) -> Option<Value> {
        match self {
            Self::List(items, at) => {
                let item = items.get(*at)?.clone();
                *at += 1;
                Some(item)
            }
            Self::Range(range) => range.next().map(Value::Integer),
        }
    }
}

/// One evaluation: the row and the variables around the expression at hand.
struct Evaluator<'a> {
    ctx: &'a Context<'a>,
    batch: &'a Batch,
    row: usize,
    locals: Locals,
}

impl Evaluator<'_> {
    fn value(&mut self, expression: &Expression) -> Evaluation<Value> {
        match &expression.kind {
            ExpressionKind::Constant(value) => Ok(value.clone()),
            ExpressionKind::Slot(slot) => Ok(self.batch.value(*slot, self.row)),
            ExpressionKind::Local(local) => Ok(self.locals[*local].clone()),
            _ => stacker::maybe_grow(128 * 1024, 1024 * 1024, || self.composite(expression)),
        }
    }

    fn composite(&mut self, expression: &Expression) -> Evaluation<Value> {
        use ExpressionKind as K;
        let span = expression.span;
        let place = |kind| EvaluationError::value(kind, span);
        match &expression.kind {
            K::Constant(value) => Ok(value.clone()),
            K::Slot(slot) => Ok(self.batch.value(*slot, self.row)),
            K::Local(local) => Ok(self.locals[*local].clone()),
            K::Parameter(name) => self.ctx.parameters.get(name).cloned().ok_or_else(|| {
                Box::new(EvaluationError {
                    kind: EvaluationErrorKind::MissingParameter { name: name.clone() },
                    span,
                })
            }),
            K::List(items) => Ok(Value::List(
                items
                    .iter()
                    .map(|item| self.value(item))
                    .collect::<Evaluation<_>>()?,
            )),
            K::Map(entries) => Ok(self.entries(entries, Map::default())?.into()),
            K::Property { base, key, name } => {
                let base = self.value(base)?;
                self.property(&base, *key, name).map_err(place)
            }
            K::Index(base, index) => {
                let (base, index) = (self.value(base)?, self.value(index)?);
                function::element(self.ctx.function, &base, &index).map_err(place)
            }
            K::Slice { base, from, to } => self.slice(base, [from, to], span),
            K::HasLabels(base, test) => {
                let base = self.value(base)?;
                self.has_labels(&base, test).map_err(place)
            }
            K::Not(operand) => Ok(self.truth(operand)?.map(|truth| !truth).into()),
            K::Negate(operand) => self.value(operand)?.negate().map_err(place),
            K::Plus(operand) => match self.value(operand)? {
                value
                @ (Value::Null | Value::Integer(_) | Value::Float(_) | Value::Duration(_)) => {
                    Ok(value)
                }
                value => Err(place(ValueError::invalid_type("+", "a number", &value))),
            },
            K::Binary(operator, left, right) => {
                let (left, right) = (self.value(left)?, self.value(right)?);
                binary(self.ctx.function.making, *operator, &left, &right).map_err(place)
            }
            K::Compare(operator, left, right) => {
                let (left, right) = (self.value(left)?, self.value(right)?);
                Ok(compare(*operator, &left, &right).into())
            }
            K::And(_) | K::Or(_) | K::Xor(_) => Ok(self.truth(expression)?.into()),
            K::IsNull(operand) => Ok(Value::Boolean(self.value(operand)?.is_null())),
            K::IsTyped(operand, test) => Ok(Value::Boolean(test.holds(&self.value(operand)?))),
            K::HasDynamicLabels {
                base,
                names,
                is_any,
            } => {
                let (base, names) = (self.value(base)?, self.value(names)?);
                self.has_dynamic_labels(&base, &names, *is_any)
                    .map_err(place)
            }
            K::Case {
                subject,
                branches,
                otherwise,
            } => self.case(subject.as_deref(), branches, otherwise.as_deref()),
            K::Call(function, arguments) => self.call(function, arguments, span),
            K::ListComprehension {
                list,
                predicate,
                projection,
            } => self.comprehension(list, predicate.as_deref(), projection.as_deref()),
            K::Quantifier {
                quantifier,
                list,
                predicate,
            } => self.quantifier(*quantifier, list, predicate),
            K::Reduce {
                initial,
                list,
                step,
            } => self.reduce(initial, list, step),
            K::MapProjection {
                base,
                includes_all,
                entries,
            } => self.map_projection(base, *includes_all, entries),
            K::Path(steps) => self.path(steps).map_err(place),
            K::Subquery { index, kind } => {
                let row = self.batch.row(self.row);
                self.ctx.subqueries.run(*index, *kind, row, &self.locals)
            }
        }
    }

    fn slice(
        &mut self,
        base: &Expression,
        bounds: [&Option<Box<Expression>>; 2],
        span: Span,
    ) -> Evaluation<Value> {
        let base = self.value(base)?;
        let mut bound = |bound: &Option<Box<Expression>>| {
            bound.as_ref().map(|bound| self.value(bound)).transpose()
        };
        let [from, to] = bounds;
        let (from, to) = (bound(from)?, bound(to)?);
        let slice = base
            .slice(from.as_ref(), to.as_ref())
            .map_err(|kind| EvaluationError::value(kind, span))?;
        self.made(&slice, span)?;
        Ok(slice)
    }

    /// Counts a value that was just made, if it is large.
    fn made(&self, value: &Value, span: Span) -> Evaluation<()> {
        let making = self.ctx.function.making;
        let made = match value {
            Value::String(text) => making.make(text.len()),
            Value::List(items) if items.len() > 128 => making.make(value.heap_size()),
            _ => Ok(()),
        };
        made.map_err(|over| EvaluationError::interrupted(over.into(), span))
    }

    fn entries(&mut self, entries: &[(Arc<str>, Expression)], mut map: Map) -> Evaluation<Map> {
        for (key, value) in entries {
            let value = self.value(value)?;
            map.insert(key.clone(), value);
        }
        Ok(map)
    }

    fn property(&self, base: &Value, key: super::KeyRef, name: &str) -> Result<Value, ValueError> {
        let view = self.ctx.view();
        let found = match base {
            Value::Node(node) => self
                .ctx
                .names
                .key(key)
                .map(|key| view.node_property(*node, key)),
            Value::Relationship(relationship) => self
                .ctx
                .names
                .key(key)
                .map(|key| view.relationship_property(*relationship, key)),
            _ => None,
        };
        match found {
            Some(value) if !value.is_null() => Ok(value),
            _ => function::property(self.ctx.function, base, name),
        }
    }

    fn has_labels(&self, base: &Value, test: &LabelTest) -> Result<Value, ValueError> {
        let view = self.ctx.view();
        match base {
            Value::Null => Ok(Value::Null),
            Value::Node(node) => {
                if !view.contains_node(*node) {
                    return Err(ValueError::DeletedEntityAccess {
                        entity: "node",
                        asked: "labels".to_owned(),
                    });
                }
                let has = |label, _| {
                    self.ctx
                        .names
                        .label(label)
                        .is_some_and(|label| view.has_label(*node, label))
                };
                let has_any = !view.node_labels(*node).is_empty();
                Ok(Value::Boolean(test.holds(has_any, &has)))
            }
            Value::Relationship(relationship) => {
                let own = view.type_of(*relationship);
                let has = |_, t| own.is_some() && self.ctx.names.relationship_type(t) == own;
                Ok(Value::Boolean(test.holds(own.is_some(), &has)))
            }
            value => Err(ValueError::invalid_type(
                "a label predicate",
                "a node or relationship",
                value,
            )),
        }
    }

    /// Whether an entity bears the labels, or is of the type, that a value names.
    fn has_dynamic_labels(
        &self,
        base: &Value,
        names: &Value,
        is_any: bool,
    ) -> Result<Value, ValueError> {
        let view = self.ctx.view();
        let Some(names) = label_names(names, "a label or type")? else {
            return Ok(Value::Null);
        };
        let holds = |has: &dyn Fn(&str) -> bool| {
            let mut names = names.iter().map(|name| has(name));
            Ok(Value::Boolean(match is_any {
                true => names.any(|holds| holds),
                false => names.all(|holds| holds),
            }))
        };
        match base {
            Value::Null => Ok(Value::Null),
            Value::Node(node) => holds(&|name| {
                view.label(name)
                    .is_some_and(|label| view.has_label(*node, label))
            }),
            Value::Relationship(relationship) => holds(&|name| {
                let of = view.relationship_type(name);
                of.is_some() && of == view.type_of(*relationship)
            }),
            value => Err(ValueError::invalid_type(
                "a label predicate",
                "a node or relationship",
                value,
            )),
        }
    }

    /// The truth of a condition; `None` for null.
    fn truth(&mut self, expression: &Expression) -> Evaluation<Option<bool>> {
        match &expression.kind {
            ExpressionKind::And(items) => self.connect(items, false),
            ExpressionKind::Or(items) => self.connect(items, true),
            ExpressionKind::Xor(items) => {
                let mut truth = Some(false);
                for item in items {
                    let item = self.truth(item)?;
                    truth = truth.zip(item).map(|(left, right)| left != right);
                }
                Ok(truth)
            }
            _ => match self.value(expression)? {
                Value::Null => Ok(None),
                Value::Boolean(truth) => Ok(Some(truth)),
                value => {
                    let kind = ValueError::invalid_type("a condition", "a boolean", &value);
                    Err(EvaluationError::value(kind, expression.span))
                }
            },
        }
    }

    /// `AND` and `OR`: the decisive truth value ends the search.
    fn connect(&mut self, items: &[Expression], decisive: bool) -> Evaluation<Option<bool>> {
        let mut truth = Some(!decisive);
        for item in items {
            match self.truth(item)? {
                Some(value) if value == decisive => return Ok(Some(decisive)),
                Some(_) => {}
                None => truth = None,
            }
        }
        Ok(truth)
    }

    fn case(
        &mut self,
        subject: Option<&Expression>,
        branches: &[(Expression, Expression)],
        otherwise: Option<&Expression>,
    ) -> Evaluation<Value> {
        let subject = subject.map(|subject| self.value(subject)).transpose()?;
        for (condition, result) in branches {
            let is_met = match &subject {
                Some(subject) => value::equals(subject, &self.value(condition)?) == Some(true),
                None => self.truth(condition)? == Some(true),
            };
            if is_met {
                return self.value(result);
            }
        }
        otherwise.map_or(Ok(Value::Null), |otherwise| self.value(otherwise))
    }

    fn call(
        &mut self,
        function: &function::Function,
        arguments: &[Expression],
        span: Span,
    ) -> Evaluation<Value> {
        let mut values = SmallVec::<[Value; 4]>::new();
        for argument in arguments {
            let value = self.value(argument)?;
            if function.is_strict && value.is_null() {
                return Ok(Value::Null);
            }
            values.push(value);
        }
        let making = self.ctx.function.making;
        let before = making.made.get();
        let value = (function.body)(self.ctx.function, &values)
            .map_err(|kind| EvaluationError::value(kind, span))?;
        // What the function itself said that it would make is in the value.
        making.made.set(before);
        self.made(&value, span)?;
        Ok(value)
    }

    /// The items of a list expression; `None` for null. What `range` gives is counted, not written out.
    fn items(&mut self, list: &Expression, operation: &str) -> Evaluation<Option<Items>> {
        if let ExpressionKind::Call(function, arguments) = &list.kind
            && function.name == "range"
        {
            return self.range(arguments, list.span);
        }
        match self.value(list)? {
            Value::Null => Ok(None),
            Value::List(items) => Ok(Some(Items::List(items, 0))),
            value => Err(EvaluationError::value(
                ValueError::invalid_type(operation, "a list", &value),
                list.span,
            )),
        }
    }

    fn range(&mut self, arguments: &[Expression], span: Span) -> Evaluation<Option<Items>> {
        let bounds = arguments.iter().map(|argument| self.value(argument));
        let bounds = bounds.collect::<Evaluation<SmallVec<[Value; 4]>>>()?;
        if bounds.iter().any(Value::is_null) {
            return Ok(None);
        }
        let range = function::Range::new(&bounds);
        let range = range.map_err(|kind| EvaluationError::value(kind, span))?;
        Ok(Some(Items::Range(range)))
    }

    fn comprehension(
        &mut self,
        list: &Expression,
        predicate: Option<&Expression>,
        projection: Option<&Expression>,
    ) -> Evaluation<Value> {
        let Some(items) = self.items(list, "a list comprehension")? else {
            return Ok(Value::Null);
        };
        let mut result: Vec<Value> = Vec::new();
        let making = self.ctx.function.making;
        let (before, mut inside) = (making.made.get(), 0_usize);
        let mut counted = 0;
        let mut count = |result: &[Value]| {
            let sizes = result[counted..].iter().map(Value::heap_size);
            inside = sizes.fold(inside, usize::saturating_add);
            counted = result.len();
            making.made.set(before);
            let made = making.make(inside.saturating_add(size_of_val(result)));
            made.map_err(|over| EvaluationError::interrupted(over.into(), list.span))
        };
        for (turn, item) in items.enumerate() {
            self.ctx.check(turn, list.span)?;
            if result.len() % 1024 == 1023 {
                count(&result)?;
            }
            let so_far = making.made.get();
            self.locals.push(item);
            let is_kept =
                predicate.map_or(Ok(Some(true)), |predicate| self.truth(predicate))? == Some(true);
            match projection {
                Some(projection) if is_kept => result.push(self.value(projection)?),
                None if is_kept => result.extend(self.locals.last().cloned()),
                _ => {}
            }
            self.locals.pop();
            making.keep_only(so_far, result.last().unwrap_or(&Value::Null));
        }
        count(&result)?;
        Ok(Value::list(result))
    }

    fn quantifier(
        &mut self,
        quantifier: Quantifier,
        list: &Expression,
        predicate: &Expression,
    ) -> Evaluation<Value> {
        let Some(items) = self.items(list, "a quantifier")? else {
            return Ok(Value::Null);
        };
        let (mut held, mut failed, mut unknown) = (0, 0, 0);
        let making = self.ctx.function.making;
        let before = making.made.get();
        for (turn, item) in items.enumerate() {
            self.ctx.check(turn, list.span)?;
            self.locals.push(item);
            match self.truth(predicate)? {
                Some(true) => held += 1,
                Some(false) => failed += 1,
                None => unknown += 1,
            }
            self.locals.pop();
            making.made.set(before);
        }
        let truth = match quantifier {
            Quantifier::All if failed > 0 => Some(false),
            Quantifier::Any if held > 0 => Some(true),
            Quantifier::None if held > 0 => Some(false),
            Quantifier::Single if held > 1 => Some(false),
            _ if unknown > 0 => None,
            Quantifier::All | Quantifier::None => Some(true),
            Quantifier::Any => Some(false),
            Quantifier::Single => Some(held == 1),
        };
        Ok(truth.into())
    }

    fn reduce(
        &mut self,
        initial: &Expression,
        list: &Expression,
        step: &Expression,
    ) -> Evaluation<Value> {
        let making = self.ctx.function.making;
        let before = making.made.get();
        let mut accumulator = self.value(initial)?;
        let Some(items) = self.items(list, "reduce")? else {
            return Ok(Value::Null);
        };
        for (turn, item) in items.enumerate() {
            self.ctx.check(turn, list.span)?;
            self.locals.push(accumulator);
            self.locals.push(item);
            accumulator = self.value(step)?;
            self.locals.truncate(self.locals.len() - 2);
            making.keep_only(before, &accumulator);
            // Lists of lists can double in each turn, and take no memory for it.
            if turn % 16 == 15 {
                check_nesting(making.memory, &mut Measure::default(), &accumulator).map_err(
                    |interruption| EvaluationError::interrupted(interruption, list.span),
                )?;
            }
        }
        Ok(accumulator)
    }

    fn map_projection(
        &mut self,
        base: &Expression,
        includes_all: bool,
        entries: &[(Arc<str>, Expression)],
    ) -> Evaluation<Value> {
        let value = self.value(base)?;
        if value.is_null() {
            return Ok(Value::Null);
        }
        let all = match includes_all {
            true => function::all_properties(self.ctx.function, &value)
                .map_err(|kind| EvaluationError::value(kind, base.span))?,
            false => Map::default(),
        };
        Ok(self.entries(entries, all)?.into())
    }

    /// A path, or null where one of its parts is null.
    fn path(&self, steps: &[PathStep]) -> Result<Value, ValueError> {
        let mut nodes = Vec::new();
        let mut relationships: Vec<RelationshipId> = Vec::new();
        let view = self.ctx.view();
        for step in steps {
            match step {
                PathStep::Node(slot) => match self.batch.value(*slot, self.row) {
                    Value::Node(node) if nodes.len() == relationships.len() => nodes.push(node),
                    // The end of a list of relationships: already reached by walking it.
                    Value::Node(_) => {}
                    _ => return Ok(Value::Null),
                },
                PathStep::Relationship(slot) => match self.batch.value(*slot, self.row) {
                    Value::Relationship(relationship) => relationships.push(relationship),
                    Value::List(items) => {
                        for item in items.iter() {
                            let Value::Relationship(relationship) = item else {
                                return Ok(Value::Null);
                            };
                            if nodes.len() == relationships.len() {
                                return Err(broken_path());
                            }
                            let last = nodes.last().copied().ok_or_else(broken_path)?;
                            let (start, end) =
                                view.endpoints(*relationship).ok_or_else(broken_path)?;
                            relationships.push(*relationship);
                            nodes.push(if start == last { end } else { start });
                        }
                    }
                    _ => return Ok(Value::Null),
                },
            }
        }
        Ok(Value::Path(Arc::new(Path::new(nodes, relationships))))
    }
}

fn broken_path() -> ValueError {
    ValueError::DeletedEntityAccess {
        entity: "relationship",
        asked: "place in a path".to_owned(),
    }
}

/// Refuses a value that is too deep, or that written out takes more memory than allowed.
///
/// # Errors
///
/// [`Interruption::NestingLimit`], [`Interruption::MemoryLimit`].
pub fn check_nesting(
    memory: &Memory,
    measure: &mut Measure,
    value: &Value,
) -> Result<(), Interruption> {
    let Some(extent) = measure.extent(value) else {
        let limit = Measure::DEEPEST;
        return Err(Interruption::NestingLimit { limit });
    };
    let written_out = extent.count.saturating_mul(size_of::<Value>());
    match written_out > memory.limit() {
        true => Err(OverLimit {
            limit: memory.limit(),
        }
        .into()),
        false => Ok(()),
    }
}

/// The names that `$(…)` gives: a string or a list of strings; `None` for null.
///
/// # Errors
///
/// [`ValueError::InvalidArgumentType`] for anything else.
pub fn label_names(value: &Value, operation: &str) -> Result<Option<Vec<Arc<str>>>, ValueError> {
    let name = |value: &Value| match value {
        Value::String(name) => Ok(name.clone()),
        other => Err(ValueError::invalid_type(operation, "a string", other)),
    };
    match value {
        Value::Null => Ok(None),
        Value::List(items) => items.iter().map(name).collect::<Result<_, _>>().map(Some),
        value => Ok(Some(vec![name(value)?])),
    }
}

impl LabelTest {
    /// Whether the test holds, given whether there is any label at all and whether each single one is there.
    pub fn holds(
        &self,
        has_any: bool,
        has: &impl Fn(super::LabelRef, super::TypeRef) -> bool,
    ) -> bool {
        match self {
            Self::Label(label, relationship_type) => has(*label, *relationship_type),
            Self::Any => has_any,
            Self::And(tests) => tests.iter().all(|test| test.holds(has_any, has)),
            Self::Or(tests) => tests.iter().any(|test| test.holds(has_any, has)),
            Self::Not(test) => !test.holds(has_any, has),
        }
    }
}

fn binary(
    making: Making<'_>,
    operator: BinaryOperator,
    left: &Value,
    right: &Value,
) -> Result<Value, ValueError> {
    if let BinaryOperator::Add | BinaryOperator::Concatenate = operator {
        making.make(length(left).saturating_add(length(right)))?;
    }
    match operator {
        BinaryOperator::Add => left.add(right),
        BinaryOperator::Subtract => left.subtract(right),
        BinaryOperator::Multiply => left.multiply(right),
        BinaryOperator::Divide => left.divide(right),
        BinaryOperator::Modulo => left.modulo(right),
        BinaryOperator::Power => left.power(right),
        BinaryOperator::In => left.is_in(right),
        BinaryOperator::StartsWith => Ok(left.starts_with(right)),
        BinaryOperator::EndsWith => Ok(left.ends_with(right)),
        BinaryOperator::Contains => Ok(left.contains(right)),
        BinaryOperator::Matches => left.matches(right),
        BinaryOperator::Concatenate => concatenate(left, right),
    }
}

/// The bytes that a text or list adds to what it is joined with.
fn length(value: &Value) -> usize {
    match value {
        Value::String(text) => text.len(),
        Value::List(items) => size_of_val(&**items),
        _ => 0,
    }
}

/// `a || b`: strings with strings and lists with lists, nothing else.
fn concatenate(left: &Value, right: &Value) -> Result<Value, ValueError> {
    let refuse = |expected, found| Err(ValueError::invalid_type("||", expected, found));
    match (left, right) {
        (Value::Null, Value::Null | Value::String(_) | Value::List(_))
        | (Value::String(_) | Value::List(_), Value::Null) => Ok(Value::Null),
        (Value::String(_), Value::String(_)) | (Value::List(_), Value::List(_)) => left.add(right),
        (Value::String(_), other) => refuse("a string beside a string", other),
        (Value::List(_), other) => refuse("a list beside a list", other),
        (Value::Null, other) | (other, _) => refuse("strings or lists", other),
    }
}

/// A comparison by the standard's three-valued logic.
pub(super) fn compare(operator: ComparisonOperator, left: &Value, right: &Value) -> Option<bool> {
    match operator {
        ComparisonOperator::Equal => value::equals(left, right),
        ComparisonOperator::NotEqual => value::equals(left, right).map(|truth| !truth),
        ComparisonOperator::Less => value::compare(left, right).is_less(),
        ComparisonOperator::LessOrEqual => value::compare(left, right).is_less_or_equal(),
        ComparisonOperator::Greater => value::compare(left, right).is_greater(),
        ComparisonOperator::GreaterOrEqual => value::compare(left, right).is_greater_or_equal(),
    }
}
