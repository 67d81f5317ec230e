//! What a build keeps in the file beside the graph: named texts, such as what each document claims.

use std::collections::BTreeMap;

use redb::{
    ReadTransaction, ReadableDatabase as _, ReadableTable as _, TableDefinition, TableError,
    WriteTransaction,
};

use super::chunk::{sealed, unsealed};
use super::file::{self, Place, Result, contained};
use super::{Contents, Store};

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
    pub fn kept_names(&self) -> Result<Vec<String>> {
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
    pub fn kept(&self, name: &str) -> Result<Option<Vec<u8>>> {
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
    pub fn contents(&self) -> Result<Contents> {
        self.reading(file::read)
    }

    /// Changes what is kept; when this returns, that is on the disk. The graph stays as it is.
    ///
    /// # Errors
    ///
    /// When the disk refuses.
    pub fn keep(&mut self, changes: &Changes) -> Result<()> {
        let place = self.next_place();
        self.writing(place, |transaction| write(transaction, changes))
    }

    /// Puts a graph in the place of the one that is there, under a new UUID, and changes what is kept: both or nothing.
    ///
    /// # Errors
    ///
    /// When the disk refuses.
    pub fn replace(&mut self, contents: &Contents, changes: &Changes) -> Result<()> {
        let place = Place {
            commits: self.next_place().commits,
            ..Place::default()
        };
        self.writing(place, |transaction| {
            file::delete_graph(transaction)?;
            file::write_whole(transaction, contents, place)?;
            write(transaction, changes)
        })?;
        self.replaced(contents, place.uuid);
        Ok(())
    }

    fn reading<T>(&self, read: impl FnOnce(&ReadTransaction) -> Result<T>) -> Result<T> {
        let database = self.database()?;
        contained(|| read(&database.begin_read().map_err(redb::Error::from)?))
    }

    fn writing(
        &mut self,
        place: Place,
        write: impl FnOnce(&WriteTransaction) -> Result<()>,
    ) -> Result<()> {
        let database = self.database()?;
        contained(|| {
            let mut transaction = database.begin_write().map_err(redb::Error::from)?;
            transaction.set_two_phase_commit(true);
            file::write_place(&transaction, place)?;
            write(&transaction)?;
            Ok(transaction.commit().map_err(redb::Error::from)?)
        })?;
        self.committed();
        Ok(())
    }
}

fn write(transaction: &WriteTransaction, changes: &Changes) -> Result<()> {
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
