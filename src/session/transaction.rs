//! Several statements with one effect: all of it or none.

use std::sync::Arc;

use super::shared::{Company, Snapshot, Turn};
use super::{Error, Session};
use crate::graph::View;
use crate::syntax::ast::TransactionCommand;

/// A transaction that a session has open.
#[derive(Debug)]
pub(super) enum Transaction {
    /// Of a session that only reads: every statement sees the same state.
    Reading(Arc<Snapshot>),
    /// Of a session that writes: nobody else does until it ends.
    Writing(Turn),
}

impl Transaction {
    pub(super) fn view(&self) -> &View {
        match self {
            Self::Reading(snapshot) => &snapshot.view,
            Self::Writing(turn) => turn.graph.view(),
        }
    }
}

/// Why a command about transactions makes no sense.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TransactionError {
    /// `BEGIN` within a transaction.
    #[error("a transaction is already open")]
    AlreadyOpen,
    /// `COMMIT` or `ROLLBACK` outside of one.
    #[error("no transaction is open")]
    NotOpen,
}

impl TransactionError {
    /// What to do about it.
    #[must_use]
    pub fn help(self) -> &'static str {
        match self {
            Self::AlreadyOpen => "end it first with COMMIT or ROLLBACK",
            Self::NotOpen => "BEGIN opens one",
        }
    }
}

/// Transactions.
///
/// Outside of one every statement is its own transaction. Within one, statements see what those before them did, and
/// all others see nothing of it before the commit. A statement that fails leaves nothing of itself and the transaction
/// open. A session that is dropped rolls its transaction back.
impl Session {
    /// Opens a transaction. It waits until nobody else writes, at most as long as
    /// [`Limits::patience`](super::Limits::patience) says; in a session that only reads it waits for nobody.
    ///
    /// # Errors
    ///
    /// [`Error::Transaction`] when one is open, [`Error::Busy`] when another is writing all the time.
    ///
    /// # Examples
    ///
    /// ```
    /// use tupu::session::Database;
    /// use tupu::value::Map;
    ///
    /// let database = Database::new();
    /// let mut session = database.session();
    /// session.begin()?;
    /// session.run("CREATE (:District {name: '坪山区'})", &Map::default())?;
    /// session.rollback()?;
    /// assert_eq!(database.view().node_count(), 0);
    /// # Ok::<(), tupu::session::Error>(())
    /// ```
    pub fn begin(&mut self) -> Result<(), Error> {
        if self.transaction.is_some() {
            return Err(TransactionError::AlreadyOpen.into());
        }
        self.transaction = Some(if self.is_read_only {
            Transaction::Reading(self.database.shared.snapshot())
        } else {
            Transaction::Writing(self.turn(Company::Readers)?)
        });
        Ok(())
    }

    /// Makes all that was changed since [`Session::begin`] final.
    ///
    /// # Errors
    ///
    /// [`Error::Transaction`] when none is open. When the changes can't be made final, all of them are taken back.
    pub fn commit(&mut self) -> Result<(), Error> {
        match self.transaction.take() {
            None => Err(TransactionError::NotOpen.into()),
            Some(Transaction::Reading(_)) => Ok(()),
            Some(Transaction::Writing(turn)) => turn.commit(),
        }
    }

    /// Takes all that was changed since [`Session::begin`] back, in time proportional to what was changed.
    ///
    /// # Errors
    ///
    /// [`Error::Transaction`] when none is open.
    pub fn rollback(&mut self) -> Result<(), Error> {
        match self.transaction.take() {
            None => Err(TransactionError::NotOpen.into()),
            Some(_) => Ok(()),
        }
    }

    /// Whether a transaction is open.
    #[must_use]
    pub fn is_in_transaction(&self) -> bool {
        self.transaction.is_some()
    }

    pub(super) fn control(&mut self, command: TransactionCommand) -> Result<(), Error> {
        match command {
            TransactionCommand::Begin => self.begin(),
            TransactionCommand::Commit => self.commit(),
            TransactionCommand::Rollback => self.rollback(),
        }
    }
}
