//! The accumulators of one aggregating call, one for each group.

use super::keys::{KeyNumbers, PairNumbers};
use crate::algebra::AggregateCall;
use crate::execution::scan::index;
use crate::execution::{Execution, ExecutionError};
use crate::expression::Column;
use crate::function::aggregate::{Accumulator, Kind, Sum};
use crate::value::{Value, ValueError};

/// How many times each row counts; none for once.
pub(super) type Weights<'w> = Option<&'w [i64]>;

/// The accumulators of one call, by the number of the group.
pub(super) struct Accumulators<'a> {
    call: &'a AggregateCall,
    state: State,
    /// The values that each group has taken, where equivalent ones count once.
    seen: Option<(KeyNumbers, PairNumbers)>,
}

enum State {
    Count(Vec<i64>),
    Sum(Vec<Sum>),
    Any(Vec<Accumulator>),
}

impl<'a> Accumulators<'a> {
    pub(super) fn new(call: &'a AggregateCall) -> Self {
        let state = match call.function.kind {
            Kind::CountAll | Kind::Count => State::Count(Vec::new()),
            Kind::Sum | Kind::Average => State::Sum(Vec::new()),
            _ => State::Any(Vec::new()),
        };
        let is_distinct = call.is_distinct && call.function.minds_duplicates;
        Self {
            call,
            state,
            seen: is_distinct.then(Default::default),
        }
    }

    /// Makes room for so many groups.
    pub(super) fn resize(&mut self, groups: usize) {
        match &mut self.state {
            State::Count(counts) => counts.resize(groups, 0),
            State::Sum(sums) => sums.resize(groups, Sum::default()),
            State::Any(accumulators) => {
                accumulators.resize_with(groups, || self.call.function.accumulator(false));
            }
        }
    }

    /// Takes the rows of a batch: their groups and the values of the call's arguments. Tells about how many bytes of
    /// them stay.
    pub(super) fn add(
        &mut self,
        groups: &[u32],
        arguments: &[Column],
        weights: Weights<'_>,
    ) -> Execution<usize> {
        let (result, kept) = match (&mut self.seen, arguments.first()) {
            (Some((values, pairs)), Some(first)) => {
                let new = new_rows(values, pairs, groups, first);
                let groups: Vec<u32> = new.iter().map(|row| groups[*row as usize]).collect();
                let arguments: Vec<Column> =
                    arguments.iter().map(|column| column.take(&new)).collect();
                let result = self.state.add(self.call, &groups, &arguments, None);
                (result, self.kept(&arguments))
            }
            _ => {
                let result = self.state.add(self.call, groups, arguments, weights);
                (result, self.kept(arguments))
            }
        };
        result
            .map(|()| kept)
            .map_err(|kind| ExecutionError::value(kind, self.call.span))
    }

    /// About how many bytes of a batch's arguments stay.
    fn kept(&self, arguments: &[Column]) -> usize {
        const SEEN: usize = 64;
        let keeps_values = matches!(
            self.call.function.kind,
            Kind::Collect | Kind::PercentileContinuous | Kind::PercentileDiscrete
        );
        match arguments.first() {
            Some(column) if self.seen.is_some() => column.size() + column.len() * SEEN,
            Some(column) if keeps_values => column.size() + column.len() * size_of::<Value>(),
            _ => 0,
        }
    }

    /// Takes what other accumulators of the same call have taken; `groups` tells which group each of theirs is here.
    pub(super) fn merge(&mut self, other: Self, groups: &[u32]) -> Execution<()> {
        let result = match (&mut self.state, other.state) {
            (State::Count(counts), State::Count(others)) => {
                for (group, other) in groups.iter().zip(others) {
                    counts[*group as usize] += other;
                }
                Ok(())
            }
            (State::Sum(sums), State::Sum(others)) => groups
                .iter()
                .zip(others)
                .try_for_each(|(group, other)| sums[*group as usize].merge("sum", &other)),
            (State::Any(accumulators), State::Any(others)) => {
                groups.iter().zip(others).try_for_each(|(group, other)| {
                    // The least of the least is the least of all.
                    accumulators[*group as usize].add(&[other.finish()?])
                })
            }
            _ => unreachable!("accumulators of one call have one kind of state"),
        };
        result.map_err(|kind| ExecutionError::value(kind, self.call.span))
    }

    /// Whether [`Accumulators::merge`] gives what one after the other would.
    pub(super) fn can_merge(call: &AggregateCall) -> bool {
        let is_plain = !(call.is_distinct && call.function.minds_duplicates);
        let is_mergeable = matches!(
            call.function.kind,
            Kind::CountAll | Kind::Count | Kind::Sum | Kind::Average | Kind::Min | Kind::Max
        );
        is_plain && is_mergeable
    }

    /// The result of each group.
    pub(super) fn finish(self) -> Execution<Column> {
        let is_average = self.call.function.kind == Kind::Average;
        let values: Result<Vec<Value>, ValueError> = match self.state {
            State::Count(counts) => return Ok(Column::Integers(counts)),
            State::Sum(sums) if is_average => sums.into_iter().map(Sum::mean).collect(),
            State::Sum(sums) => sums.into_iter().map(Sum::total).collect(),
            State::Any(all) => all.into_iter().map(Accumulator::finish).collect(),
        };
        let values = values.map_err(|kind| ExecutionError::value(kind, self.call.span))?;
        Ok(Column::from_values(values))
    }
}

/// The rows whose value the row's group has not taken yet.
fn new_rows(
    values: &mut KeyNumbers,
    pairs: &mut PairNumbers,
    groups: &[u32],
    column: &Column,
) -> Vec<u32> {
    let numbers = values.number(column);
    let mut new = Vec::new();
    for (row, (group, number)) in groups.iter().zip(numbers).enumerate() {
        let before = pairs.len();
        pairs.number(*group, number);
        if pairs.len() > before {
            new.push(index(row));
        }
    }
    new
}

impl State {
    fn add(
        &mut self,
        call: &AggregateCall,
        groups: &[u32],
        arguments: &[Column],
        weights: Weights<'_>,
    ) -> Result<(), ValueError> {
        let weight = |row: usize| weights.map_or(1, |weights| weights[row]);
        match self {
            Self::Count(counts) => {
                match arguments.first() {
                    Some(Column::Values(values)) => {
                        for (row, (group, value)) in groups.iter().zip(values).enumerate() {
                            if !value.is_null() {
                                counts[*group as usize] += weight(row);
                            }
                        }
                    }
                    Some(Column::Nulls(_)) => {}
                    _ => match (counts.as_mut_slice(), weights) {
                        ([count], None) => *count += i64::from(index(groups.len())),
                        ([count], Some(weights)) => *count += weights.iter().sum::<i64>(),
                        (counts, _) => {
                            for (row, group) in groups.iter().enumerate() {
                                counts[*group as usize] += weight(row);
                            }
                        }
                    },
                }
                Ok(())
            }
            Self::Sum(sums) => sum(sums, call.function.name, groups, arguments, weight),
            Self::Any(accumulators) => {
                let mut row_arguments = Vec::with_capacity(arguments.len());
                for (row, group) in groups.iter().enumerate() {
                    row_arguments.clear();
                    row_arguments.extend(arguments.iter().map(|column| column.value(row)));
                    accumulators[*group as usize].add(&row_arguments)?;
                }
                Ok(())
            }
        }
    }
}

fn sum(
    sums: &mut [Sum],
    name: &str,
    groups: &[u32],
    arguments: &[Column],
    weight: impl Fn(usize) -> i64,
) -> Result<(), ValueError> {
    match arguments.first() {
        Some(Column::Integers(numbers)) => {
            for (row, (group, number)) in groups.iter().zip(numbers).enumerate() {
                sums[*group as usize].add_integer(name, *number, weight(row))?;
            }
        }
        Some(Column::Floats(numbers)) => {
            for (row, (group, number)) in groups.iter().zip(numbers).enumerate() {
                sums[*group as usize].add_float(name, *number, weight(row))?;
            }
        }
        Some(column) => {
            for (row, group) in groups.iter().enumerate() {
                let value = column.value(row);
                if !value.is_null() {
                    sums[*group as usize].add_times(name, &value, weight(row))?;
                }
            }
        }
        None => {}
    }
    Ok(())
}
