//! The program itself: build, build again, interrupt, remove, report, resolve.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use crate::articles::{Articles, text};
use crate::run::{self, program, tupu};

#[test]
fn building_again_gives_the_same_bytes_and_reads_nothing() {
    let articles = Articles::new("again", 3);
    let run = articles.build(&[]);
    assert_eq!(run.status, Some(0), "{}", run.messages);
    assert!(
        run.messages.contains("3 read, 0 unchanged"),
        "{}",
        run.messages
    );
    let first = articles.graph();
    assert!(first.contains("Evidence(document: \"a000\""), "{first}");
    let run = articles.build(&[]);
    assert!(
        run.messages.contains("0 read, 3 unchanged"),
        "{}",
        run.messages
    );
    assert_eq!(articles.graph(), first);
}

#[test]
fn threads_make_no_difference() {
    let one = Articles::new("one-thread", 5);
    let path = one.articles.display().to_string();
    let status = program(&["build", &path, "-o", &one.graph])
        .env("RAYON_NUM_THREADS", "1")
        .stderr(Stdio::null())
        .status();
    assert!(status.expect("the program starts").success());
    let many = Articles::new("many-threads", 5);
    assert_eq!(many.build(&[]).status, Some(0));
    assert_eq!(one.graph(), many.graph());
}

#[test]
fn a_build_that_was_killed_goes_on() {
    let articles = Articles::new("killed", 150);
    let path = articles.articles.display().to_string();
    let mut child = program(&["build", &path, "-o", &articles.graph])
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    let claims = Path::new(&articles.graph)
        .with_extension("build")
        .join("claims");
    let kept = || {
        fs::read_dir(&claims).map_or(0, |entries| {
            entries
                .flatten()
                .filter(|entry| entry.path().extension().is_some_and(|e| e == "json"))
                .count()
        })
    };
    while kept() == 0 && child.try_wait().is_ok_and(|ended| ended.is_none()) {
        std::thread::yield_now();
    }
    // It may have ended by itself on a fast machine; what follows holds all the same.
    drop(child.kill());
    child.wait().expect("it was started");
    let before = kept();
    assert!(before > 0);
    let run = articles.build(&[]);
    assert_eq!(run.status, Some(0), "{}", run.messages);
    assert!(
        run.messages
            .contains(&format!("{} read, {before} unchanged", 150 - before)),
        "{}",
        run.messages
    );
    let fresh = Articles::new("not-killed", 150);
    fresh.build(&[]);
    assert_eq!(articles.graph(), fresh.graph());
}

#[test]
fn what_cannot_be_read_is_told_and_skipped() {
    let articles = Articles::new("bad", 2);
    fs::write(articles.articles.join("z.txt"), b"").expect("it can be written");
    let run = articles.build(&[]);
    assert_eq!(run.status, Some(5), "{}", run.messages);
    assert!(run.messages.contains("z.txt"), "{}", run.messages);
    assert!(articles.graph().contains("a001"));
    let strict = Articles::new("strict", 2);
    fs::write(strict.articles.join("0.txt"), b"").expect("it can be written");
    let run = strict.build(&["--strict"]);
    assert_eq!(run.status, Some(5), "{}", run.messages);
    assert!(!Path::new(&strict.graph).exists());
}

#[test]
fn a_document_is_taken_out_without_a_trace() {
    let all = Articles::new("remove", 3);
    all.build(&[]);
    let run = tupu(&["remove", &all.graph, "a00"]);
    assert_eq!(run.status, Some(1));
    assert!(
        run.messages.contains("did you mean 'a00"),
        "{}",
        run.messages
    );
    let run = tupu(&["remove", &all.graph, "a002"]);
    assert_eq!(run.status, Some(0), "{}", run.messages);
    let without = Articles::new("without", 2);
    without.build(&[]);
    assert_eq!(all.graph(), without.graph());
}

#[test]
fn what_is_taken_out_or_decided_leaves_the_day_as_it_is() {
    let articles = Articles::new("day", 3);
    let count = |documents: usize| {
        assert_eq!(articles.graph().matches("Document(id:").count(), documents);
    };
    // The articles appeared on the first three days of the year.
    let run = articles.build(&["--as-of", "2024-01-02"]);
    assert_eq!(run.status, Some(0), "{}", run.messages);
    count(2);
    assert_eq!(tupu(&["remove", &articles.graph, "a000"]).status, Some(0));
    count(1);
    let ids = ["City/深圳市", "District/坪山区"];
    let run = tupu(&["resolve", &articles.graph, "--apart", ids[0], ids[1]]);
    assert_eq!(run.status, Some(0), "{}", run.messages);
    count(1);
    assert_eq!(articles.build(&[]).status, Some(0));
    count(3);
    assert_eq!(tupu(&["remove", &articles.graph, "a000"]).status, Some(0));
    count(2);
}

#[test]
fn a_report_shows_what_became_of_the_text() {
    let articles = Articles::new("report", 1);
    articles.build(&[]);
    let run = tupu(&["report", &articles.graph]);
    assert_eq!(run.status, Some(0), "{}", run.messages);
    assert!(run.output.starts_with("a000"), "{}", run.output);
    let nothing = tupu(&["build", "-o", &articles.graph, "--as-of", "2000-01-01"]);
    assert_eq!(nothing.status, Some(0), "{}", nothing.messages);
    let count = [
        "query",
        &articles.graph,
        "-c",
        "MATCH (n) RETURN count(n) AS n",
        "--format",
        "csv",
    ];
    assert_eq!(tupu(&count), run::Run::success("n\n0\n"));
    let page = tupu(&["report", &articles.graph, "--format", "html"]).output;
    assert!(
        page.starts_with("<!DOCTYPE html>") && page.contains("坪山区"),
        "{page}"
    );
    let json = tupu(&["report", &articles.graph, "--format", "json"]).output;
    let report: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
    let parts = report["documents"][0]["parts"].as_array().expect("a list");
    let whole: String = parts
        .iter()
        .filter_map(|part| part["text"].as_str())
        .collect();
    assert_eq!(whole, text(0));
    let run = tupu(&["report", "nothing.ron"]);
    assert_eq!(run.status, Some(1));
    assert!(
        run.messages.contains("help: `tupu build"),
        "{}",
        run.messages
    );
}

#[test]
fn decisions_go_into_the_registry_and_can_be_undone() {
    let articles = Articles::new("resolve", 0);
    fs::write(
        articles.articles.join("a.txt"),
        "鹏远电子有限公司落户坪山区。",
    )
    .expect("it can be written");
    fs::write(
        articles.articles.join("b.txt"),
        "海川电子有限公司落户坪山区。",
    )
    .expect("it can be written");
    articles.build(&[]);
    let before = articles.graph();
    let run = tupu(&[
        "resolve",
        &articles.graph,
        "--merge",
        "Enterprise/鹏远电子有限公司",
        "Enterprise/海川电子有限公司",
        "--reason",
        "更名",
    ]);
    assert_eq!(run.status, Some(0), "{}", run.messages);
    let registry = Path::new(&articles.graph)
        .with_extension("build")
        .join("registry.ron");
    let decided = fs::read_to_string(&registry).expect("it was written");
    assert!(decided.contains("更名"), "{decided}");
    let count = |graph: &str| graph.matches("labels: [Enterprise]").count();
    assert_eq!((count(&before), count(&articles.graph())), (2, 1));
    let undone: String = decided
        .lines()
        .filter(|line| !line.contains("更名"))
        .map(|line| format!("{line}\n"))
        .collect();
    fs::write(&registry, undone).expect("it can be written");
    articles.build(&[]);
    assert_eq!(articles.graph(), before);
}

#[test]
fn every_quotation_stands_verbatim_at_its_place() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    if !corpus.is_dir() {
        println!("skipped: there is no ../shared/corpus");
        return;
    }
    let articles = Articles::new("corpus", 0);
    let texts: Vec<PathBuf> = fs::read_dir(&corpus)
        .expect("it can be listed")
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    for path in &texts {
        fs::copy(
            path,
            articles.articles.join(path.file_name().expect("a file")),
        )
        .expect("it can be copied");
    }
    let run = articles.build(&[]);
    assert_eq!(run.status, Some(0), "{}", run.messages);
    let query = "MATCH (n) UNWIND evidence(n) AS e RETURN DISTINCT e.document, e.start, e.end, e.quote \
                 UNION MATCH ()-[r]->() UNWIND evidence(r) AS e RETURN DISTINCT e.document, e.start, e.end, e.quote";
    let run = tupu(&["query", &articles.graph, "-c", query, "--format", "jsonl"]);
    assert_eq!(run.status, Some(0), "{}", run.messages);
    let mut count = 0;
    for line in run.output.lines() {
        let row: serde_json::Value = serde_json::from_str(line).expect("it is JSON");
        let field = |name: &str| row[name].clone();
        let document = field("e.document");
        let text =
            fs::read_to_string(corpus.join(format!("{}.txt", document.as_str().expect("an id"))));
        let text = text.expect("the document is there");
        let (start, end) = (field("e.start").as_u64(), field("e.end").as_u64());
        let (start, end) = (start.expect("a number"), end.expect("a number"));
        let quote: String = text
            .chars()
            .skip(usize::try_from(start).expect("short"))
            .take(usize::try_from(end - start).expect("short"))
            .collect();
        assert_eq!(field("e.quote").as_str(), Some(&*quote), "{line}");
        count += 1;
    }
    assert!(count > 100, "{count}");
}
