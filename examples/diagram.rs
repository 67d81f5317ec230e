//! Draws what a query returns as a DOT diagram.
//!
//! ```sh
//! cargo run --example diagram | dot -Tsvg > clusters.svg
//! ```

use std::io;

use tupu::format::dot::{self, Options};
use tupu::session::Database;
use tupu::value::Map;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let database = Database::embedded()?;
    let answer = database.session().run(
        "MATCH p = (:Enterprise)-[:IN_CLUSTER]->(:Cluster) RETURN p",
        &Map::default(),
    )?;
    let options = Options {
        has_legend: true,
        ..Options::default()
    };
    dot::write(&mut io::stdout(), &answer.entities, &options)?;
    Ok(())
}
