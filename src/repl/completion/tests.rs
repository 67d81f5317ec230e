use super::*;
use crate::graph::Graph;

fn vocabulary() -> Vocabulary {
    let mut graph = Graph::new();
    let [district, enterprise] = ["District", "Enterprise"].map(|name| graph.intern_label(name));
    let (located_in, name) = (graph.intern_type("LOCATED_IN"), graph.intern_key("name"));
    let mut node = |label, text: &str| {
        graph
            .create_node(&[label], &[(name, text.into())])
            .expect("there is room")
    };
    let (district, enterprise) = (node(district, "坪山区"), node(enterprise, "比亚迪's \"1\""));
    graph
        .create_relationship(enterprise, located_in, district, &[])
        .expect("both ends are there");
    graph.commit();
    Vocabulary {
        view: graph.view().clone(),
        parameters: vec!["区".into(), "n n".into()],
    }
}

fn check(text: &str, expected: &[&str]) {
    let (start, candidates) = complete(&vocabulary(), text);
    let completed: Vec<_> = candidates
        .iter()
        .map(|pair| format!("{}{}", &text[..start], pair.replacement))
        .collect();
    assert_eq!(completed, expected, "{text}");
}

#[test]
fn names_come_from_the_graph() {
    check("MATCH (企:Ent", &["MATCH (企:Enterprise"]);
    check(
        "MATCH （企：",
        &["MATCH （企：District", "MATCH （企：Enterprise"],
    );
    check("MATCH ()-[:loc", &["MATCH ()-[:LOCATED_IN"]);
    check("RETURN n.na", &["RETURN n.name"]);
    check("RETURN $", &["RETURN $区", "RETURN $`n n`"]);
    check("MATCH ({name: '坪", &["MATCH ({name: '坪山区'"]);
    check("MATCH ({name: “山", &["MATCH ({name: “坪山区”"]);
    check("RETURN '比", &["RETURN '比亚迪\\'s \"1\"'"]);
}

#[test]
fn words_of_the_language_and_variables_are_offered() {
    check("MAT", &["MATCH"]);
    check(
        "MATCH (enterprise) RETURN enter",
        &["MATCH (enterprise) RETURN enterprise"],
    );
    check("RETURN toUpp", &["RETURN toUpper("]);
    check("CALL db.lab", &["CALL db.labels("]);
    check("RETURN date.trunc", &["RETURN date.truncate("]);
    check("RETURN collec", &["RETURN COLLECT", "RETURN collect("]);
    check("RETURN 1; OPT", &["RETURN 1; OPTIONAL MATCH"]);
}

#[test]
fn commands_complete_their_own_arguments() {
    check(":sch", &[":schema"]);
    check("：sch", &["：schema"]);
    check(":mode js", &[":mode json", ":mode jsonl"]);
    check(":show 坪", &[":show 坪山区"]);
    check(":names ", &[":names zh", ":names id"]);
    check(":explain MATCH (n:Dis", &[":explain MATCH (n:District"]);
    check(
        ":dot out.dot MATCH (n:Dis",
        &[":dot out.dot MATCH (n:District"],
    );
    check(":help MER", &[":help MERGE"]);
    check(
        "RETURN 1;\n:timing o",
        &["RETURN 1;\n:timing on", "RETURN 1;\n:timing off"],
    );
}
