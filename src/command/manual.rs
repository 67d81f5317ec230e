//! `tupu man`: the manual page.

use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

use crate::repl::{Console, Failure, Status};

/// Write the manual page, of the program or of one subcommand
///
/// To read it: `tupu man | man -l -`
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The subcommand
    subcommand: Option<String>,
}

impl Arguments {
    pub(super) fn run(self, console: &mut Console) -> Result<(), Failure> {
        let mut command = super::command();
        command.build();
        if let Some(name) = &self.subcommand {
            let subcommand = command.find_subcommand(name);
            command = subcommand
                .ok_or_else(|| {
                    Failure::Usage(format!(
                        "there is no subcommand '{name}'; `tupu --help` lists them"
                    ))
                })?
                .clone();
        }
        let (has_subcommands, has_version) =
            (command.has_subcommands(), command.get_version().is_some());
        let page = Man::new(command);
        let results = console.results();
        page.render_title(results)?;
        page.render_name_section(results)?;
        page.render_synopsis_section(results)?;
        page.render_description_section(results)?;
        page.render_options_section(results)?;
        if has_subcommands {
            page.render_subcommands_section(results)?;
        }
        closing().to_writer(results)?;
        if has_version {
            page.render_version_section(results)?;
        }
        Ok(())
    }
}

/// What the declaration of the command line does not hold.
fn closing() -> Roff {
    let mut page = Roff::new();
    page.control("SH", ["EXIT STATUS"]);
    for (status, meaning) in Status::ALL {
        page.control("TP", []);
        page.text([bold(status.code().to_string())]);
        page.text([roman(meaning)]);
    }
    page.control("SH", ["FILES"]);
    page.control("TP", []);
    page.text([bold(
        "$XDG_STATE_HOME/tupu/history, ~/.local/state/tupu/history",
    )]);
    page.text([roman("What was typed at the prompt.")]);
    page.control("SH", ["ENVIRONMENT"]);
    page.control("TP", []);
    page.text([bold("NO_COLOR")]);
    page.text([roman("Where it is set, nothing is coloured.")]);
    page.control("SH", ["EXAMPLES"]);
    for example in [
        "tupu",
        "tupu query -c \"MATCH (企:Enterprise) RETURN 企.name LIMIT 5\"",
        "tupu query -P 区=坪山区 --format csv < questions.cypher > answers.csv",
        "tupu lookup 坪山区 --via FOCUSES_ON",
        "tupu dot -c \"MATCH p = (:Region)-[:FOCUSES_ON]->() RETURN p\" | dot -Tsvg -o focus.svg",
    ] {
        page.control("PP", []);
        page.text([roman(example)]);
    }
    page
}
