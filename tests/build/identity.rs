//! Which names are one thing.

use tupu::build::{Identities, Registry};
use tupu::evidence::Claims;
use tupu::extraction::Article;

use crate::articles::Articles;
use crate::run::tupu;
use crate::toy::{self, article};

/// The ids of all things, each with its aliases, and the candidates.
fn check(texts: &[&str], registry: &str, expected: &[&str]) {
    let articles: Vec<Article> = texts
        .iter()
        .enumerate()
        .map(|(at, text)| article(&format!("d{at}"), "2024-01-01", text))
        .collect();
    let claims: Vec<Claims> = articles
        .iter()
        .map(|article| tupu::build::claims(article, &toy::read(article), String::new()))
        .collect();
    let registry = if registry.is_empty() {
        Registry::default()
    } else {
        Registry::parse("registry.ron", &format!("Registry(version: 1, {registry})"))
            .unwrap_or_else(|error| panic!("{error}"))
    };
    let identities = Identities::new(&claims, &registry);
    let mut found: Vec<String> = identities
        .things
        .iter()
        .filter(|thing| !matches!(&*thing.label, "City" | "Cluster"))
        .map(|thing| match thing.aliases.as_slice() {
            [] => thing.id.clone(),
            aliases => format!("{} ({})", thing.id, aliases.join(", ")),
        })
        .collect();
    let candidates = identities.candidates.iter();
    found.extend(candidates.map(|candidate| format!("{} ~ {}", candidate.left, candidate.right)));
    assert_eq!(found, expected);
}

#[test]
fn a_name_is_one_thing() {
    check(
        &["甲公司位于甲区。", "“甲公司”位于甲區。"],
        "",
        &["District/甲区", "Enterprise/甲公司"],
    );
}

#[test]
fn a_short_form_that_an_article_introduces_is_the_same_thing() {
    check(
        &[
            "甲科技公司(简称甲科技)。甲科技公司位于甲区。",
            "甲科技位于甲区。",
        ],
        "",
        &["District/甲区", "Enterprise/甲科技公司 (甲科技)"],
    );
}

#[test]
fn a_short_form_of_two_things_is_neither() {
    check(
        &[
            "甲科技公司(简称甲科技)。",
            "甲科技电池公司(简称甲科技)。",
            "甲科技位于甲区。",
        ],
        "",
        &[
            "District/甲区",
            "Enterprise/甲科技",
            "Enterprise/甲科技公司 (甲科技)",
            "Enterprise/甲科技电池公司 (甲科技)",
            "Enterprise/甲科技 ~ Enterprise/甲科技公司",
            "Enterprise/甲科技 ~ Enterprise/甲科技电池公司",
        ],
    );
}

#[test]
fn namesakes_in_two_cities_stay_apart() {
    check(
        &[
            "鼓楼区位于南京市。",
            "鼓楼区位于徐州市。",
            "鼓楼区聚焦低空经济。",
        ],
        "",
        &[
            "District/鼓楼区",
            "District/鼓楼区(南京)",
            "District/鼓楼区(徐州)",
            "District/鼓楼区 ~ District/鼓楼区(南京)",
            "District/鼓楼区 ~ District/鼓楼区(徐州)",
            "District/鼓楼区(南京) ~ District/鼓楼区(徐州)",
        ],
    );
    check(
        &["鼓楼区位于南京市。", "鼓楼区聚焦低空经济。"],
        "",
        &["District/鼓楼区"],
    );
}

#[test]
fn a_region_with_its_city_before_it_is_the_same_region() {
    check(
        &[
            "南京市鼓楼区聚焦低空经济。",
            "鼓楼区位于南京市。",
            "徐州市鼓楼区聚焦低空经济。",
        ],
        "",
        &["District/徐州市鼓楼区", "District/鼓楼区 (南京市鼓楼区)"],
    );
}

#[test]
fn people_of_one_name_at_the_head_of_two_bodies_stay_apart() {
    check(
        &["张三任甲区书记。", "张三任乙区书记。", "张三任甲区书记。"],
        "",
        &[
            "District/乙区",
            "District/甲区",
            "Person/张三(乙区)",
            "Person/张三(甲区)",
            "Person/张三(乙区) ~ Person/张三(甲区)",
        ],
    );
}

#[test]
fn the_registry_decides() {
    let texts = [
        "甲科技公司位于甲区。",
        "甲科集团公司位于甲区。",
        "甲科技公司位于甲区。",
    ];
    check(
        &texts,
        "",
        &[
            "District/甲区",
            "Enterprise/甲科技公司",
            "Enterprise/甲科集团公司",
        ],
    );
    check(
        &texts,
        r#"entities: [Entity(label: "Enterprise", name: "甲科", aliases: ["甲科技公司", "甲科集团公司"])]"#,
        &[
            "District/甲区",
            "Enterprise/甲科 (甲科技公司, 甲科集团公司)",
        ],
    );
    check(
        &texts,
        r#"merges: [Merge(of: ["Enterprise/甲科集团公司", "Enterprise/甲科技公司"], reason: "改名")]"#,
        &["District/甲区", "Enterprise/甲科集团公司 (甲科技公司)"],
    );
    check(
        &texts,
        r#"apart: [Apart(of: ["Enterprise/甲科技公司@d0", "Enterprise/甲科技公司@d2"], reason: "同名")]"#,
        &[
            "District/甲区",
            "Enterprise/甲科技公司@d0",
            "Enterprise/甲科技公司@d2",
            "Enterprise/甲科集团公司",
            "Enterprise/甲科技公司@d0 ~ Enterprise/甲科技公司@d2",
        ],
    );
}

#[test]
fn a_forbidden_merge_beats_a_wished_one() {
    let both = r#"merges: [Merge(of: ["Enterprise/甲公司", "Enterprise/乙公司"])],
                  apart: [Apart(of: ["Enterprise/甲公司", "Enterprise/乙公司"])]"#;
    check(
        &["甲公司位于甲区。", "乙公司位于甲区。"],
        both,
        &["District/甲区", "Enterprise/乙公司", "Enterprise/甲公司"],
    );
}

#[test]
fn a_wrong_reference_is_shown_with_its_place() {
    let error = Registry::parse(
        "r.ron",
        "Registry(version: 1,\n merges: [Merge(of: [\"甲公司\"])])",
    );
    assert_eq!(
        error.expect_err("there is no label").to_string(),
        "r.ron:2:23: found \"甲公司\", expected a label and a name: \"Park/甲园\""
    );
}

/// The ids of a graph's nodes of these labels.
fn ids(articles: &Articles, labels: [&str; 2]) -> Vec<String> {
    let run = articles.build(&[]);
    assert_eq!(run.status, Some(0), "{}", run.messages);
    let graph = articles.graph();
    let ids = graph
        .lines()
        .filter_map(|line| line.trim().strip_prefix("Node(id: \""));
    let ids = ids.filter_map(|line| line.split('"').next());
    let is_asked_for = |id: &&str| labels.iter().any(|label| id.starts_with(label));
    ids.filter(is_asked_for).map(str::to_owned).collect()
}

#[test]
fn official_codes_tell_which_region_is_meant() {
    let articles = Articles::of(
        "codes",
        &[
            (
                "a.txt",
                "南京市公布规划。鼓楼区聚焦集成电路产业。".as_bytes(),
            ),
            ("b.txt", "徐州市鼓楼区聚焦生物医药产业。".as_bytes()),
            ("c.txt", "鼓楼区聚焦低空经济产业。".as_bytes()),
            ("d.txt", "深圳市坪山区聚焦低空经济产业。".as_bytes()),
            (
                "e.txt",
                "坪山聚焦集成电路产业。深圳聚焦生物医药产业。".as_bytes(),
            ),
            (
                "f.txt",
                "坪山区聚焦生物医药产业。深圳市聚焦低空经济产业。".as_bytes(),
            ),
        ],
    );
    let regions = ["City/", "District/"];
    let expected = [
        "City/南京市",
        "City/徐州市",
        "City/深圳市",
        "District/坪山区",
        "District/鼓楼区",
        "District/鼓楼区(南京)",
        "District/鼓楼区(徐州)",
    ];
    assert_eq!(ids(&articles, regions), expected);
    // The registry goes before codes: it names by a code, and makes one what has two.
    let registry = "Registry(version: 1,\n\
        entities: [Entity(label: \"District\", name: \"坪山新区\", codes: [\"440310\"])],\n\
        merges: [Merge(of: [\"District/鼓楼区(南京)\", \"District/鼓楼区(徐州)\"], reason: \"test\")])";
    let folder = std::path::Path::new(&articles.graph).with_extension("build");
    std::fs::write(folder.join("registry.ron"), registry).expect("it can be written");
    let expected = [
        "City/南京市",
        "City/徐州市",
        "City/深圳市",
        "District/坪山新区",
        "District/鼓楼区",
    ];
    assert_eq!(ids(&articles, regions), expected);
}

#[test]
fn candidates_are_listed_until_they_are_decided() {
    let articles = Articles::of(
        "candidates",
        &[
            (
                "a.txt",
                "南京市公布规划。鼓楼区聚焦集成电路产业。".as_bytes(),
            ),
            ("b.txt", "徐州市鼓楼区聚焦生物医药产业。".as_bytes()),
        ],
    );
    articles.build(&[]);
    let before = articles.graph();
    let run = tupu(&["resolve", &articles.graph]);
    let line = "District/鼓楼区(南京)\tDistrict/鼓楼区(徐州)\tthey bear the same name, in different places\n";
    assert_eq!(
        (run.status, &*run.output),
        (Some(0), line),
        "{}",
        run.messages
    );
    assert_eq!(articles.graph(), before, "who only looks changes nothing");
    let ids = ["District/鼓楼区(南京)", "District/鼓楼区(徐州)"];
    let run = tupu(&[
        "resolve",
        &articles.graph,
        "--apart",
        ids[0],
        ids[1],
        "--reason",
        "two cities",
    ]);
    assert_eq!(
        (run.status, &*run.output),
        (Some(0), ""),
        "{}",
        run.messages
    );
    assert_eq!(articles.graph(), before);
    // A merge that is forbidden does nothing, and the candidates stay decided.
    let run = tupu(&["resolve", &articles.graph, "--merge", ids[0], ids[1]]);
    assert_eq!(
        (run.status, &*run.output),
        (Some(0), ""),
        "{}",
        run.messages
    );
    assert_eq!(articles.graph(), before);
    assert_eq!(articles.build(&[]).status, Some(0));
    assert_eq!(articles.graph(), before);
}
