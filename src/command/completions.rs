//! `tupu completions`: the shell's completion script.

use clap_complete::Shell;

use crate::repl::{Console, Failure};

/// Write a completion script for a shell
///
/// For bash: `tupu completions bash > ~/.local/share/bash-completion/completions/tupu`
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The shell
    shell: Shell,
}

impl Arguments {
    pub(super) fn run(self, console: &mut Console) -> Result<(), Failure> {
        // The generator takes a writer that must not fail, and a pipe may.
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut super::command(), "tupu", &mut script);
        Ok(console.results().write_all(&script)?)
    }
}
