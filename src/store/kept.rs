//! What a build keeps in the file beside the graph: what each document claims, and the decisions of people.

use redb::{
    ReadTransaction, ReadableDatabase as _, ReadableTable as _, TableDefinition, TableError,
    WriteTransaction,
};

use super::chunk::{sealed, unsealed};
use super::file::{self, Place, Result, contained};
use super::{Contents, Store};

/// By the document's id.
const CLAIMS: TableDefinition<'_, &str, &[u8]> = TableDefinition::new("claims");
/// By name.
const DECISIONS: TableDefinition<'_, &str, &str> = TableDefinition::new("decisions");

/// What a build changes of what it keeps.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keep {
    /// By the document's id: what it claims, as bytes; nothing where that is to be forgotten.
    pub claims: std::collections::BTreeMap<String, Option<Vec<u8>>>,
    /// By name: decisions of people, as text.
    pub decisions: std::collections::BTreeMap<String, String>,
}

impl Keep {
    fn write(&self, transaction: &WriteTransaction) -> Result<()> {
        let mut table = transaction.open_table(CLAIMS).map_err(redb::Error::from)?;
        for (document, claims) in &self.claims {
            let document = document.as_str();
            match claims {
                Some(claims) => table.insert(document, &*sealed(claims.clone())).map(drop),
                None => table.remove(document).map(drop),
            }
            .map_err(redb::Error::from)?;
        }
        let mut table = transaction
            .open_table(DECISIONS)
            .map_err(redb::Error::from)?;
        for (name, text) in &self.decisions {
            let inserted = table.insert(name.as_str(), text.as_str());
            inserted.map_err(redb::Error::from)?;
        }
        Ok(())
    }
}

/// For builds.
impl Store {
    /// The ids of the documents whose claims are kept, in order.
    ///
    /// # Errors
    ///
    /// When the file can't be read.
    pub fn documents(&self) -> Result<Vec<String>> {
        self.reading(|transaction| {
            let table = match transaction.open_table(CLAIMS) {
                Err(TableError::TableDoesNotExist(_)) => return Ok(Vec::new()),
                table => table.map_err(redb::Error::from)?,
            };
            let entries = table.iter().map_err(redb::Error::from)?;
            let ids = entries.map(|entry| {
                let (id, _) = entry.map_err(redb::Error::from)?;
                Ok(id.value().to_owned())
            });
            ids.collect()
        })
    }

    /// What a document claims, as it was kept.
    ///
    /// # Errors
    ///
    /// When the file can't be read or is damaged.
    pub fn claims(&self, document: &str) -> Result<Option<Vec<u8>>> {
        self.reading(|transaction| {
            let table = match transaction.open_table(CLAIMS) {
                Err(TableError::TableDoesNotExist(_)) => return Ok(None),
                table => table.map_err(redb::Error::from)?,
            };
            let found = table.get(document).map_err(redb::Error::from)?;
            let claims = found.map(|found| unsealed(found.value()).map(<[u8]>::to_vec));
            claims.transpose()
        })
    }

    /// Decisions of people, by name.
    ///
    /// # Errors
    ///
    /// When the file can't be read.
    pub fn decision(&self, name: &str) -> Result<Option<String>> {
        self.reading(|transaction| {
            let table = match transaction.open_table(DECISIONS) {
                Err(TableError::TableDoesNotExist(_)) => return Ok(None),
                table => table.map_err(redb::Error::from)?,
            };
            let found = table.get(name).map_err(redb::Error::from)?;
            Ok(found.map(|found| found.value().to_owned()))
        })
    }

    /// The graph and its evidence.
    ///
    /// # Errors
    ///
    /// When the file can't be read or is damaged.
    pub fn contents(&self) -> Result<Contents> {
        self.reading(file::read)
    }

    /// Keeps claims and decisions; when this returns, they are on the disk. The graph stays as it is.
    ///
    /// # Errors
    ///
    /// When the disk refuses.
    pub fn keep(&mut self, keep: &Keep) -> Result<()> {
        self.writing(|transaction, _| keep.write(transaction))
    }

    /// Puts a graph in the place of the one that is there, under a new UUID, and keeps claims and decisions: all at once
    /// or nothing.
    ///
    /// # Errors
    ///
    /// When the disk refuses.
    pub fn replace(&mut self, contents: &Contents, keep: &Keep) -> Result<()> {
        let uuid = Place::default().uuid;
        self.writing(|transaction, place| {
            file::delete_graph(transaction)?;
            let place = Place {
                uuid,
                names: [0; 3],
                ..place
            };
            file::write_whole(transaction, contents, place)?;
            keep.write(transaction)
        })?;
        self.replaced(contents, uuid);
        Ok(())
    }

    fn reading<T>(&self, read: impl FnOnce(&ReadTransaction) -> Result<T>) -> Result<T> {
        let database = self.database()?;
        contained(|| read(&database.begin_read().map_err(redb::Error::from)?))
    }

    fn writing(&mut self, write: impl FnOnce(&WriteTransaction, Place) -> Result<()>) -> Result<()> {
        let place = self.next_place();
        let database = self.database()?;
        contained(|| {
            let mut transaction = database.begin_write().map_err(redb::Error::from)?;
            transaction.set_two_phase_commit(true);
            file::write_place(&transaction, place)?;
            write(&transaction, place)?;
            Ok(transaction.commit().map_err(redb::Error::from)?)
        })?;
        self.committed();
        Ok(())
    }
}
