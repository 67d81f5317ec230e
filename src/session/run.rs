//! One user's conversation with a database: from the text of a statement to its result.

use std::cell::RefCell;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use super::plans::{Bound, Planned, Plans, Resolved};
use super::result::entities;
use super::shared::{Company, Turn};
use super::transaction::Transaction;
use super::warning::{Warning, unknown_names};
use super::watch::{Watched, Watcher};
use super::{CancelHandle, Database, Error, Limits, QueryResult, place, schema};

use crate::algebra::{LogicalQuery, SemanticError, SemanticErrorKind, bind};
use crate::execution::{
    Access, ExecutionContext, ExecutionError, Profiler, RunningSubquery, Settings, open,
};
use crate::expression::{Batch, Column, Interrupt, Interruption, ResolvedNames, check_nesting};
use crate::format::ron::Ids;
use crate::function::{Held, Memory, Procedures};
use crate::graph::{Graph, GraphError, Mark, View};
use crate::ontology::{Mode as Strictness, Ontology, Violation};
use crate::plan::{Optimization, PhysicalQuery, explain, plan};
use crate::source::Span;
use crate::syntax::{
    self,
    ast::{Mode, SchemaCommand, StatementBody},
};
use crate::value::{Map, Measure, Value};

/// One user's conversation with a database: statement after statement, each of which has its whole effect or none, and
/// [transactions](Session::begin) of several.
#[derive(Debug)]
pub struct Session {
    /// What bounds each statement.
    pub limits: Limits,
    /// Whether statements whose plan holds an updating operator are refused.
    pub is_read_only: bool,
    /// How plans are made; tests compare the answers of both.
    pub optimization: Optimization,
    /// The procedures that can be called.
    pub procedures: Procedures,
    pub(super) database: Database,
    pub(super) transaction: Option<Transaction>,
    pub(super) plans: Plans,
    cancel: CancelHandle,
}

impl Session {
    pub(super) fn new(database: Database) -> Self {
        database.shared.enter_session();
        Self {
            limits: Limits::default(),
            is_read_only: false,
            optimization: Optimization::Full,
            procedures: Procedures::default(),
            database,
            transaction: None,
            plans: Plans::default(),
            cancel: CancelHandle::default(),
        }
    }

    /// The database that this is a conversation with.
    #[must_use]
    pub fn database(&self) -> &Database {
        &self.database
    }

    /// What cancels a running statement.
    #[must_use]
    pub fn cancel_handle(&self) -> CancelHandle {
        self.cancel.clone()
    }

    /// The graph as the session's next statement finds it: within a transaction with what that has changed.
    #[must_use]
    pub fn view(&self) -> View {
        match &self.transaction {
            Some(transaction) => transaction.view().clone(),
            None => self.database.view(),
        }
    }

    /// Runs one statement, with or without its `;`. A statement that fails changes nothing.
    ///
    /// # Errors
    ///
    /// [`Error::Syntax`], [`Error::Semantic`], [`Error::Execution`], [`Error::ReadOnly`], [`Error::Transaction`],
    /// [`Error::Busy`].
    pub fn run(&mut self, text: &str, parameters: &Map) -> Result<QueryResult, Error> {
        let size = stack_size(text);
        stacker::maybe_grow(size, size, || self.run_here(text, parameters))
    }

    fn run_here(&mut self, text: &str, parameters: &Map) -> Result<QueryResult, Error> {
        let start = Instant::now();
        let interrupt = self.interrupt(start);
        if let Some((bound, planned)) = self.plans.find(text) {
            let mut result = self.query(text, &bound, planned, parameters, interrupt)?;
            result.elapsed = start.elapsed();
            return Ok(result);
        }
        let statement = syntax::parse(text)?;
        let mut result = match &statement.body {
            StatementBody::Query(query) => {
                let query = bind(text, query, &self.procedures)?;
                let bound = Arc::new(Bound::new(statement.mode, query));
                self.query(text, &bound, None, parameters, interrupt)?
            }
            StatementBody::Schema(command) => self.schema(command, interrupt)?,
            StatementBody::Transaction(command) => {
                self.control(*command)?;
                QueryResult::default()
            }
        };
        result.elapsed = start.elapsed();
        Ok(result)
    }

    fn query(
        &mut self,
        text: &str,
        bound: &Arc<Bound>,
        planned: Option<Arc<Planned>>,
        parameters: &Map,
        interrupt: Interrupt,
    ) -> Result<QueryResult, Error> {
        if bound.query.is_write && self.is_read_only {
            return Err(Error::ReadOnly);
        }
        if bound.mode != Mode::Explain {
            check_parameters(&bound.query, parameters)?;
        }
        let procedures = self.procedures.clone();
        let job = Job {
            bound,
            planned: RefCell::new(planned),
            parameters,
            procedures: &procedures,
            optimization: self.optimization,
            most_rows: self.limits.max_rows.unwrap_or(usize::MAX),
            interrupt,
            memory: Arc::new(Memory::new(self.limits.max_memory)),
        };
        let outcome = match (bound.mode, bound.query.is_write) {
            (Mode::Explain, _) => Ok(job.explain(&self.view())),
            (_, false) => self.read(&job),
            (_, true) => self.write(&job),
        };
        self.plans.keep(text, bound, job.planned.into_inner());
        outcome
    }

    fn write(&mut self, job: &Job<'_>) -> Result<QueryResult, Error> {
        if let Some(Transaction::Writing(turn)) = &mut self.transaction {
            return job.write(turn);
        }
        let patience = self.limits.patience;
        let mut turn =
            self.database
                .shared
                .turn(Company::OtherSessions, patience, &job.interrupt)?;
        let result = job.write(&mut turn)?;
        turn.commit()?;
        Ok(result)
    }

    fn read(&self, job: &Job<'_>) -> Result<QueryResult, Error> {
        let snapshot = match &self.transaction {
            Some(Transaction::Writing(turn)) => {
                let view = turn.graph.view();
                return job.read(view, &turn.ids, Resolved::new(&job.bound.query, view));
            }
            Some(Transaction::Reading(snapshot)) => Arc::clone(snapshot),
            None => self.database.shared.snapshot(),
        };
        job.read(&snapshot.view, &snapshot.ids, job.bound.resolved(&snapshot))
    }

    fn schema(
        &mut self,
        command: &SchemaCommand,
        interrupt: Interrupt,
    ) -> Result<QueryResult, Error> {
        if !schema::is_write(command) {
            return Ok(schema::show(&self.view(), command));
        }
        if self.is_read_only {
            return Err(Error::ReadOnly);
        }
        let memory = Arc::new(Memory::new(self.limits.max_memory));
        let watcher = Watcher::new(interrupt, memory);
        if let Some(Transaction::Writing(turn)) = &mut self.transaction {
            return schema::change(&mut turn.graph, command, &watcher);
        }
        let mut turn = self.turn(Company::OtherSessions)?;
        let result = schema::change(&mut turn.graph, command, &watcher)?;
        turn.commit()?;
        Ok(result)
    }

    /// Waits until nobody else writes.
    pub(super) fn turn(&self, company: Company) -> Result<Turn, Error> {
        let interrupt = self.interrupt(Instant::now());
        self.database
            .shared
            .turn(company, self.limits.patience, &interrupt)
    }

    fn interrupt(&self, start: Instant) -> Interrupt {
        // A cancellation that came too late for the statement before is none of this one.
        self.cancel.0.store(false, Ordering::Relaxed);
        let deadline = self
            .limits
            .timeout
            .and_then(|limit| Some((start.checked_add(limit)?, limit)));
        Interrupt {
            cancelled: self.cancel.flag(),
            deadline,
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.database.shared.leave_session();
    }
}

/// Refuses a statement that reads a parameter without a value, whether or not a row would come to need it.
fn check_parameters(bound: &LogicalQuery, parameters: &Map) -> Result<(), Error> {
    let missing = |(name, _): &&(Arc<str>, Span)| !parameters.contains_key(name);
    match bound.parameters.iter().find(missing) {
        Some((name, span)) => {
            let kind = SemanticErrorKind::MissingParameter { name: name.clone() };
            Err(Box::new(SemanticError::new(kind, *span)).into())
        }
        None => Ok(()),
    }
}

/// One bound statement about to run.
struct Job<'a> {
    bound: &'a Bound,
    /// The plan, where there is one already; it may be one for another graph.
    planned: RefCell<Option<Arc<Planned>>>,
    parameters: &'a Map,
    procedures: &'a Procedures,
    optimization: Optimization,
    most_rows: usize,
    interrupt: Interrupt,
    memory: Arc<Memory>,
}

impl Job<'_> {
    /// The plan for a graph.
    fn plan(&self, view: &View) -> Arc<Planned> {
        let mut planned = self.planned.borrow_mut();
        if let Some(planned) = planned.as_ref()
            && planned.fits(view, self.optimization)
        {
            return planned.clone();
        }
        let query = plan(&self.bound.query, view, self.optimization);
        let new = Arc::new(Planned::new(query, view, self.optimization));
        planned.insert(new).clone()
    }

    fn explain(&self, view: &View) -> QueryResult {
        QueryResult {
            plan: Some(explain(&self.plan(view).query, None)),
            warnings: unknown_names(&self.bound.query.mentions, view),
            ..QueryResult::default()
        }
    }

    fn read(&self, view: &View, ids: &Ids, resolved: Resolved) -> Result<QueryResult, Error> {
        let plan = self.plan(view);
        let (mut result, _) = self.execute(&plan.query, Access::Read(view), ids, resolved.names)?;
        result.entities = entities(view, &result.rows, &self.interrupt, &self.memory)?;
        result.warnings = resolved.warnings.to_vec();
        Ok(result)
    }

    /// Changes the graph, and leaves it as it was where that fails. What the transaction has changed before counts as
    /// memory that is used.
    fn write(&self, turn: &mut Turn) -> Result<QueryResult, Error> {
        let before = turn.held;
        let ids = Arc::clone(&turn.ids);
        let ontology = turn.ontology.clone();
        let mut held = Held::default();
        let outcome = match held.add(&self.memory, before) {
            Ok(()) => self.write_within(&mut turn.graph, &ids, ontology.as_deref()),
            Err(over) => Err(Interruption::from(over).into()),
        };
        match outcome {
            Ok((result, written)) => {
                turn.held = before.saturating_add(written);
                Ok(result)
            }
            Err(error) => Err(error.within_transaction(before)),
        }
    }

    /// Gives the bytes of what was changed too.
    fn write_within(
        &self,
        graph: &mut Graph,
        ids: &Ids,
        ontology: Option<&Ontology>,
    ) -> Result<(QueryResult, usize), Error> {
        let plan = self.plan(graph.view());
        let warnings = unknown_names(&self.bound.query.mentions, graph.view());
        let mark = graph.mark();
        let names = Arc::new(self.bound.query.names.intern(graph));
        let outcome = self.execute(&plan.query, Access::Write(graph), ids, names);
        let outcome = outcome.and_then(|(mut result, written)| {
            self.check_constraints(graph, mark)?;
            let remarks = self.check_ontology(graph, mark, ontology)?;
            result.counters = graph.counters_since(mark);
            result.entities = entities(graph.view(), &result.rows, &self.interrupt, &self.memory)?;
            // A key that the statement computes is known only now.
            let still = unknown_names(&self.bound.query.mentions, graph.view());
            result.warnings = warnings;
            result
                .warnings
                .retain(|warning| still.iter().any(|other| other.span == warning.span));
            result.warnings.extend(remarks);
            Ok((result, written))
        });
        if outcome.is_err() {
            graph.undo_to(mark);
        }
        outcome
    }

    /// Whether all constraints hold for what was changed.
    fn check_constraints(&self, graph: &Graph, mark: Mark) -> Result<(), Error> {
        let watcher = Watcher::new(self.interrupt.clone(), self.memory.clone());
        let checked = watcher.watch(|watch| graph.check_constraints(mark, watch));
        checked.map_err(|error| match error {
            Watched::Interrupted(interruption) => interruption.into(),
            Watched::Refused(error) => {
                let span = match &error {
                    GraphError::Violated(violation) => {
                        let key = violation.keys.first().map(|key| &**key);
                        place::of(&self.bound.query, Some(&violation.target), key)
                    }
                    _ => Span::default(),
                };
                Box::new(ExecutionError::Graph { error, span }).into()
            }
        })
    }

    /// Whether the ontology allows what was changed; what it only warns of.
    fn check_ontology(
        &self,
        graph: &Graph,
        mark: Mark,
        ontology: Option<&Ontology>,
    ) -> Result<Vec<Warning>, Error> {
        let Some(ontology) = ontology else {
            return Ok(Vec::new());
        };
        let changed = graph.changed_since(mark);
        let go_on = || self.interrupt.check();
        let findings = ontology.findings(graph.view(), Some(&changed), go_on)?;
        let span = |violation: &Violation| {
            let (bearer, key) = violation.names();
            place::of(&self.bound.query, bearer, key)
        };
        if ontology.mode == Strictness::Enforce && !findings.is_empty() {
            let span = span(&findings[0].violation);
            return Err(Error::Ontology { findings, span });
        }
        let warnings = findings.iter().map(|finding| Warning {
            message: finding.to_string(),
            help: Some(finding.violation.help()),
            span: span(&finding.violation),
        });
        Ok(warnings.collect())
    }

    /// Gives the bytes of what was changed too.
    fn execute(
        &self,
        plan: &PhysicalQuery,
        access: Access<'_>,
        ids: &Ids,
        names: Arc<ResolvedNames>,
    ) -> Result<(QueryResult, usize), Error> {
        let is_profile = self.bound.mode == Mode::Profile;
        let subqueries = plan.subqueries.iter();
        let plans = std::iter::once(&plan.root).chain(subqueries.map(|subquery| &subquery.root));
        let profiler: Option<Profiler> = is_profile.then(|| Profiler::new(plans));
        let mut next = 0;
        let mut root = open(&plan.root, profiler.as_ref(), &mut next);
        let subqueries = plan
            .subqueries
            .iter()
            .map(|subquery| RunningSubquery::open(subquery, profiler.as_ref(), &mut next))
            .collect();
        let settings = Settings {
            parameters: self.parameters,
            procedures: self.procedures,
            evidence: ids.evidence(),
            names,
            now: now(),
            seed: seed(),
            interrupt: self.interrupt.clone(),
            memory: self.memory.clone(),
        };
        let ctx = ExecutionContext::new(access, settings, subqueries);
        let limit = self.most_rows;
        let mut rows: Vec<Vec<Value>> = Vec::new();
        let mut held = Held::default();
        while let Some(batch) = root.next(&ctx)? {
            self.interrupt.check()?;
            if rows.len() + batch.len() > limit {
                return Err(Interruption::RowLimit { limit }.into());
            }
            let size = batch
                .size()
                .saturating_add(batch.len() * row_size(batch.width()));
            ctx.hold(&mut held, size)?;
            check_columns(&self.memory, &batch)?;
            rows.extend((0..batch.len()).map(|row| batch.row(row)));
        }
        let plan_text = profiler
            .as_ref()
            .map(|profiler| explain(plan, Some(&profiler.profiles())));
        let result = QueryResult {
            columns: plan.columns.clone(),
            rows,
            plan: plan_text,
            has_rows: !plan.columns.is_empty(),
            ..QueryResult::default()
        };
        Ok((result, ctx.written()))
    }
}

/// The stack on which a statement is read, bound, copied and taken apart: its tree is no deeper than its text is long,
/// and bounded. Measured without optimization, with room to spare.
pub(super) fn stack_size(text: &str) -> usize {
    const BASE: usize = 512 * 1024;
    const PER_BYTE: usize = 2 * 1024;
    const MOST: usize = 32 * 1024 * 1024;
    text.len()
        .saturating_mul(PER_BYTE)
        .saturating_add(BASE)
        .min(MOST)
}

/// Refuses values that nothing which reads the result could go through.
fn check_columns(memory: &Memory, batch: &Batch) -> Result<(), Interruption> {
    let mut measure = Measure::default();
    let columns = batch.columns().iter().filter_map(|column| match column {
        Column::Values(values) => Some(values),
        _ => None,
    });
    columns
        .flatten()
        .try_for_each(|value| check_nesting(memory, &mut measure, value))
}

/// The bytes of a row's own values, whatever they refer to.
fn row_size(width: usize) -> usize {
    size_of::<Vec<Value>>() + width * size_of::<Value>()
}

/// The clock, read once for a statement.
fn now() -> (i64, u32) {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    (
        i64::try_from(since.as_secs()).unwrap_or(i64::MAX),
        since.subsec_nanos(),
    )
}

/// A seed for `rand()` that differs from statement to statement.
fn seed() -> u64 {
    let (seconds, nanoseconds) = now();
    seconds.unsigned_abs().rotate_left(32) ^ u64::from(nanoseconds)
}
