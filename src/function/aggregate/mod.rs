//! The functions over many rows: the table of them, and the accumulators that take the rows one by one.

mod deviation;
mod percentile;
mod sum;

use rustc_hash::FxHashSet;

use crate::value::{Equivalent, Type, Value, ValueError, order};

use deviation::Deviation;
use percentile::Percentile;
pub use sum::Sum;

/// An aggregate function.
#[derive(Debug)]
pub struct Aggregate {
    /// The name as the standard writes it; found whatever the case.
    pub name: &'static str,
    /// Which function it is.
    pub kind: Kind,
    /// The types of the arguments, all of which must be given.
    pub arguments: &'static [Type],
    /// The type of the result.
    pub returns: Type,
    /// Whether `DISTINCT` before the arguments can change the result.
    pub minds_duplicates: bool,
    /// For help: the signature with argument names.
    pub signature: &'static str,
    /// For help: one sentence.
    pub summary: &'static str,
}

/// Which aggregate function.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// `count(*)`
    CountAll,
    /// `count(x)`
    Count,
    /// `sum(x)`
    Sum,
    /// `avg(x)`
    Average,
    /// `min(x)`
    Min,
    /// `max(x)`
    Max,
    /// `collect(x)`
    Collect,
    /// `stDev(x)`
    SampleDeviation,
    /// `stDevP(x)`
    PopulationDeviation,
    /// `percentileCont(x, percentile)`
    PercentileContinuous,
    /// `percentileDisc(x, percentile)`
    PercentileDiscrete,
}

const SUMMABLE: Type = Type::NUMBER.union(Type::DURATION);

/// `count(*)`, which is syntax of its own and has no name to be found by.
pub static COUNT_ALL: Aggregate = Aggregate {
    name: "count",
    kind: Kind::CountAll,
    arguments: &[],
    returns: Type::INTEGER,
    minds_duplicates: true,
    signature: "count(*)",
    summary: "Counts the rows.",
};

static AGGREGATES: [Aggregate; 10] = [
    Aggregate {
        name: "avg",
        kind: Kind::Average,
        arguments: &[SUMMABLE],
        returns: Type::FLOAT.union(Type::DURATION),
        minds_duplicates: true,
        signature: "avg(value)",
        summary: "Gives the mean of numbers or durations, nulls left out; null of none.",
    },
    Aggregate {
        name: "collect",
        kind: Kind::Collect,
        arguments: &[Type::ANY],
        returns: Type::LIST,
        minds_duplicates: true,
        signature: "collect(value)",
        summary: "Gathers the values in a list, nulls left out.",
    },
    Aggregate {
        name: "count",
        kind: Kind::Count,
        arguments: &[Type::ANY],
        returns: Type::INTEGER,
        minds_duplicates: true,
        signature: "count(value)",
        summary: "Counts the values that are not null; count(*) counts the rows.",
    },
    Aggregate {
        name: "max",
        kind: Kind::Max,
        arguments: &[Type::ANY],
        returns: Type::ANY,
        minds_duplicates: false,
        signature: "max(value)",
        summary: "Gives the greatest value in the order of ORDER BY, nulls left out; null of none.",
    },
    Aggregate {
        name: "min",
        kind: Kind::Min,
        arguments: &[Type::ANY],
        returns: Type::ANY,
        minds_duplicates: false,
        signature: "min(value)",
        summary: "Gives the least value in the order of ORDER BY, nulls left out; null of none.",
    },
    Aggregate {
        name: "percentileCont",
        kind: Kind::PercentileContinuous,
        arguments: &[Type::NUMBER, Type::NUMBER],
        returns: Type::FLOAT,
        minds_duplicates: true,
        signature: "percentileCont(value, percentile)",
        summary: "Gives the percentile (0.0 to 1.0) of numbers, interpolated between its two neighbours.",
    },
    Aggregate {
        name: "percentileDisc",
        kind: Kind::PercentileDiscrete,
        arguments: &[Type::NUMBER, Type::NUMBER],
        returns: Type::NUMBER,
        minds_duplicates: true,
        signature: "percentileDisc(value, percentile)",
        summary: "Gives the number at the percentile (0.0 to 1.0).",
    },
    Aggregate {
        name: "stDev",
        kind: Kind::SampleDeviation,
        arguments: &[Type::NUMBER],
        returns: Type::FLOAT,
        minds_duplicates: true,
        signature: "stDev(value)",
        summary: "Gives the standard deviation of numbers that are a sample.",
    },
    Aggregate {
        name: "stDevP",
        kind: Kind::PopulationDeviation,
        arguments: &[Type::NUMBER],
        returns: Type::FLOAT,
        minds_duplicates: true,
        signature: "stDevP(value)",
        summary: "Gives the standard deviation of numbers that are the whole population.",
    },
    Aggregate {
        name: "sum",
        kind: Kind::Sum,
        arguments: &[SUMMABLE],
        returns: SUMMABLE,
        minds_duplicates: true,
        signature: "sum(value)",
        summary: "Adds numbers or durations, nulls left out; 0 of none.",
    },
];

/// Finds an aggregate function by name, whatever the case.
#[must_use]
pub fn find(name: &str) -> Option<&'static Aggregate> {
    AGGREGATES
        .iter()
        .find(|aggregate| aggregate.name.eq_ignore_ascii_case(name))
}

/// All aggregate functions, sorted by name.
#[must_use]
pub fn all() -> impl ExactSizeIterator<Item = &'static Aggregate> {
    AGGREGATES.iter()
}

impl Aggregate {
    /// What takes the rows of one group. With `DISTINCT`, rows whose first argument came before do not count.
    #[must_use]
    pub fn accumulator(&self, is_distinct: bool) -> Accumulator {
        let state = match self.kind {
            Kind::CountAll => State::CountAll(0),
            Kind::Count => State::Count(0),
            Kind::Sum => State::Sum(Sum::default()),
            Kind::Average => State::Average(Sum::default()),
            Kind::Min => State::Min(Value::Null),
            Kind::Max => State::Max(Value::Null),
            Kind::Collect => State::Collect(Vec::new()),
            Kind::SampleDeviation => State::SampleDeviation(Deviation::default()),
            Kind::PopulationDeviation => State::PopulationDeviation(Deviation::default()),
            Kind::PercentileContinuous => State::PercentileContinuous(Percentile::default()),
            Kind::PercentileDiscrete => State::PercentileDiscrete(Percentile::default()),
        };
        let seen = (is_distinct && self.minds_duplicates).then(FxHashSet::default);
        Accumulator { state, seen }
    }
}

/// Takes the rows of one group and gives the group's result.
///
/// # Examples
///
/// ```
/// use tupu::function::aggregate;
///
/// let mut accumulator = aggregate::find("sum").expect("it exists").accumulator(true);
/// for number in [1, 2, 2] {
///     accumulator.add(&[number.into()])?;
/// }
/// assert_eq!(accumulator.finish()?, 3.into());
/// # Ok::<(), tupu::value::ValueError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Accumulator {
    state: State,
    seen: Option<FxHashSet<Equivalent>>,
}

#[derive(Clone, Debug)]
enum State {
    CountAll(i64),
    Count(i64),
    Sum(Sum),
    Average(Sum),
    Min(Value),
    Max(Value),
    Collect(Vec<Value>),
    SampleDeviation(Deviation),
    PopulationDeviation(Deviation),
    PercentileContinuous(Percentile),
    PercentileDiscrete(Percentile),
}

impl Accumulator {
    /// Takes the arguments of one row: as many as the [`Aggregate`] has.
    ///
    /// # Errors
    ///
    /// [`ValueError::UnsupportedArgument`] for a value of a wrong type, [`ValueError::NumberOutOfRange`] for a
    /// percentile outside of 0.0 to 1.0.
    pub fn add(&mut self, arguments: &[Value]) -> Result<(), ValueError> {
        let value = arguments.first().unwrap_or(&Value::Null);
        if let Some(seen) = &mut self.seen
            && !value.is_null()
            && !seen.insert(Equivalent(value.clone()))
        {
            return Ok(());
        }
        let percentile = arguments.get(1).unwrap_or(&Value::Null);
        match &mut self.state {
            State::CountAll(count) => *count += 1,
            State::PercentileContinuous(numbers) => {
                numbers.add("percentileCont", value, percentile)?;
            }
            State::PercentileDiscrete(numbers) => {
                numbers.add("percentileDisc", value, percentile)?;
            }
            _ if value.is_null() => {}
            State::Count(count) => *count += 1,
            State::Sum(sum) => sum.add("sum", value)?,
            State::Average(sum) => sum.add("avg", value)?,
            State::Min(least) if least.is_null() || order(value, least).is_lt() => {
                *least = value.clone();
            }
            State::Max(greatest) if greatest.is_null() || order(value, greatest).is_gt() => {
                *greatest = value.clone();
            }
            State::Min(_) | State::Max(_) => {}
            State::Collect(items) => items.push(value.clone()),
            State::SampleDeviation(deviation) => deviation.add("stDev", value)?,
            State::PopulationDeviation(deviation) => deviation.add("stDevP", value)?,
        }
        Ok(())
    }

    /// The result of the rows taken.
    ///
    /// # Errors
    ///
    /// [`ValueError::IntegerOverflow`] for a sum that does not fit.
    pub fn finish(self) -> Result<Value, ValueError> {
        Ok(match self.state {
            State::CountAll(count) | State::Count(count) => count.into(),
            State::Sum(sum) => sum.total()?,
            State::Average(sum) => sum.mean()?,
            State::Min(value) | State::Max(value) => value,
            State::Collect(items) => items.into(),
            State::SampleDeviation(deviation) => deviation.of_sample().into(),
            State::PopulationDeviation(deviation) => deviation.of_population().into(),
            State::PercentileContinuous(percentile) => percentile.continuous(),
            State::PercentileDiscrete(percentile) => percentile.discrete(),
        })
    }
}

#[cfg(test)]
mod tests;
