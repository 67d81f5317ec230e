//! What is asked of a built graph from outside: evidence, conflicts, reports; and what people write stays.

use std::fs;
use std::path::Path;

use crate::articles::Articles;
use crate::run::{Run, tupu, tupu_with_input};

const FIRST: &str = "坪山区公布产业安排\n\n2023-01-05 来源：甲报\n\n坪山区着力构建“6+3”产业集群体系。\
    2022年，坪山区地区生产总值达1080.5亿元，规上工业企业数为214家。\n";
const SECOND: &str = "坪山区再谈产业安排\n\n2024-01-05 来源：乙报\n\n坪山区重点发展“9+2”产业集群。\
    2022年，坪山区地区生产总值达1079亿元，规上工业企业数为214家。\n\n版权所有 乙报 粤ICP备12345678号\n";

fn two_articles(test: &str) -> Articles {
    let articles = Articles::of(
        test,
        &[("a.txt", FIRST.as_bytes()), ("b.txt", SECOND.as_bytes())],
    );
    let run = articles.build(&[]);
    assert_eq!(run.status, Some(0), "{}", run.messages);
    articles
}

fn ask(articles: &Articles, query: &str, more: &[&str]) -> String {
    let run = tupu(&[&["query", &articles.graph, "-c", query], more].concat());
    assert_eq!(run.status, Some(0), "{query}: {}", run.messages);
    run.output
}

#[test]
fn contradictions_are_kept_and_listed_with_both_quotations() {
    let articles = two_articles("conflicts");
    let query = "CALL tupu.conflicts() YIELD subject, measure, value, documents, quote, otherValue, otherDocuments, otherQuote \
                 RETURN subject.name, measure, value, documents, quote, otherValue, otherDocuments, otherQuote ORDER BY measure";
    assert_eq!(
        ask(&articles, query, &["--format", "jsonl"]),
        "{\"subject.name\":\"坪山区\",\"measure\":\"FOCUSES_ON\",\"value\":\"“6+3”产业集群体系\",\"documents\":[\"a\"],\"quote\":\"坪山区着力构建“6+3”产业集群体系\",\"otherValue\":\"“9+2”产业集群\",\"otherDocuments\":[\"b\"],\"otherQuote\":\"坪山区重点发展“9+2”产业集群\"}\n\
         {\"subject.name\":\"坪山区\",\"measure\":\"地区生产总值\",\"value\":107900000000,\"documents\":[\"b\"],\"quote\":\"坪山区地区生产总值达1079亿元\",\"otherValue\":108050000000,\"otherDocuments\":[\"a\"],\"otherQuote\":\"坪山区地区生产总值达1080.5亿元\"}\n"
    );
    let run = tupu(&["conflicts", &articles.graph]);
    assert_eq!(run.status, Some(0), "{}", run.messages);
    for words in [
        "“6+3”产业集群体系",
        "“9+2”产业集群",
        "坪山区地区生产总值达1079亿元",
        "坪山区地区生产总值达1080.5亿元",
    ] {
        assert!(run.output.contains(words), "{words}: {}", run.output);
    }
    // Both values stay; what was stated earlier is asked for by the day.
    let count = "MATCH (i:Indicator {name: '地区生产总值'}) RETURN count(i) AS n";
    assert_eq!(ask(&articles, count, &["--format", "csv"]), "n\n2\n");
    assert_eq!(
        ask(
            &articles,
            count,
            &["--format", "csv", "--as-of", "2023-12-31"]
        ),
        "n\n1\n"
    );
    let early = "CALL tupu.conflicts() YIELD measure RETURN count(*) AS n";
    assert_eq!(
        ask(
            &articles,
            early,
            &["--format", "csv", "--as-of", "2023-12-31"]
        ),
        "n\n0\n"
    );
}

#[test]
fn evidence_is_shown_by_queries_footnotes_and_why() {
    let articles = two_articles("evidence");
    let twice = "MATCH (d)-[r:HAS_INDICATOR]->(i) WHERE size(evidence(r)) > 1 \
                 UNWIND evidence(r) AS e RETURN i.name, e.document, e.date, e.status, e.quote ENDS WITH '规上工业企业数为214家' AS quoted ORDER BY e.document";
    assert_eq!(
        ask(&articles, twice, &["--format", "csv"]),
        "i.name,e.document,e.date,e.status,quoted\n\
         规上工业企业数,a,2023-01-05,stated,true\n\
         规上工业企业数,b,2024-01-05,stated,true\n"
    );
    let query = "MATCH (d {name: '坪山区'})-[r:FOCUSES_ON]->(c) RETURN d.name AS 区, c.name AS 产业 ORDER BY 产业;";
    let shown = ask(&articles, query, &["--footnotes"]);
    assert!(
        shown.contains("[1] 《坪山区公布产业安排》 甲报, 2023-01-05"),
        "{shown}"
    );
    assert!(
        shown.contains("[2] 《坪山区再谈产业安排》 乙报, 2024-01-05"),
        "{shown}"
    );
    let script = format!("{query}\n:why 2\n");
    let run = tupu_with_input(&["query", &articles.graph], &script);
    assert_eq!(run.status, Some(0), "{}", run.messages);
    assert!(
        run.output.contains("坪山区 -[FOCUSES_ON]-> “9+2”产业集群"),
        "{}",
        run.output
    );
    assert!(
        run.output.contains("【坪山区重点发展“9+2”产业集群】。"),
        "{}",
        run.output
    );
}

#[test]
fn a_report_tells_what_became_of_every_part() {
    let articles = Articles::of("parts", &[("b.txt", SECOND.as_bytes())]);
    articles.write("c.txt", "坪山区公布路灯安排\n\n2024-01-05 来源：乙报\n\n街边的灯换了1200盏。坪山区聚焦集成电路产业。\n".as_bytes());
    articles.build(&[]);
    let json = tupu(&["report", &articles.graph, "--format", "json"]).output;
    let report: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
    let parts = |document: usize, kind: &str| -> Vec<String> {
        let parts = report["documents"][document]["parts"]
            .as_array()
            .expect("a list");
        let parts = parts.iter().filter(|part| part["kind"] == kind);
        parts
            .map(|part| part["text"].as_str().expect("a text").trim().to_owned())
            .collect()
    };
    assert_eq!(parts(0, "skipped"), ["版权所有 乙报 粤ICP备12345678号"]);
    assert_eq!(parts(0, "byline"), ["2024-01-05 来源：乙报"]);
    assert!(
        parts(0, "fact").concat().contains("地区生产总值达1079亿元"),
        "{:?}",
        parts(0, "fact")
    );
    assert_eq!(
        report["documents"][1]["unexplained"][0],
        "街边的灯换了1200盏。"
    );
    assert_eq!(
        report["documents"][1]["unexplained"]
            .as_array()
            .map(Vec::len),
        Some(1)
    );
    assert_eq!(parts(1, "unexplained"), ["街边的灯换了1200盏。"]);
    let text = tupu(&["report", &articles.graph]).output;
    assert!(text.contains("unexplained: 街边的灯换了1200盏。"), "{text}");
    let page = articles.beside("report.html", "");
    let run = tupu(&["report", &articles.graph, "--format", "html", "-o", &page]);
    assert_eq!(run, Run::success(""));
    let page = fs::read_to_string(page).expect("it was written");
    assert!(page.contains("<u>街边的灯换了1200盏。</u>"), "{page}");
    assert!(
        page.contains("<s>版权所有 乙报 粤ICP备12345678号"),
        "{page}"
    );
    // It needs nothing else.
    assert!(
        !page.contains("http") && !page.contains("<script") && !page.contains("<link"),
        "{page}"
    );
}

#[test]
fn what_people_write_stays_when_documents_come_and_go() {
    let articles = two_articles("people");
    let before = articles.graph();
    let write = "MATCH (d:District {name: '坪山区'}) SET d.note = '重点' CREATE (d)-[:TWINNED]->(:District {name: '云麓区'})";
    let run = tupu(&[
        "query",
        &articles.graph,
        "-c",
        write,
        "--save",
        &articles.graph,
    ]);
    assert_eq!(run.status, Some(0), "{}", run.messages);
    let folder = Path::new(&articles.graph).with_extension("build");
    let corrections = "Corrections(version: 1, deny: [Fact(of: \"District/坪山区\", indicator: \"地区生产总值\", value: Some(107900000000), reason: \"misprint\")],\n\
        assert: [Fact(from: \"Enterprise/禾木科技有限公司\", type: \"LOCATED_IN\", to: \"District/坪山区\", reason: \"its own report\")])";
    fs::write(folder.join("corrections.ron"), corrections).expect("it can be written");
    let holds = |documents: usize| {
        let query = "MATCH (d {name: '坪山区', note: '重点'})-[:TWINNED]->(:District {name: '云麓区'}) \
                     MATCH (e:Enterprise)-[r:LOCATED_IN]->(d) \
                     RETURN e.name, evidence(r)[0].quote AS quote, \
                     COUNT { (:Document) } AS documents, COUNT { (:Indicator {value: 107900000000}) } AS denied";
        assert_eq!(
            ask(&articles, query, &["--format", "csv"]),
            format!(
                "e.name,quote,documents,denied\n禾木科技有限公司,its own report,{documents},0\n"
            )
        );
    };
    let run = articles.build(&[]);
    assert!(
        run.messages.contains("1 denied by corrections"),
        "{}",
        run.messages
    );
    holds(3);
    // The article changes: what it said before is gone, what people wrote is not.
    articles.write("a.txt", FIRST.replace("214", "220").as_bytes());
    let run = articles.build(&[]);
    assert!(
        run.messages.contains("1 read, 1 unchanged"),
        "{}",
        run.messages
    );
    holds(3);
    let firms = "MATCH (i:Indicator {name: '规上工业企业数'}) RETURN i.value AS n ORDER BY n";
    assert_eq!(ask(&articles, firms, &["--format", "csv"]), "n\n214\n220\n");
    assert_eq!(tupu(&["remove", &articles.graph, "b"]).status, Some(0));
    holds(2);
    assert_eq!(tupu(&["remove", &articles.graph, "a"]).status, Some(0));
    holds(1);
    // Without the corrections and what the query wrote, the articles give the graph that they gave.
    fs::remove_file(folder.join("corrections.ron")).expect("it is there");
    let unwrite = "MATCH (n {name: '云麓区'}) DETACH DELETE n WITH 1 AS x MATCH (d {name: '坪山区'}) DETACH DELETE d";
    let run = tupu(&[
        "query",
        &articles.graph,
        "-c",
        unwrite,
        "--save",
        &articles.graph,
    ]);
    assert_eq!(run.status, Some(0), "{}", run.messages);
    articles.write("a.txt", FIRST.as_bytes());
    assert_eq!(articles.build(&[]).status, Some(0));
    assert_eq!(articles.graph(), before);
}
