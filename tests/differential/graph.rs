//! Owns the small graph of a case, as plain vectors, and its way into a database.

use std::fmt::Write as _;

use tupu::session::Database;
use tupu::value::{Map, NodeId, RelationshipId, Value};

/// Keys with values, as they are written.
pub(crate) type Properties = Vec<(&'static str, Value)>;

/// A node: its labels and properties.
#[derive(Clone, Debug, Default)]
pub(crate) struct Node {
    pub labels: Vec<&'static str>,
    pub properties: Properties,
}

/// A relationship between two nodes, which are given by position.
#[derive(Clone, Debug)]
pub(crate) struct Relationship {
    pub from: usize,
    pub to: usize,
    pub kind: &'static str,
    pub properties: Properties,
}

/// A small graph, as plain vectors.
#[derive(Clone, Debug, Default)]
pub(crate) struct Graph {
    pub nodes: Vec<Node>,
    pub relationships: Vec<Relationship>,
    /// How many nodes, each with a loop, are created first and deleted last, so that ids leave gaps.
    pub deleted: usize,
    /// Statements that create indexes; every other one runs when the data is there already.
    pub indexes: Vec<String>,
}

/// A graph in a database, with the ids that its entities got there.
pub(crate) struct World {
    pub graph: Graph,
    pub database: Database,
    pub nodes: Vec<NodeId>,
    pub relationships: Vec<RelationshipId>,
}

impl Graph {
    /// The statements that create the indexes and the graph.
    pub(crate) fn script(&self) -> String {
        let mut lines = self.indexes.clone();
        lines.push(self.create_statement());
        lines.join(";\n")
    }

    /// The statement that creates the graph; empty for the empty graph.
    fn create_statement(&self) -> String {
        let nodes = self.nodes.iter().enumerate().map(|(at, node)| {
            let labels: String = node
                .labels
                .iter()
                .map(|label| format!(":{label}"))
                .collect();
            format!("(n{at}{labels}{})", properties(&node.properties))
        });
        let relationships = self
            .relationships
            .iter()
            .enumerate()
            .map(|(at, relationship)| {
                let Relationship { from, to, kind, .. } = relationship;
                let properties = properties(&relationship.properties);
                format!("(n{from})-[r{at}:{kind}{properties}]->(n{to})")
            });
        let parts: Vec<String> = nodes.chain(relationships).collect();
        match parts.is_empty() {
            true => String::new(),
            false => format!("CREATE {}", parts.join(", ")),
        }
    }

    /// Creates the graph in a database of its own.
    pub(crate) fn into_world(self) -> World {
        let database = Database::new();
        let mut session = database.session();
        let mut run = |text: &str| match session.run(text, &Map::default()) {
            Ok(result) => result.rows,
            Err(error) => panic!("{text}\n{error}"),
        };
        if self.deleted > 0 {
            run(&format!(
                "UNWIND range(1, {}) AS i CREATE (n:Gone {{i: i}})-[:R]->(n)",
                self.deleted
            ));
        }
        // Among plans, only those with rules look into indexes; the answers are the same.
        for index in self.indexes.iter().step_by(2) {
            run(index);
        }
        let mut entities = Vec::new();
        let create = self.create_statement();
        if !create.is_empty() {
            let names = (0..self.nodes.len()).map(|at| format!("n{at}"));
            let names = names.chain((0..self.relationships.len()).map(|at| format!("r{at}")));
            let names: Vec<String> = names.collect();
            entities = run(&format!("{create} RETURN {}", names.join(", "))).remove(0);
        }
        if self.deleted > 0 {
            run("MATCH (n:Gone) DETACH DELETE n");
        }
        for index in self.indexes.iter().skip(1).step_by(2) {
            run(index);
        }
        let mut nodes = Vec::new();
        let mut relationships = Vec::new();
        for entity in entities {
            match entity {
                Value::Node(node) => nodes.push(node),
                Value::Relationship(relationship) => relationships.push(relationship),
                other => panic!("neither node nor relationship: {other}"),
            }
        }
        World {
            graph: self,
            database,
            nodes,
            relationships,
        }
    }
}

fn properties(properties: &Properties) -> String {
    let mut text = String::new();
    for (at, (key, value)) in properties.iter().enumerate() {
        let opening = if at == 0 { " {" } else { ", " };
        write!(text, "{opening}{key}: {value}").expect("a String takes all text");
    }
    if !text.is_empty() {
        text.push('}');
    }
    text
}
