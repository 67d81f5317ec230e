//! Asks questions of a graph from a program: parameters in, rows and named entities out.
//!
//! ```sh
//! cargo run --example questions
//! ```

use std::io;

use tupu::render::{self, Format, Options, Rows};
use tupu::session::Database;
use tupu::source::Source;
use tupu::value::Map;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let database = Database::embedded()?;
    let mut session = database.session();

    // A parameter keeps names out of the query's text; Chinese names need no quotes anywhere.
    let mut parameters = Map::default();
    parameters.insert("产业".into(), "低空经济".into());
    let question = "MATCH (谁)-[:FOCUSES_ON]->(:Cluster {name: $产业}) \
                    RETURN labels(谁)[0] AS 类别, 谁.name AS 名称 ORDER BY 类别, 名称";
    let answer = session.run(question, &parameters)?;

    // As values …
    for row in &answer.rows {
        let cells: Vec<&str> = row.iter().filter_map(|cell| cell.as_str()).collect();
        println!("{}", cells.join(": "));
    }

    // … or as a table that lines up.
    let rows = Rows {
        columns: &answer.columns,
        rows: &answer.rows,
        entities: &answer.entities,
    };
    render::write(&mut io::stdout(), Format::Table, rows, &Options::default())?;

    // A fault says what, where and what to do.
    let mistyped = "MATCH (n:Cluster) RETURN m.name";
    if let Err(error) = session.run(mistyped, &Map::default()) {
        println!("{}", error.render(&Source::new("<example>", mistyped), 0));
    }
    Ok(())
}
