//! `tupu extract`: what articles say, one JSON object a line.

use std::path::PathBuf;

use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};

use super::reader::Reader;
use crate::extraction::{annotation, read};
use crate::input::Inputs;
use crate::repl::{Console, Failure};

/// How many articles are read side by side before their lines are written.
const BATCH: usize = 64;

/// Print what articles say: entities, relations and indicators, each with the characters that state it
///
/// Every article is a line on standard output, in the order of the files. `start` and `end` count characters of the
/// article's text from 0; `quote` is the text between them. A file that cannot be read is reported on standard error,
/// and the exit status is then 5.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Articles: files of any format in docs/ARTICLES.md, folders, patterns, or - for standard input
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// How results are written
    #[arg(long, value_name = "FORMAT", default_value = "jsonl", value_parser = ["jsonl"])]
    format: String,
    #[command(flatten)]
    reader: Reader,
}

impl Arguments {
    pub(super) fn run(self, console: &mut Console) -> Result<(), Failure> {
        let knowledge = self.reader.knowledge()?;
        let mut skipped = 0;
        let mut articles = Inputs::new(self.files).peekable();
        while articles.peek().is_some() {
            let batch: Vec<_> = articles.by_ref().take(BATCH).collect();
            let lines: Vec<_> = batch
                .into_par_iter()
                .map(|article| {
                    article.map(|article| {
                        let reading = read(&article, &knowledge);
                        serde_json::to_string(&annotation(&article.id, &reading, &article.text))
                            .expect("an annotation holds nothing that JSON has no word for")
                    })
                })
                .collect();
            for line in lines {
                match line {
                    Ok(line) => writeln!(console.results(), "{line}")?,
                    Err(error) => {
                        skipped += 1;
                        console.error(&format!("error: {error}"))?;
                    }
                }
            }
        }
        if skipped > 0 {
            return Err(Failure::Skipped { count: skipped });
        }
        Ok(())
    }
}
