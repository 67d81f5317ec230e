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
//! A row becomes fields that still know their place in the text (`rows`), the header says what each field is
//! (`header`), and cells become values (`cell`). Ids are kept for each id space (`spaces`) until the last file is read.

mod cell;
mod header;
mod import;
mod relationships;
mod rows;
mod spaces;
#[cfg(test)]
mod tests;

pub use header::{FileKind, file_kind};
pub use import::Import;
