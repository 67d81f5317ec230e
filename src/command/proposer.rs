//! Options of a build that asks a model server for further claims.

use std::time::Duration;

use crate::build::{Endpoint, Folder, Proposer};
use crate::repl::Failure;

/// Whom to ask for further claims; nobody unless a server is named.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Further claims from a model server")]
pub(super) struct Proposals {
    /// Ask this server, which speaks the chat-completions protocol, for further claims: `http://localhost:8000/v1`. Those
    /// that the text does not bear out are rejected; answers are kept, so that a rebuild needs no server
    #[arg(long, value_name = "URL", requires = "model", value_parser = address)]
    proposer: Option<String>,
    /// The model to ask
    #[arg(long, value_name = "NAME", requires = "proposer")]
    model: Option<String>,
    /// The environment variable that holds the key of the server
    #[arg(long, value_name = "VARIABLE", requires = "proposer")]
    proposer_key_env: Option<String>,
    /// How long one answer may take
    #[arg(long, value_name = "SECONDS", requires = "proposer", default_value = "120", value_parser = super::options::seconds)]
    proposer_timeout: Duration,
    /// How often a question without an answer is asked again
    #[arg(long, value_name = "N", requires = "proposer", default_value_t = 2)]
    proposer_retries: u32,
}

impl Proposals {
    /// The proposer, where one is wanted, with the answers that it gave before.
    pub(super) fn open(&self, folder: &Folder) -> Result<Option<Proposer>, Failure> {
        let Some((url, model)) = self.proposer.clone().zip(self.model.clone()) else {
            return Ok(None);
        };
        let key = self.proposer_key_env.as_deref().map(key).transpose()?;
        let endpoint = Endpoint {
            url,
            model,
            key,
            timeout: self.proposer_timeout,
            retries: self.proposer_retries,
        };
        let proposer =
            Proposer::open(endpoint, &folder.proposals()).map_err(super::build::failure)?;
        Ok(Some(proposer))
    }
}

fn key(variable: &str) -> Result<String, Failure> {
    std::env::var(variable).map_err(|_| {
        Failure::Usage(format!(
            "the environment variable {variable}, which is to hold the key of the proposer, is not set"
        ))
    })
}

fn address(text: &str) -> Result<String, &'static str> {
    let is_address = text.starts_with("http://") || text.starts_with("https://");
    let address = is_address.then(|| text.to_owned());
    address.ok_or("write an address as http://localhost:8000/v1")
}
