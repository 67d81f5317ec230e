//! What goes through the items of a list or a map: comprehensions, quantifiers, map projections.

use super::bind::{Binder, Bound};
use super::scope::{Scope, Static};
use crate::expression::{Expression, ExpressionKind, Quantifier};
use crate::syntax::ast::{self, ExpressionKind as A};
use crate::value::Type;

impl Binder<'_> {
    pub(super) fn list_comprehension(
        &mut self,
        variable: &ast::Name,
        list: &ast::Expression,
        predicate: Option<&ast::Expression>,
        projection: Option<&ast::Expression>,
        scope: &mut Scope,
    ) -> Bound<(ExpressionKind, Static)> {
        let (list, of) = self.expression(list, scope)?;
        self.require(of, Type::LIST, "a list comprehension", list.span)?;
        self.refuse_aggregates(predicate.into_iter().chain(projection))?;
        scope.locals.push((variable.text.clone(), of.item()));
        let bound = self.inside_comprehension(predicate, projection, scope);
        scope.locals.pop();
        let (predicate, projection, projected) = bound?;
        let of = projected.map_or(of, |of| Static::list(of.of));
        let kind = ExpressionKind::ListComprehension {
            list: Box::new(list),
            predicate,
            projection,
        };
        Ok((
            kind,
            Static {
                of: Type::LIST,
                element: of.element,
            },
        ))
    }

    #[expect(
        clippy::type_complexity,
        reason = "the two optional parts of a comprehension"
    )]
    fn inside_comprehension(
        &mut self,
        predicate: Option<&ast::Expression>,
        projection: Option<&ast::Expression>,
        scope: &mut Scope,
    ) -> Bound<(
        Option<Box<Expression>>,
        Option<Box<Expression>>,
        Option<Static>,
    )> {
        let predicate = predicate
            .map(|predicate| self.predicate(predicate, scope))
            .transpose()?
            .map(Box::new);
        let projection = projection
            .map(|projection| self.expression(projection, scope))
            .transpose()?;
        let of = projection.as_ref().map(|(_, of)| *of);
        Ok((
            predicate,
            projection.map(|(projection, _)| Box::new(projection)),
            of,
        ))
    }

    pub(super) fn quantifier(
        &mut self,
        quantifier: ast::Quantifier,
        variable: &ast::Name,
        list: &ast::Expression,
        predicate: Option<&ast::Expression>,
        scope: &mut Scope,
    ) -> Bound<(ExpressionKind, Static)> {
        let (list, of) = self.expression(list, scope)?;
        self.require(of, Type::LIST, "a quantifier", list.span)?;
        scope.locals.push((variable.text.clone(), of.item()));
        let own = ast::Expression {
            kind: A::Variable(variable.clone()),
            span: variable.span,
        };
        let predicate = self.predicate(predicate.unwrap_or(&own), scope);
        scope.locals.pop();
        let quantifier = match quantifier {
            ast::Quantifier::All => Quantifier::All,
            ast::Quantifier::Any => Quantifier::Any,
            ast::Quantifier::None => Quantifier::None,
            ast::Quantifier::Single => Quantifier::Single,
        };
        let kind = ExpressionKind::Quantifier {
            quantifier,
            list: Box::new(list),
            predicate: Box::new(predicate?),
        };
        Ok((kind, Static::new(Type::BOOLEAN)))
    }

    pub(super) fn map_projection(
        &mut self,
        variable: &ast::Name,
        items: &[ast::MapProjectionItem],
        scope: &mut Scope,
    ) -> Bound<(ExpressionKind, Static)> {
        let (base, of) = self.variable(variable, scope)?;
        self.require(
            of,
            Type::MAP | Type::NODE | Type::RELATIONSHIP,
            "a map projection",
            variable.span,
        )?;
        let mut includes_all = false;
        let mut entries = Vec::new();
        for item in items {
            match item {
                ast::MapProjectionItem::AllProperties(_) => includes_all = true,
                ast::MapProjectionItem::Property(name) => {
                    let key = self.names.key(&name.text);
                    let base = Box::new(base.clone());
                    let kind = ExpressionKind::Property {
                        base,
                        key,
                        name: name.text.clone(),
                    };
                    entries.push((name.text.clone(), Expression::new(kind, name.span)));
                }
                ast::MapProjectionItem::Variable(name) => {
                    entries.push((name.text.clone(), self.variable(name, scope)?.0));
                }
                ast::MapProjectionItem::Entry(name, value) => {
                    entries.push((name.text.clone(), self.expression(value, scope)?.0));
                }
            }
        }
        let kind = ExpressionKind::MapProjection {
            base: Box::new(base),
            includes_all,
            entries,
        };
        Ok((kind, Static::new(Type::MAP)))
    }
}
