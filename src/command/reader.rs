//! Options of the subcommands that read articles.

use std::path::{Path, PathBuf};

use crate::extraction::Knowledge;
use crate::repl::Failure;

/// What the reader is to know beside what comes with tupu.
#[derive(Debug, clap::Args)]
pub(super) struct Reader {
    /// Further words to know, in a lexicon (docs/LEXICONS.md); may be given several times
    #[arg(long = "lexicon", value_name = "FILE")]
    lexicons: Vec<PathBuf>,
    /// Further rules to read relations by (docs/RULES.md); may be given several times
    #[arg(long, value_name = "FILE")]
    rules: Vec<PathBuf>,
}

impl Reader {
    /// Opens the files.
    pub(super) fn knowledge(&self) -> Result<Knowledge, Failure> {
        let knowledge = Knowledge::with(&texts(&self.lexicons)?);
        let knowledge = knowledge.map_err(|error| Failure::Usage(error.to_string()))?;
        let knowledge = knowledge.with_rules(&texts(&self.rules)?);
        knowledge.map_err(|fault| Failure::Usage(fault.to_string()))
    }
}

/// Files by name, each with its text.
fn texts(paths: &[PathBuf]) -> Result<Vec<(String, String)>, Failure> {
    paths.iter().map(|path| text(path)).collect()
}

fn text(path: &Path) -> Result<(String, String), Failure> {
    let text = std::fs::read_to_string(path).map_err(|error| Failure::Read {
        path: path.to_owned(),
        error,
    })?;
    Ok((path.display().to_string(), text))
}
