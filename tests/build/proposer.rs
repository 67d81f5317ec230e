//! Further claims from a model server: what passes, what is rejected, and what happens when the server fails.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::articles::Articles;
use crate::run::{Run, program, tupu};
use crate::stub::{Reply, Stub, nowhere};

/// No rule reads this: the firm's name ends in nothing that names a firm, and no verb says where it is.
fn text(number: usize) -> String {
    format!(
        "禾木{number}号智造把测试车间搬进了坪山区。今年这家工厂的装机台数是{}台。\n",
        number + 70
    )
}

fn articles(test: &str, count: usize) -> Articles {
    let articles = Articles::new(test, 0);
    for number in 0..count {
        articles.write(&format!("b{number}.txt"), text(number).as_bytes());
    }
    articles
}

/// What a good server says of [`text`].
fn good(text: &str) -> String {
    let firm: String = text
        .chars()
        .skip_while(|c| *c != '禾')
        .take_while(|c| *c != '把')
        .collect();
    json!({
        "entities": [
            {"id": "e1", "label": "Enterprise", "name": firm, "aliases": []},
            {"id": "e2", "label": "District", "name": "坪山区"},
        ],
        "relations": [
            {"s": "e1", "type": "LOCATED_IN", "o": "e2", "status": "stated", "quote": format!("{firm}把测试车间搬进了坪山区")},
        ],
        "indicators": [],
    })
    .to_string()
}

fn build(articles: &Articles, url: &str, more: &[&str]) -> Run {
    let options = [
        "--proposer",
        url,
        "--model",
        "stub",
        "--proposer-retries",
        "1",
    ];
    articles.build(&[&options, more].concat())
}

fn lock(articles: &Articles) -> PathBuf {
    Path::new(&articles.graph)
        .with_extension("build")
        .join("proposals.lock")
}

#[test]
fn proposals_are_facts_that_bear_the_name_of_who_proposed_them() {
    let stub = Stub::new(|_, request| Reply::Completion(good(request.text())));
    let articles = articles("proposed", 1);
    let plain = articles.build(&[]);
    assert_eq!(plain.status, Some(0), "{}", plain.messages);
    let without = articles.graph();
    assert!(!without.contains("禾木0号智造\""), "{without}");
    assert!(
        stub.requests().is_empty(),
        "nobody is asked unless that is wanted"
    );
    let run = build(&articles, &stub.url, &[]);
    assert_eq!(run.status, Some(0), "{}", run.messages);
    let query = "MATCH (e:Enterprise)-[r:LOCATED_IN]->(d) UNWIND evidence(r) AS c RETURN e.name, d.name, c.quote, c.rule";
    let run = tupu(&["query", &articles.graph, "-c", query, "--format", "csv"]);
    assert_eq!(
        run,
        Run::success(
            "e.name,d.name,c.quote,c.rule\n禾木0号智造,坪山区,禾木0号智造把测试车间搬进了坪山区,proposer:stub\n"
        )
    );
    let requests = stub.requests();
    assert_eq!(requests.len(), 1);
    assert_eq!(requests[0].path, "/v1/chat/completions");
    assert_eq!(requests[0].body["model"], "stub");
    assert_eq!(requests[0].authorization, None);
    assert!(requests[0].text().ends_with(text(0).trim_end()));
    assert_eq!(articles.build(&[]).status, Some(0));
    assert_eq!(articles.graph(), without);
}

#[test]
fn what_the_text_does_not_bear_out_is_rejected_and_counted() {
    let relation =
        |quote: &str| json!({"s": "e1", "type": "LOCATED_IN", "o": "e2", "quote": quote});
    let figure = |name: &str, value: f64, quote: &str| json!({"s": "e1", "indicator": name, "value": value, "unit": "台", "quote": quote});
    let wrong = [
        (
            "relations",
            relation("禾木0号智造位于坪山区"),
            "its quotation does not stand in the text",
        ),
        ("relations", relation(""), "it has no quotation"),
        (
            "relations",
            relation("这家工厂的装机台数是70台"),
            "its subject is not named there",
        ),
        (
            "relations",
            relation("禾木0号智造把测试车间"),
            "its object is not named there",
        ),
        (
            "relations",
            relation(&text(0).trim_end().repeat(20)),
            "its quotation has more than 300 characters",
        ),
        (
            "relations",
            json!({"s": "e1", "type": "LIVES_IN", "o": "e2", "quote": "坪山区"}),
            "the ontology has no type LIVES_IN",
        ),
        (
            "relations",
            json!({"s": "e1", "type": "LOCATED_IN", "o": "e9", "quote": "坪山区"}),
            "no entity e9 passed",
        ),
        ("relations", json!({"s": "e1"}), "missing field"),
        (
            "entities",
            json!({"id": "e3", "label": "Enterprise", "name": "子虚公司"}),
            "no place in the text names it",
        ),
        (
            "entities",
            json!({"id": "e3", "label": "Company", "name": "禾木0号智造"}),
            "the ontology has no label Company",
        ),
        (
            "indicators",
            figure("装机台数", 71.0, "坪山区。今年这家工厂的装机台数是70台"),
            "its figure does not stand there",
        ),
        (
            "indicators",
            figure("产值", 70.0, "坪山区。今年这家工厂的装机台数是70台"),
            "its measure is not named there",
        ),
        (
            "indicators",
            figure("装机台数", 70.0, "装机台数是70台"),
            "its subject is not named there",
        ),
    ];
    let claims = |of: &str| -> Vec<Value> {
        let wrong = wrong.iter().filter(|(kind, ..)| *kind == of);
        wrong.map(|(_, claim, _)| claim.clone()).collect()
    };
    let right = [
        json!({"id": "e1", "label": "Enterprise", "name": "禾木0号智造"}),
        json!({"id": "e2", "label": "District", "name": "坪山区"}),
    ];
    let answer = json!({
        "entities": ([&right[..], &claims("entities")].concat()),
        "relations": claims("relations"),
        "indicators": claims("indicators"),
    });
    let stub = Stub::new(move |_, _| Reply::Completion(answer.to_string()));
    let articles = articles("proposed-wrong", 1);
    let run = build(&articles, &stub.url, &[]);
    assert_eq!(run.status, Some(0), "{}", run.messages);
    let count = format!("{} claims rejected at the gate", wrong.len());
    assert!(run.messages.contains(&count), "{}", run.messages);
    let report = tupu(&["report", &articles.graph]).output;
    let rejected = report
        .lines()
        .filter(|line| line.starts_with("  rejected: "));
    assert_eq!(rejected.count(), wrong.len(), "{report}");
    for (_, _, expected) in &wrong {
        assert!(report.contains(expected), "{expected}: {report}");
    }
    // Only the firm's name is borne out.
    let graph = articles.graph();
    assert_eq!(
        graph.matches("rule: \"proposer:stub\"").count(),
        1,
        "{graph}"
    );
}

#[test]
fn a_rebuild_needs_no_server_and_gives_the_same_bytes() {
    let stub = Stub::new(|_, request| {
        // The thoughts and the fence that some models put around an answer.
        Reply::Completion(format!(
            "<think>{{?}}</think>\n```json\n{}\n```",
            good(request.text())
        ))
    });
    let first = articles("locked", 6);
    let run = build(&first, &stub.url, &[]);
    assert_eq!(run.status, Some(0), "{}", run.messages);
    assert_eq!(stub.requests().len(), 6);
    let kept = fs::read(lock(&first)).expect("answers are kept");

    let again = articles("locked-again", 6);
    fs::create_dir_all(lock(&again).parent().expect("it stands in a folder"))
        .expect("it can be made");
    // The last line was cut off by an interruption.
    fs::write(lock(&again), [&kept[..], b"{\"document\":\"b"].concat()).expect("it can be written");
    let run = build(&again, &nowhere(), &[]);
    assert_eq!(run.status, Some(0), "{}", run.messages);
    assert_eq!(again.graph(), first.graph());
    assert_eq!(fs::read(lock(&again)).expect("it is there"), kept);

    // One thread more or less changes neither the graph nor the lock file.
    let one = articles("locked-one-thread", 6);
    let path = one.articles.display().to_string();
    let status = program(&[
        "build",
        &path,
        "-o",
        &one.graph,
        "--proposer",
        &stub.url,
        "--model",
        "stub",
    ])
    .env("RAYON_NUM_THREADS", "1")
    .status();
    assert!(status.expect("the program starts").success());
    assert_eq!(one.graph(), first.graph());
    assert_eq!(fs::read(lock(&one)).expect("it is there"), kept);

    // A changed article is asked about again, and its old answer forgotten.
    first.write("b0.txt", text(9).as_bytes());
    let run = build(&first, &stub.url, &[]);
    assert!(
        run.messages.contains("1 read, 5 unchanged"),
        "{}",
        run.messages
    );
    let kept = fs::read_to_string(lock(&first)).expect("it is there");
    assert_eq!(kept.lines().count(), 6);
}

#[test]
fn a_document_that_is_taken_out_leaves_no_answers() {
    let stub = Stub::new(|_, request| Reply::Completion(good(request.text())));
    let articles = articles("proposed-removed", 2);
    let run = build(&articles, &stub.url, &[]);
    assert_eq!(run.status, Some(0), "{}", run.messages);
    let run = tupu(&["remove", &articles.graph, "b0"]);
    assert_eq!(run.status, Some(0), "{}", run.messages);
    let kept = fs::read_to_string(lock(&articles)).expect("answers are kept");
    let documents: Vec<Value> = kept
        .lines()
        .map(|line| serde_json::from_str(line).expect("a line is JSON"))
        .collect();
    assert_eq!(documents.len(), 1, "{kept}");
    assert_eq!(documents[0]["document"], "b1");
}

#[test]
fn a_server_that_dies_midway_costs_its_proposals_only() {
    let stub = Stub::new(|number, request| match number {
        0 | 1 => Reply::Completion(good(request.text())),
        _ => Reply::Broken,
    });
    let articles = articles("died", 7);
    let path = articles.articles.display().to_string();
    let arguments = [
        "build",
        &path,
        "-o",
        &articles.graph,
        "--proposer",
        &stub.url,
        "--model",
        "stub",
        "--proposer-retries",
        "1",
    ];
    let ended = program(&arguments)
        .env("RAYON_NUM_THREADS", "1")
        .output()
        .expect("the program starts");
    let messages = String::from_utf8_lossy(&ended.stderr);
    assert_eq!(ended.status.code(), Some(5), "{messages}");
    assert!(messages.contains("7 read, 0 unchanged"), "{messages}");
    assert_eq!(
        messages.matches("without all proposals: b").count(),
        5,
        "{messages}"
    );
    assert!(messages.contains("not asked, since"), "{messages}");
    assert_eq!(articles.graph().matches("labels: [Enterprise]").count(), 2);
    // Two that were answered, three that were asked twice, and two that were asked no more.
    assert_eq!(stub.requests().len(), 2 + 3 * 2);
    let healthy = Stub::new(|_, request| Reply::Completion(good(request.text())));
    let run = build(&articles, &healthy.url, &[]);
    assert_eq!(run.status, Some(0), "{}", run.messages);
    assert!(
        run.messages.contains("5 read, 2 unchanged"),
        "{}",
        run.messages
    );
    assert_eq!(healthy.requests().len(), 5);
    assert_eq!(articles.graph().matches("labels: [Enterprise]").count(), 7);
}

#[test]
fn a_build_goes_on_whatever_the_server_does() {
    let articles = articles("failing", 1);
    let plain = articles.build(&[]);
    assert_eq!(plain.status, Some(0), "{}", plain.messages);
    let without = articles.graph();
    let says = |text: &'static str| move |_: usize, _: &_| Reply::Completion(text.to_owned());
    let status = |status, text| move |_: usize, _: &_| Reply::Status(status, text);
    for (stub, expected, count) in [
        (
            Stub::new(says("没有")),
            "the answer is no JSON object of claims, 2 times",
            2,
        ),
        (
            Stub::new(says("{\"entities\": 3}")),
            "the answer is no JSON object of claims",
            2,
        ),
        (
            Stub::new(status(200, "<html>")),
            "the answer is no chat completion",
            2,
        ),
        (
            Stub::new(status(200, "{\"choices\": []}")),
            "the answer is no chat completion",
            2,
        ),
        (Stub::new(status(503, "busy")), "status 503", 2),
        (Stub::new(status(401, "no key")), "no key", 1),
        (Stub::new(|_, _| Reply::Silence), "timeout", 2),
        (Stub::new(|_, _| Reply::Broken), "2 times", 2),
    ] {
        let run = build(&articles, &stub.url, &["--proposer-timeout", "0.5"]);
        assert_eq!(run.status, Some(5), "{}", run.messages);
        assert!(
            run.messages.contains("without all proposals: b0: "),
            "{}",
            run.messages
        );
        assert!(
            run.messages.contains(expected),
            "{expected}: {}",
            run.messages
        );
        assert_eq!(stub.requests().len(), count, "{expected}");
        assert_eq!(articles.graph(), without);
    }
}

#[test]
fn a_question_is_asked_again_with_the_key() {
    let stub = Stub::new(|number, request| match number {
        0 => Reply::Status(503, "busy"),
        _ => Reply::Completion(good(request.text())),
    });
    let articles = articles("key", 1);
    let path = articles.articles.display().to_string();
    let build = |variable: &str| {
        let arguments = [
            "build",
            &path,
            "-o",
            &articles.graph,
            "--proposer",
            &stub.url,
            "--model",
            "stub",
            "--proposer-key-env",
            variable,
        ];
        let ended = program(&arguments)
            .env("TUPU_TEST_KEY", "secret")
            .output()
            .expect("the program starts");
        (
            ended.status.code(),
            String::from_utf8_lossy(&ended.stderr).into_owned(),
        )
    };
    let (status, messages) = build("TUPU_TEST_NO_KEY");
    assert_eq!(status, Some(2), "{messages}");
    assert!(messages.contains("TUPU_TEST_NO_KEY"), "{messages}");
    let (status, messages) = build("TUPU_TEST_KEY");
    assert_eq!(status, Some(0), "{messages}");
    let requests = stub.requests();
    assert_eq!(requests.len(), 2);
    assert_eq!(requests[1].authorization.as_deref(), Some("Bearer secret"));
    let kept = fs::read_to_string(lock(&articles)).expect("answers are kept");
    assert!(!kept.contains("secret"));
}

#[test]
fn long_articles_are_asked_about_piece_by_piece() {
    let stub = Stub::new(|_, _| Reply::Completion("{}".to_owned()));
    let long: String = (1000..3000)
        .map(|number| format!("坪山区第{number}条街道很长。"))
        .collect();
    let articles = Articles::of("pieces", &[("a.txt", long.as_bytes())]);
    let run = build(&articles, &stub.url, &[]);
    assert_eq!(run.status, Some(0), "{}", run.messages);
    let requests = stub.requests();
    let asked: usize = requests
        .iter()
        .map(|request| request.text().trim_start().len())
        .sum();
    assert!(requests.len() > 5, "{}", requests.len());
    assert_eq!(asked, long.len());
}

#[test]
fn options_that_belong_together_come_together() {
    let articles = articles("options", 1);
    for (options, expected) in [
        (&["--model", "m"][..], "--proposer"),
        (&["--proposer", "http://localhost"], "--model"),
        (
            &["--proposer", "localhost", "--model", "m"],
            "http://localhost:8000/v1",
        ),
    ] {
        let run = articles.build(options);
        assert_eq!(run.status, Some(2), "{}", run.messages);
        assert!(run.messages.contains(expected), "{}", run.messages);
    }
}
