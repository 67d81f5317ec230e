//! What writes: the same script leaves the same graph however it is planned, and one that fails leaves none of it.

use std::collections::BTreeMap;
use std::time::Duration;

use tupu::plan::Optimization;
use tupu::session::Database;
use tupu::value::Map;

use crate::generate;
use crate::soak::soak;

/// A statement that runs longer has come upon too many rows to be judged.
const PATIENCE: Duration = Duration::from_millis(500);

/// A graph with more nodes has grown too large for the statements to come.
const MOST_NODES: usize = 300;

/// The graph of a database without ids: what each node and relationship is, told by what is around it.
fn shape(database: &Database) -> (Vec<u64>, Vec<(u64, String, u64)>) {
    let view = database.view();
    let mut colours: BTreeMap<_, String> = BTreeMap::new();
    for node in view.nodes() {
        let data = view.node(node).expect("a node of the view has data");
        let mut labels: Vec<_> = data.labels.iter().map(ToString::to_string).collect();
        labels.sort();
        colours.insert(node, format!("{labels:?} {}", properties(&data.properties)));
    }
    let mut relationships = Vec::new();
    for relationship in view.relationships() {
        let data = view
            .relationship(relationship)
            .expect("a relationship of the view has data");
        let text = format!(
            "{} {}",
            data.relationship_type,
            properties(&data.properties)
        );
        relationships.push((data.start, text, data.end));
    }
    let mut colours: BTreeMap<_, u64> = colours
        .into_iter()
        .map(|(node, text)| (node, hash(&text)))
        .collect();
    // Each round looks one step further.
    for _ in 0..5 {
        let round = colours.iter().map(|(node, colour)| {
            let mut around = Vec::new();
            for (from, text, to) in &relationships {
                if from == node {
                    around.push(hash(&(">", text, colours[to])));
                }
                if to == node {
                    around.push(hash(&("<", text, colours[from])));
                }
            }
            around.sort_unstable();
            (*node, hash(&(colour, around)))
        });
        colours = round.collect();
    }
    let mut relationships: Vec<_> = relationships
        .into_iter()
        .map(|(from, text, to)| (colours[&from], text, colours[&to]))
        .collect();
    relationships.sort();
    let mut nodes: Vec<u64> = colours.into_values().collect();
    nodes.sort_unstable();
    (nodes, relationships)
}

fn properties(properties: &Map) -> String {
    let mut entries: Vec<String> = properties
        .iter()
        .map(|(key, value)| format!("{key}: {value}"))
        .collect();
    entries.sort();
    entries.join(", ")
}

fn hash(value: &impl std::hash::Hash) -> u64 {
    use std::hash::Hasher as _;
    let mut hasher = std::hash::DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

#[test]
fn a_script_leaves_the_same_graph_however_it_is_planned() {
    soak(
        "a_script_leaves_the_same_graph_however_it_is_planned",
        1,
        |choices| {
            let graph = generate::graph(choices);
            let (plain, full) = (graph.clone().into_world(), graph.into_world());
            let script = generate::script(choices);
            let mut told = plain.graph.script();
            for statement in &script {
                told.push('\n');
                told.push_str(statement);
                let mut outcomes = Vec::new();
                for (world, optimization) in
                    [(&plain, Optimization::Plain), (&full, Optimization::Full)]
                {
                    let before = world.database.to_ron();
                    let mut session = world.database.session();
                    session.optimization = optimization;
                    session.limits.timeout = Some(PATIENCE);
                    match session.run(statement, &Map::default()) {
                        Ok(result) => outcomes.push(Ok(result.counters)),
                        Err(error) if error.phase() == tupu::session::Phase::CompileTime => {
                            return Some(Err(format!("{told}\n{error}")));
                        }
                        // Whether a deleted entity is looked at depends on the order of a pattern's parts.
                        Err(error)
                            if error.is_limit() || error.detail() == "DeletedEntityAccess" =>
                        {
                            return None;
                        }
                        Err(error) => {
                            if world.database.to_ron() != before {
                                return Some(Err(format!(
                                    "{told}\nfailed and left a change: {error}"
                                )));
                            }
                            outcomes.push(Err(()));
                        }
                    }
                }
                if outcomes[0] != outcomes[1] {
                    return Some(Err(format!(
                        "{told}\nplain {:?}, full {:?}",
                        outcomes[0], outcomes[1]
                    )));
                }
                if plain.database.view().node_count() > MOST_NODES {
                    return None;
                }
                if shape(&plain.database) != shape(&full.database) {
                    let (plain, full) = (plain.database.to_ron(), full.database.to_ron());
                    return Some(Err(format!("{told}\nplain:\n{plain}\nfull:\n{full}")));
                }
            }
            Some(Ok(()))
        },
    );
}
