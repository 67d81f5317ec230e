//! What must hold between equality, comparison, equivalence, hash and order for all values.

use std::cmp::Ordering;
use std::hash::BuildHasher;

use proptest::prelude::*;
use rustc_hash::FxBuildHasher;

use super::{
    Comparison, Equivalent, Map, NodeId, Path, RelationshipId, Value, compare, equals, equivalent,
    order,
};

/// Values from a small range, so that pairs often are equal or nearly so.
fn any_value() -> impl Strategy<Value = Value> {
    let limit = 1_i64 << 53;
    let integers = prop_oneof![
        -2..3_i64,
        limit - 2..limit + 3,
        Just(i64::MAX),
        Just(i64::MIN)
    ];
    let floats = prop_oneof![
        (-4..5_i32).prop_map(|half| f64::from(half) / 2.0),
        prop::sample::select(vec![
            9_007_199_254_740_992.0,
            9_007_199_254_740_994.0,
            9_223_372_036_854_775_808.0,
            -9_223_372_036_854_775_808.0,
            -0.0,
            f64::NAN,
            -f64::NAN,
            f64::INFINITY,
            f64::NEG_INFINITY,
        ]),
    ];
    let leaf = prop_oneof![
        3 => Just(Value::Null),
        2 => any::<bool>().prop_map(Value::from),
        6 => integers.prop_map(Value::from),
        6 => floats.prop_map(Value::from),
        3 => "[a企]{0,2}".prop_map(Value::from),
        1 => (0..2_u64).prop_map(|id| NodeId(id).into()),
        1 => (0..2_u64).prop_map(|id| RelationshipId(id).into()),
        1 => (0..2_u64).prop_map(|id| Value::Path(Path::new(vec![NodeId(id)], vec![]).into())),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        let entries = prop::collection::vec(("[ab]", inner.clone()), 0..3);
        prop_oneof![
            prop::collection::vec(inner, 0..3).prop_map(Value::list),
            entries.prop_map(|entries| {
                let entries = entries.into_iter().map(|(key, value)| (key.into(), value));
                entries.collect::<Map>().into()
            }),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn order_is_total(a in any_value(), b in any_value(), c in any_value()) {
        prop_assert_eq!(order(&a, &a), Ordering::Equal);
        prop_assert_eq!(order(&a, &b), order(&b, &a).reverse());
        let mut sorted = [&a, &b, &c];
        sorted.sort_by(|left, right| order(left, right));
        prop_assert!(order(sorted[0], sorted[1]).is_le());
        prop_assert!(order(sorted[1], sorted[2]).is_le());
        prop_assert!(order(sorted[0], sorted[2]).is_le());
    }

    #[test]
    fn order_equivalence_and_hash_agree(a in any_value(), b in any_value()) {
        prop_assert!(equivalent(&a, &a));
        prop_assert_eq!(equivalent(&a, &b), order(&a, &b).is_eq(), "{} and {}", a, b);
        let hash = |value: &Value| FxBuildHasher.hash_one(Equivalent(value.clone()));
        if equivalent(&a, &b) {
            prop_assert_eq!(hash(&a), hash(&b), "{} and {}", a, b);
        }
    }

    #[test]
    fn equality_is_symmetric_and_implies_equivalence(a in any_value(), b in any_value()) {
        prop_assert_eq!(equals(&a, &b), equals(&b, &a));
        if equals(&a, &b) == Some(true) {
            prop_assert!(equivalent(&a, &b));
        }
        if equals(&a, &a).is_none() {
            prop_assert!(a.to_string().contains("null"));
        }
    }

    #[test]
    fn comparison_agrees_with_order(a in any_value(), b in any_value()) {
        if let Comparison::Ordered(ordering) = compare(&a, &b) {
            prop_assert_eq!(ordering, order(&a, &b), "{} and {}", a, b);
        }
    }
}
