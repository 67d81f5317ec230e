//! The engine against itself: what must be the same when a query is said in another way.

use tupu::plan::Optimization;
use tupu::value::Value;

use crate::agreement::run;
use crate::choices::Choices;
use crate::compare::{Bag, Reading};
use crate::generate::{self, Parts};
use crate::graph::World;
use crate::soak::soak;

/// A graph with the parts of a query, and how it is planned.
struct Trial {
    world: World,
    parts: Parts,
    optimization: Optimization,
}

type Checked<T> = Result<T, String>;

/// What a query gives must be what another query, or a few together, give.
fn check(name: &str, relation: impl Fn(&Trial) -> Checked<()>) {
    soak(name, 4, |choices| Some(trials(choices, &relation)));
}

fn trials(choices: &mut Choices, relation: &impl Fn(&Trial) -> Checked<()>) -> Checked<()> {
    let graph = generate::graph(choices);
    let create = graph.script();
    let mut trial = Trial {
        world: graph.into_world(),
        parts: generate::parts(choices),
        optimization: Optimization::Plain,
    };
    for optimization in [Optimization::Plain, Optimization::Full] {
        trial.optimization = optimization;
        if let Err(fault) = relation(&trial) {
            return Err(format!("{create}\n{fault}"));
        }
    }
    Ok(())
}

impl Trial {
    fn rows(&self, query: &str) -> Checked<Vec<Vec<Value>>> {
        let result = run(&self.world, query, self.optimization);
        let optimization = self.optimization;
        Ok(result
            .map_err(|error| format!("{query}\n{optimization:?}: {error}"))?
            .rows)
    }

    fn bag(&self, query: &str) -> Checked<Bag> {
        // A chain walked from its other end gives its relationships in the other order.
        Ok(Reading {
            lists_are_bags: true,
        }
        .bag(&self.rows(query)?))
    }

    /// The one number that a query gives.
    fn number(&self, query: &str) -> Checked<usize> {
        match self.rows(query)?.as_slice() {
            [row] => match row.as_slice() {
                [Value::Integer(number)] => Ok(usize::try_from(*number).unwrap_or(usize::MAX)),
                _ => Err(format!("{query}\nno number: {row:?}")),
            },
            rows => Err(format!("{query}\n{} rows, not one", rows.len())),
        }
    }

    /// `MATCH pattern`
    fn matching(&self) -> String {
        format!("MATCH {}", self.parts.pattern)
    }

    /// `RETURN` of all variables.
    fn returning(&self) -> String {
        let variables = self.parts.variables.join(", ");
        format!(
            "RETURN {}",
            if variables.is_empty() {
                "1 AS 一"
            } else {
                &variables
            }
        )
    }

    /// The pattern's rows for which a condition holds.
    fn filtered(&self, condition: &str) -> String {
        format!("{} WHERE {condition} {}", self.matching(), self.returning())
    }

    /// The three queries that a condition splits the pattern's rows into.
    fn split(&self) -> [String; 3] {
        let condition = &self.parts.conditions[0];
        [
            self.filtered(condition),
            self.filtered(&format!("NOT ({condition})")),
            self.filtered(&format!("({condition}) IS NULL")),
        ]
    }

    fn same(&self, left: &str, right: &str) -> Checked<()> {
        equal(left, &self.bag(left)?, right, &self.bag(right)?)
    }
}

fn equal<T: PartialEq + std::fmt::Debug>(
    left: &str,
    this: &T,
    right: &str,
    that: &T,
) -> Checked<()> {
    match this == that {
        true => Ok(()),
        false => Err(format!("{left}\ngives {this:#?}\n{right}\ngives {that:#?}")),
    }
}

#[test]
fn a_condition_its_negation_and_its_null_split_the_rows() {
    check(
        "a_condition_its_negation_and_its_null_split_the_rows",
        |trial| {
            let all = format!("{} {}", trial.matching(), trial.returning());
            let split = trial.split();
            let mut bag = Bag::new();
            for query in &split {
                bag.extend(trial.bag(query)?);
            }
            bag.sort();
            equal(&all, &trial.bag(&all)?, &split.join("\n"), &bag)?;
            trial.same(&all, &split.join(" UNION ALL "))
        },
    );
}

#[test]
fn a_pattern_can_be_read_from_either_end() {
    check("a_pattern_can_be_read_from_either_end", |trial| {
        let forth = trial.filtered(&trial.parts.conditions[0]);
        let back = forth.replacen(&trial.parts.pattern, &trial.parts.reversed, 1);
        trial.same(&forth, &back)
    });
}

#[test]
fn counting_rows_counts_the_rows() {
    check("counting_rows_counts_the_rows", |trial| {
        let condition = &trial.parts.conditions[0];
        let rows = trial.filtered(condition);
        let number = trial.rows(&rows)?.len();
        let inner = format!("{} WHERE {condition}", trial.matching());
        for query in [
            format!("{inner} RETURN count(*)"),
            format!("RETURN COUNT {{ {inner} }}"),
        ] {
            equal(&rows, &number, &query, &trial.number(&query)?)?;
        }
        let exists = format!("RETURN CASE WHEN EXISTS {{ {inner} }} THEN 1 ELSE 0 END AS 有");
        equal(&rows, &number.min(1), &exists, &trial.number(&exists)?)?;
        let optional = format!("OPTIONAL {rows}");
        equal(
            &rows,
            &number.max(1),
            &optional,
            &trial.rows(&optional)?.len(),
        )
    });
}

#[test]
fn a_condition_that_always_holds_changes_nothing() {
    check("a_condition_that_always_holds_changes_nothing", |trial| {
        let [condition, separate] = [&trial.parts.conditions[0], &trial.parts.separate];
        let bare = trial.filtered(condition);
        trial.same(
            &bare,
            &trial.filtered(&format!("({condition}) AND ({separate})")),
        )?;
        trial.same(
            &bare,
            &trial.filtered(&format!("({separate}) AND ({condition})")),
        )
    });
}

#[test]
fn two_conditions_can_hold_at_once_or_one_after_the_other() {
    check(
        "two_conditions_can_hold_at_once_or_one_after_the_other",
        |trial| {
            if trial.parts.variables.is_empty() {
                return Ok(());
            }
            let [first, second] = [&trial.parts.conditions[0], &trial.parts.conditions[1]];
            let at_once = trial.filtered(&format!("({first}) AND ({second})"));
            let (matching, returning) = (trial.matching(), trial.returning());
            trial.same(
                &at_once,
                &format!("{matching} WHERE {first} WITH * WHERE {second} {returning}"),
            )?;
            trial.same(
                &at_once,
                &format!("{matching} WITH * WHERE ({second}) AND ({first}) {returning}"),
            )
        },
    );
}

#[test]
fn a_cut_takes_a_part_of_the_sorted_rows() {
    check("a_cut_takes_a_part_of_the_sorted_rows", |trial| {
        if trial.parts.variables.is_empty() {
            return Ok(());
        }
        let order = format!("ORDER BY {}", trial.parts.variables.join(", "));
        let all = format!("{} {} {order}", trial.matching(), trial.returning());
        let sorted = trial.rows(&all)?;
        for (skip, limit) in [(0, 1), (1, 2), (2, 0), (0, 100)] {
            let cut = format!("{all} SKIP {skip} LIMIT {limit}");
            let part: Vec<_> = sorted.iter().skip(skip).take(limit).cloned().collect();
            equal(&all, &part, &cut, &trial.rows(&cut)?)?;
        }
        let distinct = all.replacen("RETURN ", "RETURN DISTINCT ", 1);
        let mut different = sorted;
        different.dedup();
        equal(&all, &different, &distinct, &trial.rows(&distinct)?)
    });
}
