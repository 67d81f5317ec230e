//! Statements that ran before, by their text, so that one that comes again is neither read nor planned.
//!
//! A plan is right for as long as the indexes stay as they are; it is made anew when they change, and when the graph has
//! grown or shrunk so much that another plan may be better. At most [`MOST`] statements are kept, none of them long.

use std::sync::{Arc, Mutex, PoisonError, Weak};

use rustc_hash::FxHashMap;

use super::Warning;
use super::run::stack_size;
use super::shared::Snapshot;
use super::warning::unknown_names;
use crate::algebra::LogicalQuery;
use crate::expression::ResolvedNames;
use crate::graph::View;
use crate::plan::{Optimization, PhysicalQuery};
use crate::syntax::ast::Mode;

/// How many statements are kept.
const MOST: usize = 128;
/// How long a statement may be that is kept.
const LONGEST: usize = 16 * 1024;

/// A statement whose names are resolved.
#[derive(Debug)]
pub(super) struct Bound {
    pub mode: Mode,
    pub query: LogicalQuery,
    /// For the state that it ran on last.
    resolved: Mutex<Option<(Weak<Snapshot>, Resolved)>>,
}

/// What the names in a statement stand for in one state of the graph.
#[derive(Clone, Debug)]
pub(super) struct Resolved {
    pub names: Arc<ResolvedNames>,
    pub warnings: Arc<[Warning]>,
}

impl Bound {
    pub(super) fn new(mode: Mode, query: LogicalQuery) -> Self {
        Self {
            mode,
            query,
            resolved: Mutex::default(),
        }
    }

    /// What the names stand for in a state, found out once for all runs on it.
    pub(super) fn resolved(&self, snapshot: &Arc<Snapshot>) -> Resolved {
        let known = self.resolved.lock();
        let mut known = known.unwrap_or_else(PoisonError::into_inner);
        match &*known {
            // The place of a state is no other's for as long as it is known here.
            Some((state, resolved)) if state.as_ptr() == Arc::as_ptr(snapshot) => resolved.clone(),
            _ => {
                let resolved = Resolved::new(&self.query, &snapshot.view);
                *known = Some((Arc::downgrade(snapshot), resolved.clone()));
                resolved
            }
        }
    }
}

impl Resolved {
    pub(super) fn new(query: &LogicalQuery, view: &View) -> Self {
        Self {
            names: Arc::new(query.names.resolve(view)),
            warnings: unknown_names(&query.mentions, view).into(),
        }
    }
}

/// A plan, and what it was made for.
#[derive(Debug)]
pub(super) struct Planned {
    pub query: PhysicalQuery,
    optimization: Optimization,
    schema_version: u64,
    nodes: usize,
    relationships: usize,
}

impl Planned {
    pub(super) fn new(query: PhysicalQuery, view: &View, optimization: Optimization) -> Self {
        Self {
            query,
            optimization,
            schema_version: view.schema_version(),
            nodes: view.node_count(),
            relationships: view.relationship_count(),
        }
    }

    /// Whether the plan would still be made for a graph.
    pub(super) fn fits(&self, view: &View, optimization: Optimization) -> bool {
        self.optimization == optimization
            && self.schema_version == view.schema_version()
            && is_close(self.nodes, view.node_count())
            && is_close(self.relationships, view.relationship_count())
    }
}

/// Whether a number has not doubled, nor been cut in half.
fn is_close(before: usize, now: usize) -> bool {
    const FEW: usize = 16;
    before.max(now) <= before.min(now).saturating_mul(2).saturating_add(FEW)
}

/// The statements that ran last.
#[derive(Debug, Default)]
pub(super) struct Plans {
    known: FxHashMap<Arc<str>, Known>,
    /// Counts the statements.
    clock: u64,
}

#[derive(Debug)]
struct Known {
    /// Until it is taken apart.
    bound: Option<Arc<Bound>>,
    planned: Option<Arc<Planned>>,
    last_used: u64,
    /// The stack on which it is taken apart: its trees may be deep.
    stack_size: usize,
}

impl Drop for Known {
    fn drop(&mut self) {
        stacker::maybe_grow(self.stack_size, self.stack_size, || {
            self.planned = None;
            self.bound = None;
        });
    }
}

impl Plans {
    /// What is known of a text.
    pub(super) fn find(&mut self, text: &str) -> Option<(Arc<Bound>, Option<Arc<Planned>>)> {
        self.clock += 1;
        let known = self.known.get_mut(text)?;
        known.last_used = self.clock;
        Some((known.bound.clone()?, known.planned.clone()))
    }

    /// Keeps what became of a text, in place of what has not been used for longest. What calls a procedure is not kept:
    /// it means what the procedures of the day make of it.
    pub(super) fn keep(&mut self, text: &str, bound: &Arc<Bound>, planned: Option<Arc<Planned>>) {
        if let Some(known) = self.known.get_mut(text) {
            known.planned = planned.or(known.planned.take());
            return;
        }
        let is_call = planned
            .as_ref()
            .is_none_or(|planned| planned.query.calls_procedure());
        if text.len() > LONGEST || is_call {
            return;
        }
        if self.known.len() >= MOST {
            let oldest = self.known.iter().min_by_key(|(_, known)| known.last_used);
            if let Some(oldest) = oldest.map(|(text, _)| text.clone()) {
                self.known.remove(&oldest);
            }
        }
        let known = Known {
            bound: Some(bound.clone()),
            planned,
            last_used: self.clock,
            stack_size: stack_size(text),
        };
        self.known.insert(text.into(), known);
    }
}

#[cfg(test)]
mod tests {
    use super::super::Database;
    use crate::value::{Map, Value};

    fn number(session: &mut super::super::Session, text: &str, x: i64) -> Value {
        let parameters: Map = [("x".into(), Value::Integer(x))].into_iter().collect();
        let result = session.run(text, &parameters).expect("the statement runs");
        result.rows[0][0].clone()
    }

    #[test]
    fn a_statement_that_comes_again_finds_its_plan_and_what_is_new_in_the_graph() {
        let mut session = Database::new().session();
        let create = "CREATE (:Item {x: $x})";
        for x in 0..200 {
            let parameters: Map = [("x".into(), Value::Integer(x))].into_iter().collect();
            session.run(create, &parameters).expect("it creates");
        }
        let count = "MATCH (i:Item) WHERE i.x < $x RETURN count(*)";
        assert_eq!(number(&mut session, count, 50), Value::Integer(50));
        assert_eq!(number(&mut session, count, 70), Value::Integer(70));
        assert_eq!(session.plans.known.len(), 2);
        session
            .run("MATCH (i:Item {x: 3}) DELETE i", &Map::default())
            .expect("it deletes");
        assert_eq!(number(&mut session, count, 50), Value::Integer(49));
    }

    #[test]
    fn an_index_changes_the_plan_when_it_comes_and_when_it_goes() {
        let mut session = Database::new().session();
        let mut run = |text: &str| {
            let result = session.run(text, &Map::default());
            result.expect("the statement runs")
        };
        run("UNWIND range(1, 50) AS x CREATE (:Item {x: x})");
        let question = "PROFILE MATCH (i:Item {x: 7}) RETURN i.x";
        let mut seeks = || {
            let result = run(question);
            assert_eq!(result.rows, [[Value::Integer(7)]]);
            result.plan.expect("a plan").contains("NodeIndexSeek")
        };
        assert!(!seeks());
        assert!(!seeks());
        run("CREATE INDEX items FOR (i:Item) ON (i.x)");
        let mut seeks = || {
            let result = run(question);
            assert_eq!(result.rows, [[Value::Integer(7)]]);
            result.plan.expect("a plan").contains("NodeIndexSeek")
        };
        assert!(seeks());
        run("DROP INDEX items");
        let result = run(question);
        assert_eq!(result.rows, [[Value::Integer(7)]]);
        assert!(!result.plan.expect("a plan").contains("NodeIndexSeek"));
    }

    #[test]
    fn what_has_not_been_used_for_longest_goes() {
        let mut session = Database::new().session();
        for number in 0..super::MOST + 3 {
            let text = format!("RETURN {number}");
            session.run(&text, &Map::default()).expect("it runs");
        }
        assert_eq!(session.plans.known.len(), super::MOST);
        assert!(!session.plans.known.contains_key("RETURN 2"));
        assert!(session.plans.known.contains_key("RETURN 3"));
    }
}
