//! Rows in columns: what flows between operators and what expressions are evaluated on.

use super::Column;
use crate::value::Value;

/// How many rows an operator aims at in one batch.
pub const BATCH_SIZE: usize = 1024;

/// Some rows: one column a variable, all of the same length.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    columns: Vec<Column>,
    len: usize,
}

impl Batch {
    /// A batch from its columns. `len` says how many rows there are, also where there is no column.
    ///
    /// # Panics
    ///
    /// When a column's length is another.
    #[must_use]
    pub fn new(columns: Vec<Column>, len: usize) -> Self {
        assert!(
            columns.iter().all(|column| column.len() == len),
            "all columns of a batch have one length"
        );
        Self { columns, len }
    }

    /// One row without variables.
    #[must_use]
    pub fn unit() -> Self {
        Self {
            columns: Vec::new(),
            len: 1,
        }
    }

    /// Rows of values, each of `width` values.
    #[must_use]
    pub fn from_rows(width: usize, rows: impl IntoIterator<Item = Vec<Value>>) -> Self {
        let mut columns = vec![Vec::new(); width];
        let mut len = 0;
        for row in rows {
            len += 1;
            for (column, value) in columns.iter_mut().zip(row) {
                column.push(value);
            }
        }
        Self::new(columns.into_iter().map(Column::Values).collect(), len)
    }

    /// The number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.len
    }

    /// About how many bytes the rows take.
    #[must_use]
    pub fn size(&self) -> usize {
        let sizes = self.columns.iter().map(Column::size);
        sizes.fold(0, usize::saturating_add)
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The number of variables.
    #[must_use]
    pub fn width(&self) -> usize {
        self.columns.len()
    }

    /// The columns.
    #[must_use]
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// The columns, for taking them out.
    #[must_use]
    pub fn into_columns(self) -> Vec<Column> {
        self.columns
    }

    /// One column.
    #[must_use]
    pub fn column(&self, slot: usize) -> &Column {
        &self.columns[slot]
    }

    /// The value of a variable in a row.
    #[must_use]
    pub fn value(&self, slot: usize, row: usize) -> Value {
        self.columns[slot].value(row)
    }

    /// A row as values.
    #[must_use]
    pub fn row(&self, row: usize) -> Vec<Value> {
        self.columns
            .iter()
            .map(|column| column.value(row))
            .collect()
    }

    /// The rows at the given places, in that order.
    #[must_use]
    pub fn take(&self, rows: &[u32]) -> Self {
        Self {
            columns: self
                .columns
                .iter()
                .map(|column| column.take(rows))
                .collect(),
            len: rows.len(),
        }
    }

    /// The rows at the given places, in that order, some variables left null.
    #[must_use]
    pub fn take_without(&self, rows: &[u32], unused: &[usize]) -> Self {
        let take = |(slot, column): (usize, &Column)| match unused.contains(&slot) {
            true => Column::Nulls(rows.len()),
            false => column.take(rows),
        };
        Self {
            columns: self.columns.iter().enumerate().map(take).collect(),
            len: rows.len(),
        }
    }

    /// The rows from one place up to another.
    #[must_use]
    pub fn slice(&self, from: usize, to: usize) -> Self {
        if from == 0 && to == self.len {
            return self.clone();
        }
        let index = |at: usize| u32::try_from(at).expect("a batch has fewer than 2³² rows");
        self.take(&(index(from)..index(to)).collect::<Vec<_>>())
    }

    /// The batch with one more variable.
    ///
    /// # Panics
    ///
    /// When the column's length is another.
    pub fn push(&mut self, column: Column) {
        assert_eq!(
            column.len(),
            self.len,
            "all columns of a batch have one length"
        );
        self.columns.push(column);
    }

    /// The batch with a variable's column set; variables between the last and this one stay null.
    pub fn set(&mut self, slot: usize, column: Column) {
        assert_eq!(
            column.len(),
            self.len,
            "all columns of a batch have one length"
        );
        self.widen(slot + 1);
        self.columns[slot] = column;
    }

    /// The batch with at least so many variables, the new ones null.
    pub fn widen(&mut self, width: usize) {
        if self.columns.len() < width {
            self.columns.resize(width, Column::Nulls(self.len));
        }
    }

    /// Keeps the first variables only.
    pub fn truncate(&mut self, width: usize) {
        self.columns.truncate(width);
    }

    /// Puts the rows of another batch after these.
    pub fn append(&mut self, other: Self) {
        if self.len == 0 {
            *self = other;
            return;
        }
        self.len += other.len;
        for (column, more) in self.columns.iter_mut().zip(other.columns) {
            column.append(more);
        }
    }
}
