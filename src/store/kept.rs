//! What a build keeps in the file beside the graph: named texts, such as what each document claims.

use std::collections::BTreeMap;

use redb::{ReadTransaction, ReadableTable as _, TableDefinition, TableError, WriteTransaction};

use super::chunk::{sealed, unsealed};
use super::file::Result;
use super::medium::contained;
use super::write::{self, Place};
use super::{Contents, Store, read};

/// By name.
const BUILD: TableDefinition<'_, &str, &[u8]> = TableDefinition::new("build");

/// Changes to what is kept, by name: what is kept from now on; nothing where it is to be forgotten.
pub type Changes = BTreeMap<String, Option<Vec<u8>>>;

/// For builds.
impl Store {
    /// The names of all that is kept, in order.
    ///
    /// # Errors
    ///
    /// When the file can't be read.
    pub fn kept_names(&mut self) -> Result<Vec<String>> {
        self.reading(|transaction| {
            let table = match transaction.open_table(BUILD) {
                Err(TableError::TableDoesNotExist(_)) => return Ok(Vec::new()),
                table => table.map_err(redb::Error::from)?,
            };
            let entries = table.iter().map_err(redb::Error::from)?;
            let names = entries.map(|entry| {
                let (name, _) = entry.map_err(redb::Error::from)?;
                Ok(name.value().to_owned())
            });
            names.collect()
        })
    }

    /// What is kept under a name.
    ///
    /// # Errors
    ///
    /// When the file can't be read or is damaged.
    pub fn kept(&mut self, name: &str) -> Result<Option<Vec<u8>>> {
        self.reading(|transaction| {
            let table = match transaction.open_table(BUILD) {
                Err(TableError::TableDoesNotExist(_)) => return Ok(None),
                table => table.map_err(redb::Error::from)?,
            };
            let found = table.get(name).map_err(redb::Error::from)?;
            let bytes = found.map(|found| unsealed(found.value()).map(<[u8]>::to_vec));
            bytes.transpose()
        })
    }

    /// The graph and its evidence.
    ///
    /// # Errors
    ///
    /// When the file can't be read or is damaged.
    pub fn contents(&mut self) -> Result<Contents> {
        self.reading(read::read)
    }

    /// Changes what is kept; when this returns, that is on the disk. The graph stays as it is.
    ///
    /// # Errors
    ///
    /// When the disk refuses.
    pub fn keep(&mut self, changes: &Changes) -> Result<()> {
        self.keeping(changes, |_, _| Ok(()))
    }

    /// Puts a graph in the place of the one that is there, under a new UUID, and changes what is kept: both or nothing.
    ///
    /// # Errors
    ///
    /// When the disk refuses.
    pub fn replace(&mut self, contents: &Contents, changes: &Changes) -> Result<()> {
        let uuid = Place::default().uuid;
        let outcome = self.keeping(changes, |transaction, place| {
            write::delete_graph(transaction)?;
            write::write_whole(
                transaction,
                contents,
                Place {
                    uuid,
                    names: [0; 3],
                    ..place
                },
            )
        });
        self.replaced(contents, uuid, outcome.is_ok());
        outcome
    }

    fn reading<T>(&mut self, read: impl FnOnce(&ReadTransaction) -> Result<T>) -> Result<T> {
        contained(|| read(&self.begin_read()?))
    }

    /// Changes what is kept, together with what `also` writes.
    fn keeping(
        &mut self,
        changes: &Changes,
        also: impl FnOnce(&WriteTransaction, Place) -> Result<()>,
    ) -> Result<()> {
        self.writing(|transaction, place| {
            write::write_place(transaction, place)?;
            also(transaction, place)?;
            keep(transaction, changes)
        })
    }
}

fn keep(transaction: &WriteTransaction, changes: &Changes) -> Result<()> {
    let mut table = transaction.open_table(BUILD).map_err(redb::Error::from)?;
    for (name, bytes) in changes {
        match bytes {
            Some(bytes) => table
                .insert(name.as_str(), &*sealed(bytes.clone()))
                .map(drop),
            None => table.remove(name.as_str()).map(drop),
        }
        .map_err(redb::Error::from)?;
    }
    Ok(())
}
