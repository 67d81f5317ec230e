//! The embedded ontology on small graphs.

use expect_test::{Expect, expect};

use crate::graph::Graph;
use crate::ontology::Ontology;

fn check(nodes: &[(&str, &[&str])], relationships: &[(usize, &str, usize)], expected: Expect) {
    let mut graph = Graph::new();
    let name_key = graph.intern_key("name");
    let mut ids = Vec::new();
    for (name, labels) in nodes {
        let labels: Vec<_> = labels
            .iter()
            .map(|label| graph.intern_label(label))
            .collect();
        let name = Some(*name).filter(|name| !name.is_empty()).into();
        ids.push(
            graph
                .create_node(&labels, &[(name_key, name)])
                .expect("there is room"),
        );
    }
    for (start, type_name, end) in relationships {
        let t = graph.intern_type(type_name);
        graph
            .create_relationship(ids[*start], t, ids[*end], &[])
            .expect("both ends are there");
    }
    let violations = Ontology::regional_industry().check(graph.view());
    expected.assert_eq(
        &violations
            .iter()
            .map(|violation| violation.to_string() + "\n")
            .collect::<String>(),
    );
}

#[test]
fn what_the_ontology_allows() {
    check(
        &[
            ("坪山区", &["District", "Region"]),
            ("比亚迪", &["Enterprise"]),
            ("新闻", &["Document"]),
            ("地区生产总值", &["Indicator"]),
        ],
        &[
            (1, "LOCATED_IN", 0),
            (0, "COOPERATES_WITH", 1),
            (2, "MENTIONS", 0),
            (0, "HAS_INDICATOR", 3),
        ],
        expect![[""]],
    );
}

#[test]
fn nodes() {
    check(
        &[
            ("坪山区", &["District"]),
            ("比亚迪", &["Enterprize", "汽车"]),
            ("", &["Park"]),
            ("", &[]),
        ],
        &[],
        expect![[r#"
            () bears no label
            (比亚迪:Enterprize:汽车) bears `Enterprize`, which is no label of the ontology; did you mean `Enterprise`?
            (比亚迪:Enterprize:汽车) bears `汽车`, which is no label of the ontology
            (坪山区:District) bears `District` without `Region`
            (:Park) has no `name`, which `Park` asks for
        "#]],
    );
}

#[test]
fn relationships() {
    check(
        &[
            ("坪山区", &["District", "Region"]),
            ("比亚迪", &["Enterprise"]),
            ("智能车", &["Cluster"]),
        ],
        &[
            (0, "LOCATED_IN", 1),
            (1, "LOCATE_IN", 0),
            (1, "喜欢", 0),
            (2, "PART_OF", 1),
            (1, "IN_CLUSTER", 2),
            (1, "IN_CLUSTER", 2),
        ],
        expect![[r#"
            (比亚迪:Enterprise)-[:LOCATE_IN]->(坪山区:District:Region) has `LOCATE_IN`, which is no type of the ontology; did you mean `LOCATED_IN`?
            (比亚迪:Enterprise)-[:喜欢]->(坪山区:District:Region) has `喜欢`, which is no type of the ontology
            (坪山区:District:Region)-[:LOCATED_IN]->(比亚迪:Enterprise) has ends of other labels than Enterprise|Park|Organization|Facility|Event|Fund|Region to Region|Park|Facility
            (智能车:Cluster)-[:PART_OF]->(比亚迪:Enterprise) has ends of other labels than Cluster to Cluster, or Park to Park, or Organization to Organization, or Policy to Policy
            (比亚迪:Enterprise)-[:IN_CLUSTER]->(智能车:Cluster) stands 2 times; one relationship names all its sources
        "#]],
    );
}
