//! What a durable file can fail with.

/// What a durable file can fail with.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// A folder, a pipe or a device.
    #[error("not a file")]
    NotAFile,
    /// The file is no graph of tupu.
    #[error("not a tupu graph: {0}")]
    Foreign(String),
    /// The file was written by a later version.
    #[error(
        "the file has format version {found}, and this tupu reads up to {known}; open it with a newer tupu"
    )]
    Newer {
        /// The file's.
        found: u32,
        /// The latest known.
        known: u32,
    },
    /// The file does not hold what was written to it.
    #[error("the file is damaged: {0}; restore it from a copy")]
    Damaged(String),
    /// Another process has the file open.
    #[error("{} has the file open; end it, or open the file with --read-only", holder(*.0))]
    InUse(Option<u32>),
    /// Another process has changed the file since this one opened it.
    #[error("another process has changed the file; open it again")]
    Changed,
    /// The system refuses.
    #[error("{0}")]
    Io(String),
}

fn holder(process: Option<u32>) -> String {
    process.map_or("another process".to_owned(), |id| format!("process {id}"))
}

/// Damage, told in words.
pub(super) fn damaged(what: impl Into<String>) -> StoreError {
    StoreError::Damaged(what.into())
}

impl From<redb::Error> for StoreError {
    fn from(error: redb::Error) -> Self {
        match error {
            redb::Error::DatabaseAlreadyOpen => Self::InUse(None),
            redb::Error::Corrupted(what) => Self::Damaged(what),
            redb::Error::Io(error) if error.kind() == std::io::ErrorKind::InvalidData => {
                Self::Foreign(error.to_string())
            }
            redb::Error::Io(error) => Self::Io(error.to_string()),
            redb::Error::TableDoesNotExist(table) => Self::Foreign(format!("it has no {table}")),
            other => Self::Io(other.to_string()),
        }
    }
}
