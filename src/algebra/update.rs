//! The updating clauses: `CREATE`, `MERGE`, `SET`, `REMOVE`, `DELETE`.

use std::sync::Arc;

use super::bind::{Binder, Bound, fault};
use super::error::SemanticErrorKind;
use super::pattern::conflict;
use super::plan::{
    CreateNode, CreatePattern, CreateRelationship, CreatedType, LogicalPlan, Match, MentionKind,
    Merge, NamedPath, SetOperation,
};
use super::scope::{Scope, Static};
use crate::expression::{Expression, LabelRef, PathStep};
use crate::source::Span;
use crate::syntax::ast::{self, ExpressionKind as A};
use crate::value::Type;

impl Binder<'_> {
    /// Notes that the statement writes; inside a subquery expression that is refused.
    fn write(&mut self, span: Span) -> Bound<()> {
        self.is_write = true;
        self.updates.push(span);
        if self.is_read_only {
            let reason = "a subquery inside an expression can't write".to_owned();
            return fault(SemanticErrorKind::InvalidClauseComposition { reason }, span);
        }
        Ok(())
    }

    pub(crate) fn create(
        &mut self,
        clause: &ast::CreateClause,
        input: LogicalPlan,
        scope: &mut Scope,
    ) -> Bound<LogicalPlan> {
        self.write(clause.span)?;
        let mut pattern = CreatePattern::default();
        for part in &clause.pattern.parts {
            self.create_part(part, scope, &mut pattern)?;
        }
        pattern.width = scope.width;
        Ok(LogicalPlan::Create {
            input: Box::new(input),
            pattern,
            names: scope.names(),
        })
    }

    fn create_part(
        &mut self,
        part: &ast::PatternPart,
        scope: &mut Scope,
        pattern: &mut CreatePattern,
    ) -> Bound<()> {
        if part.selector != ast::PathSelector::All {
            let reason = "a shortest path can be looked for, not created".to_owned();
            return fault(
                SemanticErrorKind::InvalidRelationshipPattern { reason },
                part.span,
            );
        }
        if let Some(predicate) = &part.predicate {
            return refuse_condition(predicate.span);
        }
        let is_alone = part.element.chain.is_empty();
        let mut left = self.create_node(&part.element.start, is_alone, scope, pattern)?;
        let mut steps = vec![PathStep::Node(left)];
        for (relationship, node) in &part.element.chain {
            let slot = self.new_relationship(relationship, scope)?;
            let right = self.create_node(node, false, scope, pattern)?;
            let created = self.create_relationship(relationship, slot, (left, right), scope)?;
            pattern.relationships.push(created);
            steps.extend([PathStep::Relationship(slot), PathStep::Node(right)]);
            left = right;
        }
        if let Some(name) = &part.variable {
            self.refuse_bound(name, scope)?;
            let slot = scope.declare(name.text.clone(), Static::new(Type::PATH));
            pattern.paths.push(NamedPath {
                slot,
                name: name.text.clone(),
                steps,
            });
        }
        Ok(())
    }

    fn refuse_bound(&self, name: &ast::Name, scope: &Scope) -> Bound<()> {
        match scope.variable(&name.text) {
            Some(_) => fault(
                SemanticErrorKind::VariableAlreadyBound {
                    name: name.text.clone(),
                },
                name.span,
            ),
            None => Ok(()),
        }
    }

    /// The slot of a node of a pattern to be created: a new one, or one that is bound already and stands bare.
    fn create_node(
        &mut self,
        node: &ast::NodePattern,
        is_alone: bool,
        scope: &mut Scope,
        pattern: &mut CreatePattern,
    ) -> Bound<usize> {
        if let Some(name) = &node.variable
            && let Some(variable) = scope.variable(&name.text)
        {
            conflict(name, variable.of, Type::NODE, "a node")?;
            if is_alone || node.labels.is_some() || node.properties.is_some() {
                return fault(
                    SemanticErrorKind::VariableAlreadyBound {
                        name: name.text.clone(),
                    },
                    name.span,
                );
            }
            return Ok(variable.slot);
        }
        if let Some(predicate) = &node.predicate {
            return refuse_condition(predicate.span);
        }
        let properties = self.properties(node.properties.as_ref(), scope)?;
        let (mut labels, mut dynamic_labels) = (Vec::new(), Vec::new());
        if let Some(given) = &node.labels {
            self.plain_labels(given, node.span, scope, &mut labels, &mut dynamic_labels)?;
        }
        let slot = match &node.variable {
            Some(name) => scope.declare(name.text.clone(), Static::new(Type::NODE)),
            None => scope.anonymous(),
        };
        pattern.nodes.push(CreateNode {
            slot,
            labels,
            dynamic_labels,
            properties,
        });
        Ok(slot)
    }

    /// Labels to be given: a plain list, no alternatives; those that are computed apart.
    fn plain_labels(
        &mut self,
        given: &ast::LabelExpression,
        span: Span,
        scope: &mut Scope,
        labels: &mut Vec<LabelRef>,
        dynamic: &mut Vec<Expression>,
    ) -> Bound<()> {
        match given {
            ast::LabelExpression::Label(name) => {
                self.write_name(MentionKind::Label, name);
                labels.push(self.names.label(&name.text));
            }
            ast::LabelExpression::Dynamic {
                names,
                is_any: false,
            } => dynamic.push(self.label_names(names, scope)?),
            ast::LabelExpression::And(items) => {
                for item in items {
                    self.plain_labels(item, span, scope, labels, dynamic)?;
                }
            }
            _ => {
                let reason = "a node to be created needs plain labels, as in :A:B".to_owned();
                return fault(SemanticErrorKind::UnexpectedSyntax { reason }, span);
            }
        }
        Ok(())
    }

    fn new_relationship(
        &mut self,
        relationship: &ast::RelationshipPattern,
        scope: &mut Scope,
    ) -> Bound<usize> {
        match &relationship.variable {
            Some(name) => {
                self.refuse_bound(name, scope)?;
                let of = match relationship.length {
                    Some(_) => Static::list(Type::RELATIONSHIP),
                    None => Static::new(Type::RELATIONSHIP),
                };
                Ok(scope.declare(name.text.clone(), of))
            }
            None => Ok(scope.anonymous()),
        }
    }

    fn create_relationship(
        &mut self,
        relationship: &ast::RelationshipPattern,
        slot: usize,
        (left, right): (usize, usize),
        scope: &mut Scope,
    ) -> Bound<CreateRelationship> {
        let span = relationship.span;
        refuse_repetition(relationship)?;
        let relationship_type = match &relationship.types {
            Some(ast::LabelExpression::Label(name)) => {
                self.write_name(MentionKind::Type, name);
                CreatedType::Named(self.names.relationship_type(&name.text))
            }
            Some(ast::LabelExpression::Dynamic {
                names,
                is_any: false,
            }) => CreatedType::Dynamic(self.label_names(names, scope)?),
            _ => return fault(SemanticErrorKind::NoSingleRelationshipType, span),
        };
        if let Some(predicate) = &relationship.predicate {
            return refuse_condition(predicate.span);
        }
        let (start, end) = match relationship.direction {
            ast::Direction::Outgoing => (left, right),
            ast::Direction::Incoming => (right, left),
            ast::Direction::Both => {
                return fault(SemanticErrorKind::RequiresDirectedRelationship, span);
            }
        };
        let properties = self.properties(relationship.properties.as_ref(), scope)?;
        Ok(CreateRelationship {
            slot,
            relationship_type,
            start,
            end,
            properties,
            span,
        })
    }

    /// The properties of something to be created: a map.
    fn properties(
        &mut self,
        properties: Option<&ast::Expression>,
        scope: &mut Scope,
    ) -> Bound<Option<Expression>> {
        let Some(properties) = properties else {
            return Ok(None);
        };
        if let A::Map(entries) = &properties.kind {
            for (key, _) in entries {
                self.write_name(MentionKind::Key, key);
                self.names.key(&key.text);
            }
        }
        let (bound, of) = self.expression(properties, scope)?;
        self.require(of, Type::MAP, "a pattern's properties", properties.span)?;
        Ok(Some(bound))
    }

    pub(crate) fn merge(
        &mut self,
        clause: &ast::MergeClause,
        input: LogicalPlan,
        scope: &mut Scope,
    ) -> Bound<LogicalPlan> {
        self.write(clause.span)?;
        let input_width = scope.width;
        self.check_merge(&clause.part, scope)?;
        let mut found = scope.clone();
        let mut predicates = Vec::new();
        let parts = std::slice::from_ref(&clause.part);
        let (pattern, selection) = self.pattern(parts, &mut found, &mut predicates)?;
        let create = self.merge_creation(&clause.part, scope)?;
        let required = self.required_properties(&clause.part, scope)?;
        let search = LogicalPlan::Match(Match {
            input: Box::new(LogicalPlan::Argument {
                names: scope.names(),
            }),
            input_width,
            pattern,
            predicates,
            is_optional: false,
            selection,
            width: found.width,
        });
        *scope = found;
        let on_create = self.set_items(&clause.on_create, scope)?;
        let on_match = self.set_items(&clause.on_match, scope)?;
        Ok(LogicalPlan::Merge(Merge {
            input: Box::new(input),
            search: Box::new(search),
            create,
            on_create,
            on_match,
            required,
            input_width,
        }))
    }

    /// `MERGE` looks for what it could create: bound variables stand bare, relationships have one type.
    fn check_merge(&self, part: &ast::PatternPart, scope: &Scope) -> Bound<()> {
        let element = &part.element;
        let is_alone = element.chain.is_empty();
        let nodes =
            std::iter::once(&element.start).chain(element.chain.iter().map(|(_, node)| node));
        let mut seen: Vec<&str> = Vec::new();
        for node in nodes {
            let Some(name) = &node.variable else {
                continue;
            };
            let is_known = scope.variable(&name.text).is_some() || seen.contains(&&*name.text);
            if is_known && (is_alone || node.labels.is_some() || node.properties.is_some()) {
                return fault(
                    SemanticErrorKind::VariableAlreadyBound {
                        name: name.text.clone(),
                    },
                    name.span,
                );
            }
            seen.push(&name.text);
        }
        for (relationship, _) in &element.chain {
            if let Some(name) = &relationship.variable {
                self.refuse_bound(name, scope)?;
            }
            refuse_repetition(relationship)?;
            let has_one_type = matches!(
                relationship.types,
                Some(
                    ast::LabelExpression::Label(_)
                        | ast::LabelExpression::Dynamic { is_any: false, .. }
                )
            );
            if !has_one_type {
                return fault(
                    SemanticErrorKind::NoSingleRelationshipType,
                    relationship.span,
                );
            }
        }
        Ok(())
    }

    /// The creation with the same slots as the search: both declare the parts in the order of the text.
    fn merge_creation(&mut self, part: &ast::PatternPart, scope: &Scope) -> Bound<CreatePattern> {
        let mut created = scope.clone();
        let mut part = part.clone();
        for (relationship, _) in &mut part.element.chain {
            // Without a direction either will do: one from left to right is created.
            if relationship.direction == ast::Direction::Both {
                relationship.direction = ast::Direction::Outgoing;
            }
        }
        let mut pattern = CreatePattern::default();
        self.create_part(&part, &mut created, &mut pattern)?;
        pattern.width = created.width;
        Ok(pattern)
    }

    fn required_properties(
        &mut self,
        part: &ast::PatternPart,
        scope: &mut Scope,
    ) -> Bound<Vec<(Arc<str>, Expression)>> {
        let element = &part.element;
        let nodes =
            std::iter::once(&element.start).chain(element.chain.iter().map(|(_, node)| node));
        let maps = nodes.filter_map(|node| node.properties.as_ref()).chain(
            element
                .chain
                .iter()
                .filter_map(|(relationship, _)| relationship.properties.as_ref()),
        );
        let mut required = Vec::new();
        for map in maps {
            match &map.kind {
                A::Map(entries) => required.extend(self.entries(entries, scope)?),
                _ => return fault(SemanticErrorKind::InvalidParameterUse, map.span),
            }
        }
        Ok(required)
    }

    pub(crate) fn set(
        &mut self,
        clause: &ast::SetClause,
        input: LogicalPlan,
        scope: &mut Scope,
    ) -> Bound<LogicalPlan> {
        self.write(clause.span)?;
        let operations = self.set_items(&clause.items, scope)?;
        Ok(LogicalPlan::Set {
            input: Box::new(input),
            operations,
        })
    }

    fn set_items(&mut self, items: &[ast::SetItem], scope: &mut Scope) -> Bound<Vec<SetOperation>> {
        items
            .iter()
            .map(|item| self.set_item(item, scope))
            .collect()
    }

    fn set_item(&mut self, item: &ast::SetItem, scope: &mut Scope) -> Bound<SetOperation> {
        match item {
            ast::SetItem::Property { target, key, value } => {
                let target = self.entity(target, scope)?;
                self.write_name(MentionKind::Key, key);
                let value = self.expression(value, scope)?.0;
                Ok(SetOperation::Property {
                    target,
                    key: self.names.key(&key.text),
                    value,
                })
            }
            ast::SetItem::Replace { variable, value } => {
                self.set_properties(variable, value, true, scope)
            }
            ast::SetItem::Merge { variable, value } => {
                self.set_properties(variable, value, false, scope)
            }
            ast::SetItem::DynamicProperty { target, key, value } => {
                let (target, key) = self.dynamic_property(target, key, scope)?;
                let value = self.expression(value, scope)?.0;
                Ok(SetOperation::DynamicProperty { target, key, value })
            }
            ast::SetItem::Labels {
                variable,
                labels,
                dynamic,
            } => self.set_labels(variable, labels, dynamic, false, scope),
        }
    }

    fn set_properties(
        &mut self,
        variable: &ast::Name,
        value: &ast::Expression,
        is_replace: bool,
        scope: &mut Scope,
    ) -> Bound<SetOperation> {
        let target = self.named_entity(variable, scope)?;
        if let A::Map(entries) = &value.kind {
            for (key, _) in entries {
                self.write_name(MentionKind::Key, key);
                self.names.key(&key.text);
            }
        }
        let (value, of) = self.expression(value, scope)?;
        self.require(
            of,
            Type::MAP | Type::NODE | Type::RELATIONSHIP,
            "SET",
            value.span,
        )?;
        Ok(SetOperation::Properties {
            target,
            value,
            is_replace,
        })
    }

    /// `entity[key]`
    fn dynamic_property(
        &mut self,
        target: &ast::Expression,
        key: &ast::Expression,
        scope: &mut Scope,
    ) -> Bound<(Expression, Expression)> {
        let target = self.entity(target, scope)?;
        let (bound, of) = self.expression(key, scope)?;
        self.require(of, Type::STRING, "a property key", key.span)?;
        Ok((target, bound))
    }

    fn set_labels(
        &mut self,
        variable: &ast::Name,
        labels: &[ast::Name],
        dynamic: &[ast::Expression],
        is_remove: bool,
        scope: &mut Scope,
    ) -> Bound<SetOperation> {
        let target = self.named_entity(variable, scope)?;
        for label in labels {
            match is_remove {
                true => self.mention(MentionKind::Label, label),
                false => self.write_name(MentionKind::Label, label),
            }
        }
        let labels = labels
            .iter()
            .map(|label| self.names.label(&label.text))
            .collect();
        let dynamic = dynamic
            .iter()
            .map(|names| self.label_names(names, scope))
            .collect::<Bound<_>>()?;
        Ok(SetOperation::Labels {
            target,
            labels,
            dynamic,
            is_remove,
        })
    }

    fn named_entity(&mut self, variable: &ast::Name, scope: &mut Scope) -> Bound<Expression> {
        let own = ast::Expression {
            kind: A::Variable(variable.clone()),
            span: variable.span,
        };
        self.entity(&own, scope)
    }

    /// An expression that gives an entity whose properties or labels are set.
    fn entity(&mut self, target: &ast::Expression, scope: &mut Scope) -> Bound<Expression> {
        let (bound, of) = self.expression(target, scope)?;
        self.require(of, Type::NODE | Type::RELATIONSHIP, "SET", target.span)?;
        Ok(bound)
    }

    pub(crate) fn remove(
        &mut self,
        clause: &ast::RemoveClause,
        input: LogicalPlan,
        scope: &mut Scope,
    ) -> Bound<LogicalPlan> {
        self.write(clause.span)?;
        let mut operations = Vec::new();
        for item in &clause.items {
            operations.push(match item {
                ast::RemoveItem::Property { target, key } => {
                    let target = self.entity(target, scope)?;
                    self.mention(MentionKind::Key, key);
                    let value = Expression::constant(crate::value::Value::Null, key.span);
                    SetOperation::Property {
                        target,
                        key: self.names.key(&key.text),
                        value,
                    }
                }
                ast::RemoveItem::DynamicProperty { target, key } => {
                    let (target, key) = self.dynamic_property(target, key, scope)?;
                    let value = Expression::constant(crate::value::Value::Null, key.span);
                    SetOperation::DynamicProperty { target, key, value }
                }
                ast::RemoveItem::Labels {
                    variable,
                    labels,
                    dynamic,
                } => self.set_labels(variable, labels, dynamic, true, scope)?,
            });
        }
        Ok(LogicalPlan::Set {
            input: Box::new(input),
            operations,
        })
    }

    pub(crate) fn delete(
        &mut self,
        clause: &ast::DeleteClause,
        input: LogicalPlan,
        scope: &mut Scope,
    ) -> Bound<LogicalPlan> {
        self.write(clause.span)?;
        let mut expressions = Vec::new();
        for expression in &clause.expressions {
            if let A::HasLabels { .. } = &expression.kind {
                let reason = "DELETE removes entities; use REMOVE for labels".to_owned();
                return fault(SemanticErrorKind::InvalidDelete { reason }, expression.span);
            }
            let (bound, of) = self.expression(expression, scope)?;
            self.require(
                of,
                Type::NODE | Type::RELATIONSHIP | Type::PATH,
                "DELETE",
                expression.span,
            )?;
            expressions.push(bound);
        }
        Ok(LogicalPlan::Delete {
            input: Box::new(input),
            expressions,
            is_detach: clause.is_detach,
        })
    }
}

/// What is to be created is there once.
fn refuse_repetition(relationship: &ast::RelationshipPattern) -> Bound<()> {
    let length = relationship.length.map(|length| length.span);
    let quantifier = relationship.quantifier.map(|quantifier| quantifier.span);
    match length.or(quantifier) {
        Some(span) => fault(SemanticErrorKind::CreatingVarLength, span),
        None => Ok(()),
    }
}

fn refuse_condition<T>(span: Span) -> Bound<T> {
    let reason = "WHERE can't stand in a pattern to be created".to_owned();
    fault(SemanticErrorKind::UnexpectedSyntax { reason }, span)
}
