//! Owns graphs as CSV files with the headers of neo4j-admin's import.
//!
//! Takes the text of one file after another, those of nodes first; fills a graph. `docs/IMPORT.md` describes the files
//! for those who write them.
//!
//! ```text
//! id:ID(Person){id-type:long},name,born:date,:LABEL        :START_ID(Person),:END_ID(City),since:long,:TYPE
//! 1,王一,1980-05-01,Person                                 1,7,2019,LIVES_IN
//! ```
//!
//! A file is read window by window (`window`), each in pieces on all cores (`read`). A row becomes fields that still know
//! their place in the text (`rows`), the header says what each field is (`header`), and cells become values (`cell`),
//! column by column (`columns`). Ids are kept for each id space (`spaces`) until the last file is read.

mod cell;
mod columns;
mod header;
mod import;
mod read;
mod relationships;
mod rows;
mod spaces;
#[cfg(test)]
mod tests;
mod window;

pub use header::{FileKind, file_kind};
pub use import::{Import, ImportError};
