//! Which share of rows a condition is expected to keep, and how many different values a key has: from the graph's
//! counts and small samples of its columns.

use super::cost::Cost;
use crate::algebra::Match;
use crate::expression::{
    BinaryOperator, ComparisonOperator, Expression, ExpressionKind, KeyRef, LabelRef, LabelTest,
};
use crate::graph::{Index, KeyId, LabelId, SchemaTarget};
use crate::value::{Value, compare, equals};

/// The share of rows that a condition of unknown effect is taken to keep.
const UNKNOWN: f64 = 0.3;
/// The share of rows that an equality is taken to keep where nothing is known of the values.
const EQUALITY: f64 = 0.1;
/// The share of rows that a search for a text is taken to keep.
const TEXT: f64 = 0.05;
/// How many items a list of unknown length is taken to have.
const ITEMS: f64 = 10.0;

/// What stands in a slot, as far as the plan knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bearer {
    /// A node, of a label where one is known.
    Node(Option<LabelId>),
    /// A relationship.
    Relationship,
    /// Anything.
    Unknown,
}

/// What stands in the slots of some rows.
pub(crate) type Bearers<'a> = &'a dyn Fn(usize) -> Bearer;

/// Rows of which nothing is known.
pub(crate) const UNKNOWN_ROWS: Bearers<'static> = &|_| Bearer::Unknown;

#[expect(clippy::cast_precision_loss, reason = "estimates")]
impl Cost<'_> {
    /// What stands in a slot of the rows of a pattern.
    pub(crate) fn bearer(&self, clause: &Match, slot: usize) -> Bearer {
        let pattern = &clause.pattern;
        if let Some(node) = pattern.nodes.iter().find(|node| node.slot == slot) {
            return Bearer::Node(node.labels.as_ref().and_then(|test| self.one_label(test)));
        }
        let is_single = pattern
            .relationships
            .iter()
            .any(|own| own.slot == slot && own.length.is_none() && own.repeat.is_none());
        if is_single {
            Bearer::Relationship
        } else {
            Bearer::Unknown
        }
    }

    /// The rarest single label that a test asks for.
    pub(crate) fn one_label(&self, test: &LabelTest) -> Option<LabelId> {
        self.named_label(test).map(|(_, label)| label)
    }

    /// The same with its place in the statement's name table.
    pub(crate) fn named_label(&self, test: &LabelTest) -> Option<(LabelRef, LabelId)> {
        match test {
            LabelTest::Label(name, _) => Some((*name, self.names.label(*name)?)),
            LabelTest::And(tests) => tests
                .iter()
                .filter_map(|test| self.named_label(test))
                .min_by_key(|(_, label)| self.view.label_count(*label)),
            _ => None,
        }
    }

    /// The share of rows that a condition is taken to keep.
    pub(crate) fn selectivity(&self, predicate: &Expression, bearers: Bearers<'_>) -> f64 {
        use ExpressionKind as K;
        match &predicate.kind {
            K::Constant(Value::Boolean(true)) => 1.0,
            K::And(items) => items
                .iter()
                .map(|item| self.selectivity(item, bearers))
                .product(),
            K::Or(items) => {
                let shares = items.iter().map(|item| self.selectivity(item, bearers));
                shares.sum::<f64>().min(1.0)
            }
            K::Not(operand) => (1.0 - self.selectivity(operand, bearers)).max(0.0),
            K::Compare(operator, left, right) => self.comparison(*operator, left, right, bearers),
            K::Binary(BinaryOperator::In, left, right) => {
                let items = match &right.kind {
                    K::List(items) => items.len() as f64,
                    K::Constant(Value::List(items)) => items.len() as f64,
                    _ => ITEMS,
                };
                let one = self.key_of(left, bearers);
                let one = one.map_or(EQUALITY, |(bearer, key)| self.equality(bearer, key));
                (one * items).min(1.0)
            }
            K::Binary(operator, left, right) if is_text_search(*operator) => {
                let sampled = self.sampled(left, right, bearers, |own, other| {
                    let (own, other) = (own.as_str()?, other.as_str()?);
                    Some(match operator {
                        BinaryOperator::StartsWith => own.starts_with(other),
                        BinaryOperator::EndsWith => own.ends_with(other),
                        _ => own.contains(other),
                    })
                });
                sampled.unwrap_or(TEXT)
            }
            K::IsNull(operand) => self
                .key_of(operand, bearers)
                .map_or(EQUALITY, |(bearer, key)| 1.0 - self.presence(bearer, key)),
            _ => UNKNOWN,
        }
    }

    fn comparison(
        &self,
        operator: ComparisonOperator,
        left: &Expression,
        right: &Expression,
        bearers: Bearers<'_>,
    ) -> f64 {
        use ComparisonOperator as C;
        let test = |own: &Value, other: &Value| match operator {
            C::Equal => equals(own, other),
            C::NotEqual => equals(own, other).map(|equal| !equal),
            C::Less => compare(own, other).is_less(),
            C::LessOrEqual => compare(own, other).is_less_or_equal(),
            C::Greater => compare(own, other).is_greater(),
            C::GreaterOrEqual => compare(own, other).is_greater_or_equal(),
        };
        let sampled = self
            .sampled(left, right, bearers, test)
            .or_else(|| self.sampled(right, left, bearers, |own, other| test(other, own)));
        let keys = [left, right].map(|side| self.key_of(side, bearers));
        let known = keys.iter().flatten();
        let equality = known
            .map(|(bearer, key)| self.equality(*bearer, *key))
            .reduce(f64::min);
        match operator {
            // Few of a sample tell less than the number of different values.
            C::Equal => match (sampled, equality) {
                (Some(share), _) if share > 0.02 => share,
                (_, Some(share)) => share,
                _ => EQUALITY,
            },
            C::NotEqual => 1.0 - equality.unwrap_or(EQUALITY),
            _ => sampled.unwrap_or(UNKNOWN),
        }
    }

    /// The share of a sample for which a comparison of a key with a constant holds; never none at all.
    fn sampled(
        &self,
        own: &Expression,
        other: &Expression,
        bearers: Bearers<'_>,
        test: impl Fn(&Value, &Value) -> Option<bool>,
    ) -> Option<f64> {
        let ExpressionKind::Constant(constant) = &other.kind else {
            return None;
        };
        let (bearer, key) = self.key_of(own, bearers)?;
        let sample = match bearer {
            Bearer::Node(label) => self.view.node_sample(label, key?),
            Bearer::Relationship => self.view.relationship_sample(key?),
            Bearer::Unknown => return None,
        };
        let held = sample
            .iter()
            .filter(|own| test(own, constant) == Some(true));
        let held = (held.count() as f64).max(0.5);
        (!sample.is_empty()).then(|| held / sample.len() as f64 * self.presence(bearer, key))
    }

    /// Of what stands in a slot, the key that an expression reads; no key where nothing has it.
    fn key_of(
        &self,
        expression: &Expression,
        bearers: Bearers<'_>,
    ) -> Option<(Bearer, Option<KeyId>)> {
        let (slot, key) = property(expression)?;
        let bearer = bearers(slot);
        (bearer != Bearer::Unknown).then(|| (bearer, self.names.key(key)))
    }

    /// The share that has one certain value of a key.
    fn equality(&self, bearer: Bearer, key: Option<KeyId>) -> f64 {
        let all = self.bearers(bearer).max(1.0);
        let least = 1.0 / all;
        let distinct = self.distinct(bearer, key);
        (self.presence(bearer, key) / distinct.max(1.0)).clamp(least, 1.0)
    }

    /// The share that has a key.
    fn presence(&self, bearer: Bearer, key: Option<KeyId>) -> f64 {
        let all = self.bearers(bearer).max(1.0);
        let present = match (bearer, key) {
            (_, None) | (Bearer::Unknown, _) => 0,
            (Bearer::Relationship, Some(key)) => self.view.relationship_key_count(key),
            (Bearer::Node(label), Some(key)) => match label.and_then(|l| self.index(l, key)) {
                Some(index) => index.count(),
                None => self.view.node_key_count(key),
            },
        };
        (present as f64 / all).min(1.0)
    }

    fn bearers(&self, bearer: Bearer) -> f64 {
        match bearer {
            Bearer::Node(Some(label)) => self.view.label_count(label) as f64,
            Bearer::Node(None) => self.all_nodes(),
            Bearer::Relationship => self.view.relationship_count() as f64,
            Bearer::Unknown => 0.0,
        }
    }

    /// How many different values a key has.
    fn distinct(&self, bearer: Bearer, key: Option<KeyId>) -> f64 {
        let Some(key) = key else {
            return 0.0;
        };
        let column = match bearer {
            Bearer::Node(label) => {
                if let Some(index) = label.and_then(|label| self.index(label, key)) {
                    return index.distinct() as f64;
                }
                self.view.node_column(key)
            }
            Bearer::Relationship => self.view.relationship_column(key),
            Bearer::Unknown => None,
        };
        let distinct = column.map_or(0, crate::graph::Column::distinct_estimate);
        (distinct as f64).min(self.bearers(bearer))
    }

    fn index(&self, label: LabelId, key: KeyId) -> Option<&Index> {
        self.view.indexes().find(|index| {
            let definition = index.definition();
            definition.target == SchemaTarget::Node(label) && definition.keys == [key]
        })
    }

    /// How many groups some keys make of so many rows.
    pub(crate) fn groups<'e>(
        &self,
        keys: impl Iterator<Item = &'e Expression>,
        rows: f64,
        bearers: Bearers<'_>,
    ) -> f64 {
        let mut groups = 1.0_f64;
        let mut entities = Vec::new();
        let mut has_keys = false;
        for key in keys {
            has_keys = true;
            // The key of a node that is itself a key, or of which one key is nearly its own, makes few new groups.
            let slot = match &key.kind {
                ExpressionKind::Slot(slot) => Some(*slot),
                _ => property(key).map(|(slot, _)| slot),
            };
            let bearer = slot.map_or(Bearer::Unknown, bearers);
            let number = match &key.kind {
                ExpressionKind::Slot(_) => self.bearers(bearer),
                _ => match self.key_of(key, bearers) {
                    Some((bearer, key)) => self.distinct(bearer, key),
                    None => 0.0,
                },
            };
            let number = if number > 0.0 { number } else { rows.sqrt() };
            let most = match slot {
                Some(slot) if entities.contains(&slot) => self.bearers(bearer).max(number),
                _ => f64::INFINITY,
            };
            entities.extend(slot);
            groups = (groups * number).min(most.max(groups));
        }
        match has_keys {
            true => groups.min(rows),
            // All rows are one group, and so are none.
            false => 1.0,
        }
    }
}

/// The slot and the key of a property.
fn property(expression: &Expression) -> Option<(usize, KeyRef)> {
    match &expression.kind {
        ExpressionKind::Property { base, key, .. } => match base.kind {
            ExpressionKind::Slot(slot) => Some((slot, *key)),
            _ => None,
        },
        _ => None,
    }
}

fn is_text_search(operator: BinaryOperator) -> bool {
    matches!(
        operator,
        BinaryOperator::StartsWith | BinaryOperator::EndsWith | BinaryOperator::Contains
    )
}
