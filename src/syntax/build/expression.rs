//! Operands: atoms with what follows them. Operators are in `operator`.

use pest::iterators::Pair;

use super::super::ast::{
    CaseTest, Clause, Expression, ExpressionKind, Literal, MapProjectionItem, MatchClause, Name,
    Quantifier, Query, SingleQuery, SubqueryKind,
};
use super::super::grammar::Rule;
use super::operator::{Operand, Row, checked};
use super::pattern::ParameterUse;
use super::{Builder, Result, check_height, literal, only};
use crate::source::Span;

impl Builder<'_> {
    /// The expressions directly within a rule, each a value.
    pub(super) fn values(&mut self, pair: Pair<'_, Rule>) -> Result<Vec<Expression>> {
        pair.into_inner()
            .filter(|pair| pair.as_rule() == Rule::expression)
            .map(|pair| self.value(pair))
            .collect()
    }

    /// What `SET` and `REMOVE` change.
    pub(super) fn property_expression(&mut self, pair: Pair<'_, Rule>) -> Result<Expression> {
        let mut row = Row::new(pair);
        let span = row.peek_span();
        self.deeper(span, |this| Ok(this.operand(&mut row)?.expression))
    }

    /// An atom and its lookups, calls and labels.
    pub(super) fn operand(&mut self, row: &mut Row<'_>) -> Result<Operand> {
        let pair = row.next().expect("an operand follows");
        let outer_height = std::mem::take(&mut self.height);
        let mut outer = self.span(&pair);
        let mut is_name = pair.as_rule() == Rule::variable;
        let mut expression = self.atom(pair, outer)?;
        let mut height = self.height + 1;
        while let Some(pair) = row.next_if_postfix() {
            self.height = 0;
            outer = outer.to(self.span(&pair));
            is_name &= matches!(pair.as_rule(), Rule::property_lookup | Rule::arguments);
            expression = self.postfix(expression, pair, is_name, outer)?;
            is_name &= matches!(expression.kind, ExpressionKind::Property { .. });
            height = height.max(self.height) + 1;
            check_height(height, outer)?;
        }
        self.height = outer_height;
        Ok(Operand {
            expression,
            outer,
            height,
        })
    }

    fn atom(&mut self, pair: Pair<'_, Rule>, span: Span) -> Result<Expression> {
        let kind = match pair.as_rule() {
            Rule::parenthesized => return self.condition(only(pair)),
            Rule::string => {
                ExpressionKind::Literal(Literal::String(literal::string(pair.as_str(), span)?))
            }
            Rule::number => ExpressionKind::Literal(literal::number(pair.as_str(), false, span)?),
            Rule::constant => ExpressionKind::Literal(literal::constant(pair.as_str())),
            Rule::parameter => ExpressionKind::Parameter(self.parameter(pair)),
            Rule::variable => ExpressionKind::Variable(self.name(&pair)),
            Rule::map => ExpressionKind::Map(self.map(pair)?),
            Rule::list => self.list(pair)?,
            Rule::case => self.case(pair)?,
            Rule::subquery => self.subquery(pair)?,
            Rule::quantifier => self.quantifier(pair)?,
            Rule::reduce => self.reduce(pair)?,
            Rule::pattern_comprehension => self.pattern_comprehension(pair)?,
            Rule::pattern_predicate => {
                ExpressionKind::Pattern(Box::new(self.pattern_of_expression(only(pair))?))
            }
            Rule::shortest_path => ExpressionKind::ShortestPath(Box::new(
                self.shortest_path(pair, ParameterUse::Refused)?,
            )),
            rule => unreachable!("{rule:?} is no atom"),
        };
        Ok(Expression { kind, span })
    }

    fn postfix(
        &mut self,
        base: Expression,
        pair: Pair<'_, Rule>,
        is_name: bool,
        span: Span,
    ) -> Result<Expression> {
        if let Rule::map_projection = pair.as_rule() {
            let ExpressionKind::Variable(variable) = base.kind else {
                unreachable!("a variable stands before braces")
            };
            let items = pair
                .into_inner()
                .map(|item| self.map_projection_item(item))
                .collect::<Result<_>>()?;
            return Ok(Expression {
                kind: ExpressionKind::MapProjection { variable, items },
                span,
            });
        }
        if let Rule::arguments = pair.as_rule() {
            let function = if is_name { function_name(&base) } else { None };
            let Some(function) = function else {
                return Err(self.unexpected(self.span(&pair), "an operator"));
            };
            return Ok(Expression {
                kind: self.call(function, pair)?,
                span,
            });
        }
        let base = Box::new(checked(base)?);
        let kind = match pair.as_rule() {
            Rule::property_lookup => ExpressionKind::Property {
                base,
                key: self.inner_name(pair),
            },
            Rule::index => self.index(base, pair)?,
            Rule::label_predicate | Rule::label_predicate_before_bar => ExpressionKind::HasLabels {
                base,
                labels: self.label_expression(pair)?,
            },
            rule => unreachable!("{rule:?} follows no operand"),
        };
        Ok(Expression { kind, span })
    }

    pub(super) fn parameter(&self, pair: Pair<'_, Rule>) -> Name {
        let span = self.span(&pair);
        Name {
            span,
            ..self.inner_name(pair)
        }
    }

    fn index(&mut self, base: Box<Expression>, pair: Pair<'_, Rule>) -> Result<ExpressionKind> {
        let (mut from, mut to, mut is_slice) = (None, None, false);
        for pair in pair.into_inner() {
            if pair.as_rule() == Rule::dots {
                is_slice = true;
            } else if is_slice {
                to = Some(Box::new(self.value(pair)?));
            } else {
                from = Some(Box::new(self.value(pair)?));
            }
        }
        Ok(match from {
            Some(index) if !is_slice => ExpressionKind::Index { base, index },
            from => ExpressionKind::Slice { base, from, to },
        })
    }

    fn call(&mut self, function: Name, pair: Pair<'_, Rule>) -> Result<ExpressionKind> {
        let (mut is_distinct, mut arguments) = (false, Vec::new());
        let takes_pattern = function.text.eq_ignore_ascii_case("exists");
        for pair in pair.into_inner() {
            match pair.as_rule() {
                Rule::star if function.text.eq_ignore_ascii_case("count") => {
                    return Ok(ExpressionKind::CountAll);
                }
                Rule::star => return Err(self.unexpected(self.span(&pair), "an expression")),
                Rule::closing => {}
                Rule::DISTINCT => is_distinct = true,
                _ if takes_pattern => arguments.push(self.condition(pair)?),
                _ => arguments.push(self.value(pair)?),
            }
        }
        Ok(ExpressionKind::Call {
            function,
            is_distinct,
            arguments,
        })
    }

    pub(super) fn map(&mut self, pair: Pair<'_, Rule>) -> Result<Vec<(Name, Expression)>> {
        pair.into_inner()
            .map(|entry| self.map_entry(entry))
            .collect()
    }

    fn map_entry(&mut self, pair: Pair<'_, Rule>) -> Result<(Name, Expression)> {
        let mut parts = pair.into_inner();
        let key = self.name(&parts.next().expect("an entry has a key"));
        let value = self.value(parts.next_back().expect("an entry has a value"))?;
        Ok((key, value))
    }

    fn map_projection_item(&mut self, pair: Pair<'_, Rule>) -> Result<MapProjectionItem> {
        Ok(match pair.as_rule() {
            Rule::property_lookup => MapProjectionItem::Property(self.inner_name(pair)),
            Rule::all_properties => MapProjectionItem::AllProperties(self.span(&pair)),
            Rule::variable => MapProjectionItem::Variable(self.name(&pair)),
            _ => {
                let (key, value) = self.map_entry(pair)?;
                MapProjectionItem::Entry(key, value)
            }
        })
    }

    fn list(&mut self, pair: Pair<'_, Rule>) -> Result<ExpressionKind> {
        let mut items = Vec::new();
        let (mut predicate, mut projection) = (None, None);
        for pair in pair.into_inner() {
            match pair.as_rule() {
                Rule::expression | Rule::expression_before_bar => items.push(pair),
                Rule::where_before_bar => predicate = Some(pair),
                _ => projection = Some(pair),
            }
        }
        if let [item] = items.as_slice()
            && let Some(mut row) = Row::after_variable_in(item.clone())
        {
            let variable = self.name(&row.next().expect("the row begins with a variable"));
            row.next();
            let list = Box::new(self.value_of(&mut row)?);
            let predicate = predicate
                .map(|pair| self.predicate(pair))
                .transpose()?
                .map(Box::new);
            let projection = projection
                .map(|pair| self.value(only(pair)))
                .transpose()?
                .map(Box::new);
            return Ok(ExpressionKind::ListComprehension {
                variable,
                list,
                predicate,
                projection,
            });
        }
        if let Some(pair) = predicate.or(projection) {
            return Err(self.unexpected(
                self.span(&pair),
                "`,` or `]`, since the list does not begin with `variable IN`",
            ));
        }
        Ok(ExpressionKind::List(
            items
                .into_iter()
                .map(|item| self.value(item))
                .collect::<Result<_>>()?,
        ))
    }

    fn case(&mut self, pair: Pair<'_, Rule>) -> Result<ExpressionKind> {
        let (mut subject, mut branches, mut otherwise) = (None, Vec::new(), None);
        for pair in pair.into_inner() {
            match pair.as_rule() {
                Rule::expression => subject = Some(Box::new(self.value(pair)?)),
                Rule::search_branch | Rule::case_branch => {
                    branches.push(self.case_branch(pair)?);
                }
                Rule::case_else => {
                    let result = pair.into_inner().last().expect("ELSE has a result");
                    otherwise = Some(Box::new(self.value(result)?));
                }
                _ => {}
            }
        }
        Ok(ExpressionKind::Case {
            subject,
            branches,
            otherwise,
        })
    }

    fn case_branch(&mut self, pair: Pair<'_, Rule>) -> Result<(Expression, Expression)> {
        let (mut tests, mut expressions) = (Vec::new(), Vec::new());
        for pair in pair.into_inner() {
            match pair.as_rule() {
                Rule::case_test => tests.push(only(pair)),
                Rule::expression => expressions.push(pair),
                _ => {}
            }
        }
        let result = expressions.pop().expect("a branch has a result");
        tests.extend(expressions);
        if let [test] = tests.as_slice()
            && test.as_rule() == Rule::expression
        {
            return Ok((self.condition(test.clone())?, self.value(result)?));
        }
        let span = tests
            .iter()
            .map(|test| self.span(test))
            .reduce(Span::to)
            .expect("a branch has a test");
        let test = |test: Pair<'_, Rule>| match test.as_rule() {
            Rule::expression => Ok(CaseTest::Equal(self.value(test)?)),
            _ => Ok(CaseTest::Predicate(self.case_predicate(test)?)),
        };
        let tests = tests.into_iter().map(test).collect::<Result<_>>()?;
        let kind = ExpressionKind::CaseTests(tests);
        Ok((Expression { kind, span }, self.value(result)?))
    }

    fn subquery(&mut self, pair: Pair<'_, Rule>) -> Result<ExpressionKind> {
        let span = self.span(&pair);
        let mut parts = pair.into_inner();
        let kind = match parts
            .next()
            .expect("a subquery has a keyword")
            .as_str()
            .to_ascii_uppercase()
            .as_str()
        {
            "EXISTS" => SubqueryKind::Exists,
            "COUNT" => SubqueryKind::Count,
            _ => SubqueryKind::Collect,
        };
        let outer = (self.is_read_only, self.ends_freely);
        (self.is_read_only, self.ends_freely) = (true, kind != SubqueryKind::Collect);
        let first = parts.next().expect("braces hold a query or a pattern");
        let query = match first.as_rule() {
            Rule::query => self.query(first)?,
            _ => {
                let pattern = self.pattern(first, ParameterUse::Refused)?;
                let predicate = parts.next().map(|pair| self.predicate(pair)).transpose()?;
                let clause = Clause::Match(MatchClause {
                    is_optional: false,
                    pattern,
                    predicate,
                    span,
                });
                super::composition::check_clauses(
                    std::slice::from_ref(&clause),
                    true,
                    self.ends_freely,
                )?;
                Query {
                    first: SingleQuery {
                        clauses: vec![clause],
                        span,
                    },
                    unions: Vec::new(),
                }
            }
        };
        (self.is_read_only, self.ends_freely) = outer;
        Ok(ExpressionKind::Subquery {
            kind,
            query: Box::new(query),
        })
    }

    fn quantifier(&mut self, pair: Pair<'_, Rule>) -> Result<ExpressionKind> {
        let mut parts = pair.into_inner().filter(|pair| pair.as_rule() != Rule::IN);
        let quantifier = match parts
            .next()
            .expect("a quantifier has a name")
            .as_str()
            .to_ascii_lowercase()
            .as_str()
        {
            "all" => Quantifier::All,
            "any" => Quantifier::Any,
            "none" => Quantifier::None,
            _ => Quantifier::Single,
        };
        let variable = self.name(&parts.next().expect("a quantifier has a variable"));
        let list = Box::new(self.value(parts.next().expect("a quantifier has a list"))?);
        let predicate = parts
            .next()
            .map(|pair| self.predicate(pair))
            .transpose()?
            .map(Box::new);
        Ok(ExpressionKind::Quantifier {
            quantifier,
            variable,
            list,
            predicate,
        })
    }

    fn reduce(&mut self, pair: Pair<'_, Rule>) -> Result<ExpressionKind> {
        let mut parts = pair
            .into_inner()
            .filter(|pair| !matches!(pair.as_rule(), Rule::reduce_name | Rule::IN));
        let mut part = || parts.next().expect("reduce has five parts");
        let accumulator = self.name(&part());
        let initial = Box::new(self.value(part())?);
        let variable = self.name(&part());
        let list = Box::new(self.value(part())?);
        let step = Box::new(self.value(only(part()))?);
        Ok(ExpressionKind::Reduce {
            accumulator,
            initial,
            variable,
            list,
            step,
        })
    }

    fn pattern_comprehension(&mut self, pair: Pair<'_, Rule>) -> Result<ExpressionKind> {
        let (mut variable, mut element, mut predicate, mut projection) = (None, None, None, None);
        for pair in pair.into_inner() {
            match pair.as_rule() {
                Rule::variable => variable = Some(self.name(&pair)),
                Rule::pattern_element => {
                    element = Some(Box::new(self.pattern_of_expression(pair)?));
                }
                Rule::where_before_bar => predicate = Some(Box::new(self.predicate(pair)?)),
                _ => projection = Some(Box::new(self.value(only(pair))?)),
            }
        }
        let element = element.expect("a pattern comprehension has a pattern");
        let projection = projection.expect("a pattern comprehension has a projection");
        Ok(ExpressionKind::PatternComprehension {
            variable,
            element,
            predicate,
            projection,
        })
    }
}

/// The dotted name of a function, which was read as properties of a variable.
fn function_name(base: &Expression) -> Option<Name> {
    let mut parts = Vec::new();
    let mut part = base;
    loop {
        match &part.kind {
            ExpressionKind::Variable(name) => {
                parts.push(name.text.as_ref());
                break;
            }
            ExpressionKind::Property { base, key } => {
                parts.push(key.text.as_ref());
                part = base;
            }
            _ => return None,
        }
    }
    parts.reverse();
    Some(Name {
        text: parts.join(".").into(),
        span: base.span,
    })
}
