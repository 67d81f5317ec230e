//! Owns graphs as durable files: what is committed is on disk, in one file on redb (docs/STORAGE.md).
//!
//! Takes a graph whose transaction is about to become final and writes what that changed; gives back the graph of a
//! file with its evidence, or a [`StoreError`] that says what is wrong with it. Nodes and relationships lie in chunks of
//! neighbouring slots, each with its checksum.

mod bytes;
mod chunk;
mod error;
mod evidence;
#[cfg(test)]
mod failing_keep;
#[cfg(test)]
pub(crate) mod faulty;
mod file;
mod kept;
mod medium;
mod read;
mod schema;
mod value;
mod write;

pub use error::StoreError;
pub use file::{Contents, Store, is_store};
pub use kept::Changes;
pub use medium::hush_contained_panics;

#[cfg(test)]
mod tests;
