//! Expressions: one row, one value.

use tupu::syntax::ast::{
    BinaryOperator, ComparisonOperator, Expression, ExpressionKind as E, Literal,
    MapProjectionItem, PathSelector, PatternElement, PatternPart, Quantifier, SubqueryKind,
    UnaryOperator,
};
use tupu::value::{Map, Value, compare, equals};

use super::pattern::holds;
use super::{Failure, Naive, Outcome, Row, with};
use crate::graph::Properties;

/// An expression's row with, after grouping, the rows that became this one.
#[derive(Clone, Copy)]
pub(crate) struct Place<'a> {
    pub row: &'a Row,
    pub group: Option<&'a [Row]>,
}

impl Naive<'_> {
    /// The value of an expression without aggregates.
    pub(crate) fn value(&self, expression: &Expression, row: &Row) -> Outcome<Value> {
        self.evaluate(expression, Place { row, group: None })
    }

    /// Whether a condition holds; one that is not written does.
    pub(crate) fn holds(&self, condition: Option<&Expression>, row: &Row) -> Outcome<bool> {
        let Some(condition) = condition else {
            return Ok(true);
        };
        Ok(self.value(condition, row)?.truth("a condition")? == Some(true))
    }

    /// The value of an expression, aggregates included.
    #[expect(
        clippy::too_many_lines,
        reason = "a flat match with an arm for each kind of expression"
    )]
    pub(crate) fn evaluate(&self, expression: &Expression, place: Place<'_>) -> Outcome<Value> {
        self.step()?;
        let value = |expression: &Expression| self.evaluate(expression, place);
        let optional = |expression: &Option<Box<Expression>>| {
            expression
                .as_ref()
                .map(|expression| value(expression))
                .transpose()
        };
        Ok(match &expression.kind {
            E::Literal(literal) => literal_value(literal),
            E::Variable(name) => match place.row.get(&*name.text) {
                Some(value) => value.clone(),
                None => return Err(Failure::Unknown(format!("variable {}", name.text))),
            },
            E::List(items) => Value::list(items.iter().map(value).collect::<Outcome<_>>()?),
            E::Map(entries) => {
                let entry = |(key, item): &(_, _)| {
                    let key: &tupu::syntax::ast::Name = key;
                    Ok((key.text.clone(), value(item)?))
                };
                entries.iter().map(entry).collect::<Outcome<Map>>()?.into()
            }
            E::Property { base, key } => self.property(&value(base)?, &key.text)?,
            E::Index { base, index } => match (value(base)?, value(index)?) {
                (base @ (Value::Node(_) | Value::Relationship(_)), Value::String(key)) => {
                    self.property(&base, &key)?
                }
                (base, index) => base.index(&index)?,
            },
            E::Slice { base, from, to } => {
                value(base)?.slice(optional(from)?.as_ref(), optional(to)?.as_ref())?
            }
            E::HasLabels { base, labels } => match value(base)? {
                Value::Null => Value::Null,
                Value::Node(node) => holds(
                    labels,
                    &self.world.graph.nodes[self.node_place(node)].labels,
                )
                .into(),
                Value::Relationship(relationship) => {
                    let at = self.relationship_place(relationship);
                    holds(labels, &[self.world.graph.relationships[at].kind]).into()
                }
                other => return Err(Failure::Unknown(format!("labels of {other}"))),
            },
            E::Unary { operator, operand } => match (operator, value(operand)?) {
                (UnaryOperator::Not, operand) => operand.not()?,
                (UnaryOperator::Minus, operand) => operand.negate()?,
                (UnaryOperator::Plus, operand) => operand,
            },
            E::Binary {
                left,
                operator,
                right,
            } => binary(&value(left)?, *operator, &value(right)?)?,
            E::And(items) => self.connect(items, place, true, Value::and)?,
            E::Or(items) => self.connect(items, place, false, Value::or)?,
            E::Xor(items) => self.connect(items, place, false, Value::xor)?,
            E::Comparison { first, rest } => {
                let mut left = value(first)?;
                let mut answer = Value::Boolean(true);
                for (operator, right) in rest {
                    let right = value(right)?;
                    answer = answer.and(&comparison(&left, *operator, &right).into())?;
                    left = right;
                }
                answer
            }
            E::IsNull {
                operand,
                is_negated,
            } => (value(operand)?.is_null() != *is_negated).into(),
            E::Case {
                subject,
                branches,
                otherwise,
            } => {
                let subject = optional(subject)?;
                for (condition, result) in branches {
                    let condition = value(condition)?;
                    let is_chosen = match &subject {
                        Some(subject) => equals(subject, &condition) == Some(true),
                        None => condition.truth("CASE")? == Some(true),
                    };
                    if is_chosen {
                        return value(result);
                    }
                }
                optional(otherwise)?.unwrap_or_default()
            }
            E::CountAll => self.aggregate("count", false, None, place)?,
            E::Call {
                function,
                is_distinct,
                arguments,
            } => {
                let name = function.text.to_lowercase();
                if super::aggregate::is_aggregate(&name) {
                    return self.aggregate(&name, *is_distinct, arguments.first(), place);
                }
                let arguments = arguments.iter().map(value).collect::<Outcome<Vec<_>>>()?;
                self.function(&name, &arguments)?
            }
            E::ListComprehension {
                variable,
                list,
                predicate,
                projection,
            } => {
                let mut items = Vec::new();
                let Some(list) = list_items(value(list)?)? else {
                    return Ok(Value::Null);
                };
                for item in list {
                    let row = with(place.row, &variable.text, item.clone());
                    if self.holds(predicate.as_deref(), &row)? {
                        items.push(match projection {
                            Some(projection) => self.value(projection, &row)?,
                            None => item,
                        });
                    }
                }
                Value::list(items)
            }
            E::Quantifier {
                quantifier,
                variable,
                list,
                predicate,
            } => {
                let Some(list) = list_items(value(list)?)? else {
                    return Ok(Value::Null);
                };
                let mut truths = Vec::new();
                for item in list {
                    let row = with(place.row, &variable.text, item.clone());
                    let truth = match predicate {
                        Some(predicate) => self.value(predicate, &row)?,
                        None => item,
                    };
                    truths.push(truth.truth("a quantifier")?);
                }
                quantify(*quantifier, &truths).into()
            }
            E::Reduce {
                accumulator,
                initial,
                variable,
                list,
                step,
            } => {
                let mut total = value(initial)?;
                let Some(list) = list_items(value(list)?)? else {
                    return Ok(Value::Null);
                };
                for item in list {
                    let row = with(place.row, &accumulator.text, total);
                    total = self.value(step, &with(&row, &variable.text, item))?;
                }
                total
            }
            E::MapProjection { variable, items } => {
                self.map_projection(&place.row[&*variable.text], items, place)?
            }
            E::Pattern(element) => {
                (!self.matches(&[anonymous(element)], place.row)?.is_empty()).into()
            }
            E::PatternComprehension {
                variable,
                element,
                predicate,
                projection,
            } => {
                let part = PatternPart {
                    variable: variable.clone(),
                    ..anonymous(element)
                };
                let mut items = Vec::new();
                for row in self.matches(&[part], place.row)? {
                    if self.holds(predicate.as_deref(), &row)? {
                        items.push(self.value(projection, &row)?);
                    }
                }
                Value::list(items)
            }
            E::Subquery { kind, query } => {
                let rows = self.query(query, place.row)?.rows();
                match kind {
                    SubqueryKind::Exists => (!rows.is_empty()).into(),
                    SubqueryKind::Count => super::function::count(rows.len()),
                    SubqueryKind::Collect => rows.into_iter().flatten().collect(),
                }
            }
            // Not among what is generated.
            _ => {
                return Err(Failure::Unknown(format!("{:?}", expression.kind)));
            }
        })
    }

    /// `AND`, `OR` and `XOR` of any number of conditions.
    fn connect(
        &self,
        items: &[Expression],
        place: Place<'_>,
        neutral: bool,
        both: impl Fn(&Value, &Value) -> Result<Value, tupu::value::ValueError>,
    ) -> Outcome<Value> {
        let mut answer = Value::Boolean(neutral);
        for item in items {
            answer = both(&answer, &self.evaluate(item, place)?)?;
        }
        Ok(answer)
    }

    /// The property of an entity or map; null of null.
    pub(crate) fn property(&self, base: &Value, key: &str) -> Outcome<Value> {
        Ok(match base {
            Value::Null => Value::Null,
            Value::Map(map) => map.get(key).cloned().unwrap_or_default(),
            Value::Node(_) | Value::Relationship(_) => {
                let found = self.properties(base).iter().find(|(own, _)| *own == key);
                found.map(|(_, value)| value.clone()).unwrap_or_default()
            }
            other => {
                let unknown = || Failure::Unknown(format!("property of {other}"));
                other.component(key).ok_or_else(unknown)?
            }
        })
    }

    /// The properties of a node or relationship.
    pub(crate) fn properties(&self, entity: &Value) -> &Properties {
        match entity {
            Value::Node(node) => &self.world.graph.nodes[self.node_place(*node)].properties,
            Value::Relationship(relationship) => {
                let at = self.relationship_place(*relationship);
                &self.world.graph.relationships[at].properties
            }
            other => panic!("{other} has no properties"),
        }
    }

    fn map_projection(
        &self,
        base: &Value,
        items: &[MapProjectionItem],
        place: Place<'_>,
    ) -> Outcome<Value> {
        if base.is_null() {
            return Ok(Value::Null);
        }
        let mut map = Map::default();
        for item in items {
            match item {
                MapProjectionItem::Property(key) => {
                    map.insert(key.text.clone(), self.property(base, &key.text)?);
                }
                MapProjectionItem::AllProperties(_) => {
                    let own = self
                        .properties(base)
                        .iter()
                        .filter(|(_, value)| !value.is_null());
                    map.extend(own.map(|(key, value)| ((*key).into(), value.clone())));
                }
                MapProjectionItem::Variable(name) => {
                    map.insert(name.text.clone(), place.row[&*name.text].clone());
                }
                MapProjectionItem::Entry(key, value) => {
                    map.insert(key.text.clone(), self.evaluate(value, place)?);
                }
            }
        }
        Ok(map.into())
    }

    pub(crate) fn node_place(&self, id: tupu::value::NodeId) -> usize {
        let at = self.world.nodes.iter().position(|node| *node == id);
        at.expect("queries give only nodes of the graph")
    }

    pub(crate) fn relationship_place(&self, id: tupu::value::RelationshipId) -> usize {
        let at = self
            .world
            .relationships
            .iter()
            .position(|relationship| *relationship == id);
        at.expect("queries give only relationships of the graph")
    }
}

fn anonymous(element: &PatternElement) -> PatternPart {
    PatternPart {
        variable: None,
        selector: PathSelector::All,
        element: element.clone(),
        predicate: None,
        span: element.span,
    }
}

fn literal_value(literal: &Literal) -> Value {
    match literal {
        Literal::Null => Value::Null,
        Literal::Boolean(value) => (*value).into(),
        Literal::Integer(value) => (*value).into(),
        Literal::Float(value) => (*value).into(),
        Literal::String(value) => value.clone().into(),
    }
}

fn list_items(list: Value) -> Outcome<Option<Vec<Value>>> {
    match list {
        Value::Null => Ok(None),
        Value::List(items) => Ok(Some(items.to_vec())),
        other => Err(Failure::Unknown(format!("items of {other}"))),
    }
}

fn binary(left: &Value, operator: BinaryOperator, right: &Value) -> Outcome<Value> {
    Ok(match operator {
        BinaryOperator::Add => left.add(right)?,
        BinaryOperator::Subtract => left.subtract(right)?,
        BinaryOperator::Multiply => left.multiply(right)?,
        BinaryOperator::Divide => left.divide(right)?,
        BinaryOperator::Modulo => left.modulo(right)?,
        BinaryOperator::Power => left.power(right)?,
        BinaryOperator::In => left.is_in(right)?,
        BinaryOperator::StartsWith => left.starts_with(right),
        BinaryOperator::EndsWith => left.ends_with(right),
        BinaryOperator::Contains => left.contains(right),
        BinaryOperator::Matches => left.matches(right)?,
        BinaryOperator::Concatenate => return Err(Failure::Unknown("||".to_owned())),
    })
}

fn comparison(left: &Value, operator: ComparisonOperator, right: &Value) -> Option<bool> {
    match operator {
        ComparisonOperator::Equal => equals(left, right),
        ComparisonOperator::NotEqual => equals(left, right).map(|is_equal| !is_equal),
        ComparisonOperator::Less => compare(left, right).is_less(),
        ComparisonOperator::LessOrEqual => compare(left, right).is_less_or_equal(),
        ComparisonOperator::Greater => compare(left, right).is_greater(),
        ComparisonOperator::GreaterOrEqual => compare(left, right).is_greater_or_equal(),
    }
}

/// The truth of a quantifier from that of each item; what is unknown counts where it could decide.
fn quantify(quantifier: Quantifier, truths: &[Option<bool>]) -> Option<bool> {
    let count = |truth| truths.iter().filter(|other| **other == truth).count();
    let (yes, no, unknown) = (count(Some(true)), count(Some(false)), count(None));
    match quantifier {
        Quantifier::All if no > 0 => Some(false),
        Quantifier::Any if yes > 0 => Some(true),
        Quantifier::None if yes > 0 => Some(false),
        Quantifier::Single if yes > 1 => Some(false),
        _ if unknown > 0 => None,
        Quantifier::All | Quantifier::None => Some(true),
        Quantifier::Any => Some(false),
        Quantifier::Single => Some(yes == 1),
    }
}
