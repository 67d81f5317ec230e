//! The rule `label-condition`: a label asked for in `WHERE` counts like one in the pattern, so that it can be scanned.

use crate::algebra::{LogicalPlan, Match};
use crate::expression::{Expression, ExpressionKind, LabelTest};

/// The clause, its input left out, with the conditions `n:Label` on nodes that it finds itself moved to those nodes.
pub(crate) fn move_label_conditions(clause: &Match) -> Match {
    let mut moved = Match {
        input: Box::new(LogicalPlan::Argument { names: Vec::new() }),
        input_width: clause.input_width,
        pattern: clause.pattern.clone(),
        predicates: Vec::new(),
        is_optional: clause.is_optional,
        selection: clause.selection.clone(),
        width: clause.width,
    };
    for predicate in &clause.predicates {
        match label_condition(predicate) {
            Some((slot, test)) if add_labels(&mut moved, slot, test) => {}
            _ => moved.predicates.push(predicate.clone()),
        }
    }
    moved
}

/// The slot and the test, if a condition is nothing but a test of a variable's labels.
fn label_condition(predicate: &Expression) -> Option<(usize, &LabelTest)> {
    let ExpressionKind::HasLabels(base, test) = &predicate.kind else {
        return None;
    };
    match base.kind {
        ExpressionKind::Slot(slot) => Some((slot, test)),
        _ => None,
    }
}

fn add_labels(clause: &mut Match, slot: usize, test: &LabelTest) -> bool {
    let mut nodes = clause.pattern.nodes.iter_mut();
    let Some(node) = nodes.find(|node| node.slot == slot && !node.is_bound) else {
        return false;
    };
    let mut tests = Vec::new();
    for labels in node.labels.iter().chain([test]) {
        match labels {
            LabelTest::And(items) => tests.extend(items.iter().cloned()),
            single => tests.push(single.clone()),
        }
    }
    node.labels = Some(match tests.len() {
        1 => tests.remove(0),
        _ => LabelTest::And(tests),
    });
    true
}
