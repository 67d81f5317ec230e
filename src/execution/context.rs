//! What all operators of a running statement share.

use std::cell::{Cell, Ref, RefCell, RefMut};
use std::ops::Range;
use std::sync::{Arc, Mutex};

use rustc_hash::FxHashMap;

use super::Execution;
use super::node_filter::NodeFilter;
use super::subquery::RunningSubquery;
use crate::evidence::Evidence;
use crate::expression::{self, Batch, Column, Expression, Interrupt, Interruption, ResolvedNames};
use crate::function::{self, Held, Making, Memory, Procedures};
use crate::graph::{Graph, View};
use crate::plan::Tail;
use crate::value::{Map, Value};

/// The graph of a running statement.
#[derive(Debug)]
pub enum Access<'a> {
    /// For a statement that only reads.
    Read(&'a View),
    /// For a statement that writes.
    Write(&'a mut Graph),
}

impl Access<'_> {
    /// The graph as it is now.
    #[must_use]
    pub fn view(&self) -> &View {
        match self {
            Self::Read(view) => view,
            Self::Write(graph) => graph.view(),
        }
    }
}

/// What a statement runs with.
#[derive(Clone)]
pub struct Settings<'a> {
    /// The parameters.
    pub parameters: &'a Map,
    /// The procedures that can be called.
    pub procedures: &'a Procedures,
    /// What supports the graph's facts.
    pub evidence: &'a Evidence,
    /// The graph's numbers for the names in the statement.
    pub names: Arc<ResolvedNames>,
    /// The statement's instant: seconds and nanoseconds since 1970-01-01T00:00:00Z.
    pub now: (i64, u32),
    /// The seed of `rand()`.
    pub seed: u64,
    /// Says when to stop.
    pub interrupt: Interrupt,
    /// What the statement holds, and how much it may.
    pub memory: Arc<Memory>,
}

/// What was found out about which nodes count, by the place of the part of the plan that asks for it.
type Filters = Arc<Mutex<FxHashMap<usize, Arc<NodeFilter>>>>;

/// A piece of the work: one scan gives only the nodes in some slots.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    /// The place of the scan's part of the plan.
    pub scan: usize,
    /// The slots.
    pub slots: Range<u32>,
}

/// What the threads share that run pieces of one statement.
pub(crate) struct Shared<'s> {
    settings: Settings<'s>,
    filters: Filters,
}

impl Shared<'_> {
    /// What runs a piece.
    pub(crate) fn context<'v>(&'v self, view: &'v View, piece: Piece) -> ExecutionContext<'v> {
        let mut ctx = ExecutionContext::new(Access::Read(view), self.settings.clone(), Vec::new());
        ctx.filters = self.filters.clone();
        ctx.piece = Some(piece);
        ctx
    }
}

/// A statement while it runs.
pub struct ExecutionContext<'a> {
    graph: RefCell<Access<'a>>,
    settings: Settings<'a>,
    is_read_only: bool,
    piece: Option<Piece>,
    random: Cell<u64>,
    /// The bytes of large values that the evaluation at hand has made.
    pub(super) made: Cell<usize>,
    /// What changes of the graph take.
    written: RefCell<Held>,
    /// The nodes that count, by the place of the part of the plan that asks for them.
    filters: Filters,
    /// The subqueries of expressions.
    pub(super) subqueries: RefCell<Vec<RunningSubquery<'a>>>,
}

impl<'a> ExecutionContext<'a> {
    /// A statement about to run.
    #[must_use]
    pub fn new(
        graph: Access<'a>,
        settings: Settings<'a>,
        subqueries: Vec<RunningSubquery<'a>>,
    ) -> Self {
        let random = Cell::new(settings.seed);
        Self {
            is_read_only: matches!(graph, Access::Read(_)),
            graph: RefCell::new(graph),
            settings,
            piece: None,
            filters: Arc::default(),
            random,
            made: Cell::new(0),
            written: RefCell::default(),
            subqueries: RefCell::new(subqueries),
        }
    }

    /// What threads share that run pieces of this statement.
    pub(crate) fn shared(&self) -> Shared<'a> {
        Shared {
            settings: self.settings.clone(),
            filters: self.filters.clone(),
        }
    }

    /// Whether nothing is written.
    pub(crate) fn is_read_only(&self) -> bool {
        self.is_read_only
    }

    /// The slots in which the scan at a place of the plan looks for nodes.
    pub(crate) fn slots(&self, place: usize) -> Range<u32> {
        match &self.piece {
            Some(piece) if piece.scan == place => piece.slots.clone(),
            _ => 0..u32::MAX,
        }
    }

    /// Whether the statement may go on.
    pub(crate) fn check(&self) -> Result<(), Interruption> {
        self.settings.interrupt.check()
    }

    /// Holds so many bytes more for what an operator, or the result, keeps.
    ///
    /// # Errors
    ///
    /// [`Interruption::MemoryLimit`].
    pub fn hold(&self, held: &mut Held, bytes: usize) -> Result<(), Interruption> {
        held.add(&self.settings.memory, bytes)
            .map_err(Interruption::from)
    }

    /// Holds so many bytes instead of what an operator kept before.
    pub(crate) fn hold_only(&self, held: &mut Held, bytes: usize) -> Result<(), Interruption> {
        held.set(&self.settings.memory, bytes)
            .map_err(Interruption::from)
    }

    /// Holds so many bytes more for what is written, until the statement ends.
    pub(crate) fn hold_written(&self, bytes: usize) -> Result<(), Interruption> {
        self.hold(&mut self.written.borrow_mut(), bytes)
    }

    /// The bytes of what was written.
    #[must_use]
    pub fn written(&self) -> usize {
        self.written.borrow().bytes()
    }

    /// What was found out about which nodes count, or what `find` finds out, once for a statement.
    pub(crate) fn filter(
        &self,
        tail: &Tail,
        find: impl FnOnce() -> Execution<NodeFilter>,
    ) -> Execution<Arc<NodeFilter>> {
        let place = std::ptr::from_ref(tail).addr();
        let known = self
            .filters
            .lock()
            .map(|filters| filters.get(&place).cloned());
        if let Ok(Some(filter)) = known {
            return Ok(filter);
        }
        let filter = Arc::new(find()?);
        if let Ok(mut filters) = self.filters.lock() {
            filters.insert(place, filter.clone());
        }
        Ok(filter)
    }

    /// The graph for reading.
    pub(crate) fn view(&self) -> Ref<'_, View> {
        Ref::map(self.graph.borrow(), Access::view)
    }

    /// The graph for writing.
    pub(crate) fn graph_mut(&self) -> RefMut<'_, Graph> {
        RefMut::map(self.graph.borrow_mut(), |graph| match graph {
            Access::Write(graph) => &mut **graph,
            Access::Read(_) => {
                panic!("a plan with an updating operator runs with a graph that can be written")
            }
        })
    }

    pub(crate) fn names(&self) -> &ResolvedNames {
        &self.settings.names
    }

    pub(crate) fn procedures(&self) -> &'a Procedures {
        self.settings.procedures
    }

    /// Calls `body` with what expressions need.
    pub(crate) fn evaluation<T>(&self, body: impl FnOnce(&expression::Context<'_>) -> T) -> T {
        let view = self.view();
        let function = function::Context {
            view: &view,
            evidence: self.settings.evidence,
            now: self.settings.now,
            random: &self.random,
            making: Making {
                memory: &self.settings.memory,
                made: &self.made,
            },
        };
        body(&expression::Context {
            function: &function,
            parameters: self.settings.parameters,
            names: &self.settings.names,
            subqueries: self,
            interrupt: &self.settings.interrupt,
            is_read_only: self.is_read_only,
        })
    }

    /// The value of an expression in one row.
    pub(crate) fn evaluate(
        &self,
        expression: &Expression,
        batch: &Batch,
        row: usize,
    ) -> Execution<Value> {
        let before = self.made.get();
        let value = self.evaluation(|ctx| expression.evaluate(ctx, batch, row));
        self.made.set(before);
        Ok(value?)
    }

    /// The values of an expression in all rows.
    pub(crate) fn evaluate_all(&self, expression: &Expression, batch: &Batch) -> Execution<Column> {
        Ok(self.evaluate_counted(expression, batch)?.0)
    }

    /// The values of an expression in all rows, and the bytes of the large ones among them that were made.
    pub(crate) fn evaluate_counted(
        &self,
        expression: &Expression,
        batch: &Batch,
    ) -> Execution<(Column, usize)> {
        let before = self.made.get();
        let column = self.evaluation(|ctx| expression.evaluate_all(ctx, batch));
        let made = self.made.replace(before) - before;
        Ok((column?, made))
    }

    /// The rows for which a condition holds.
    pub(crate) fn select(&self, predicate: &Expression, batch: &Batch) -> Execution<Vec<u32>> {
        let before = self.made.get();
        let rows = self.evaluation(|ctx| predicate.select(ctx, batch));
        self.made.set(before);
        Ok(rows?)
    }
}
