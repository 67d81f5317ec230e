//! Looks entities and their relationships up without a line of Cypher.
//!
//! ```sh
//! cargo run --example lookups
//! ```

use tupu::lookup::{self, Search};
use tupu::render::{Names, Options};
use tupu::session::Database;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let view = Database::embedded()?.view();

    // By name or alias; several entities of one name are all found, none is guessed.
    let district = lookup::find(&view, "坪山")
        .into_iter()
        .next()
        .ok_or("坪山 is in the embedded graph")?
        .node;

    // What the district focuses on.
    let search = Search {
        types: view.relationship_type("FOCUSES_ON").into_iter().collect(),
        ..Search::default()
    };
    println!(
        "坪山区 focuses on {} clusters",
        lookup::relationships(&view, district, &search).len()
    );

    // How two entities hang together.
    if let Some(other) = lookup::find(&view, "龙华区").first() {
        for path in lookup::shortest_paths(&view, district, other.node, 3) {
            println!(
                "{}",
                lookup::path_text(&path, &view.subgraph(), Names::Identifiers)
            );
        }
    }

    // One entity as a card: properties, indicators, relations, documents.
    if let Some(card) = lookup::card(&view, district) {
        print!("{}", card.text(&Options::default()));
    }

    // A mistyped name: the nearest ones.
    println!("{:?}", lookup::nearest(&view, "坪山曲", 3));
    Ok(())
}
