//! Articles of every usual format, encoding and origin: all say the same, and what is none is told and skipped.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::articles::Articles;
use crate::files::{bomb, docx, pdf, xlsx};
use crate::run::{Run, tupu, tupu_with_input};

const TITLE: &str = "坪山区推进产业集聚";
const SENTENCE: &str = "坪山区聚焦集成电路产业，禾木科技有限公司落户坪山区。";
/// The same in Traditional characters.
const TRADITIONAL: &str = "坪山區聚焦積體電路產業，禾木科技有限公司落戶坪山區。";

/// The quotation, subject and object of each relation, by document.
fn relations(run: &Run) -> BTreeMap<String, Vec<String>> {
    let mut found = BTreeMap::new();
    for line in run.output.lines() {
        let reading: Value = serde_json::from_str(line).expect("it is JSON");
        let document = reading["doc"].as_str().expect("it has a name").to_owned();
        let relations = reading["relations"].as_array().expect("a list").iter();
        let relations = relations.map(|relation| {
            let t = relation["type"].as_str().expect("it has a type");
            format!(
                "{t} {}",
                relation["quote"].as_str().expect("it has a quotation")
            )
        });
        found.insert(document, relations.collect());
    }
    found
}

fn extract(articles: &Articles) -> Run {
    tupu(&["extract", &articles.articles.display().to_string()])
}

#[test]
fn every_format_says_the_same() {
    let text = format!("{TITLE}\n\n2024-03-05 来源：甲报\n\n{SENTENCE}\n");
    let lines: Vec<&str> = text.lines().collect();
    let page = format!(
        "<html><head><title>{TITLE}-甲网</title></head><body><nav><a href='/'>首页</a> <a href='/n'>新闻</a></nav>\
         <div id='main'><h1>{TITLE}</h1><p>2024-03-05 来源：甲报</p><p>{SENTENCE}</p></div>\
         <div class='related'><a>乙区聚焦低空经济</a></div><footer>版权所有 甲网 粤ICP备12345678号</footer>\
         <script>var x = '丙区聚焦生物医药';</script></body></html>"
    );
    let markdown = format!(
        "---\ntitle: {TITLE}\ndate: 2024-03-05\n---\n\n# {TITLE}\n\n**坪山区**{}\n",
        &SENTENCE["坪山区".len()..]
    );
    let table = format!("标题,正文,日期,来源,编号\n{TITLE},{SENTENCE},2024-03-05,甲报,csv-1\n");
    let json = format!(
        "{{\"id\":\"jsonl-1\",\"title\":\"{TITLE}\",\"text\":\"{SENTENCE}\",\"date\":\"2024-03-05\"}}\n"
    );
    let (gb, ..) = encoding_rs::GB18030.encode(&text);
    let utf_16: Vec<u8> = "\u{FEFF}"
        .encode_utf16()
        .chain(text.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    let articles = Articles::of(
        "formats",
        &[
            ("text.txt", text.as_bytes()),
            ("page.html", page.as_bytes()),
            ("mark.md", markdown.as_bytes()),
            ("word.docx", &docx(&lines)),
            ("print.pdf", &pdf(&lines)),
            ("table.csv", table.as_bytes()),
            (
                "sheet.xlsx",
                &xlsx(&[&["标题", "正文"], &[TITLE, SENTENCE]]),
            ),
            ("lines.jsonl", json.as_bytes()),
            ("gb.txt", &gb),
            ("utf16.txt", &utf_16),
            ("nested/deeper/inner.txt", text.as_bytes()),
            (".hidden.txt", text.as_bytes()),
        ],
    );
    let run = extract(&articles);
    assert_eq!(run.status, Some(0), "{}", run.messages);
    let found = relations(&run);
    let names: Vec<&str> = found.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "csv-1", "gb", "inner", "jsonl-1", "mark", "page", "print", "sheet-2", "text", "utf16",
            "word"
        ]
    );
    let expected = [
        "FOCUSES_ON 坪山区聚焦集成电路产业",
        "LOCATED_IN 禾木科技有限公司落户坪山区",
    ];
    for (document, relations) in &found {
        assert_eq!(relations, &expected, "{document}");
    }
}

#[test]
fn traditional_text_in_big5_is_quoted_as_it_stands() {
    // Long enough for its encoding to show.
    let text = format!(
        "坪山區推進產業集聚\n\n{TRADITIONAL}\n\n當地居民說，這裡的道路比以前寬闊，學校與醫院也多了。\n"
    );
    let (big5, ..) = encoding_rs::BIG5.encode(&text);
    let articles = Articles::of("big5", &[("b.txt", &big5)]);
    let run = extract(&articles);
    assert_eq!(run.status, Some(0), "{}", run.messages);
    let found = relations(&run);
    assert!(
        found["b"].contains(&"LOCATED_IN 禾木科技有限公司落戶坪山區".to_owned()),
        "{found:?}"
    );
}

#[test]
fn patterns_and_standard_input_are_read() {
    let articles = Articles::of(
        "origins",
        &[
            ("a1.txt", SENTENCE.as_bytes()),
            ("a2.txt", SENTENCE.as_bytes()),
            ("b1.txt", SENTENCE.as_bytes()),
            ("deep/a3.txt", SENTENCE.as_bytes()),
        ],
    );
    let path = |name: &str| articles.articles.join(name).display().to_string();
    let names = |run: &Run| relations(run).into_keys().collect::<Vec<_>>();
    assert_eq!(names(&tupu(&["extract", &path("a?.txt")])), ["a1", "a2"]);
    assert_eq!(
        names(&tupu(&["extract", &path("**/a*.txt")])),
        ["a1", "a2", "a3"]
    );
    let run = tupu_with_input(&["extract", "-"], SENTENCE);
    assert_eq!(names(&run), ["stdin"]);
    let line = format!("{{\"text\": \"{SENTENCE}\", \"id\": \"x\"}}");
    assert_eq!(names(&tupu_with_input(&["extract", "-"], &line)), ["x"]);
    let run = tupu(&["extract", &path("c*.txt")]);
    assert_eq!(run.status, Some(5));
    assert!(
        run.messages.contains("no articles there"),
        "{}",
        run.messages
    );
}

#[test]
fn what_is_no_article_is_told_with_its_reason() {
    let articles = Articles::of(
        "no-articles",
        &[
            ("good.txt", SENTENCE.as_bytes()),
            ("empty.txt", b""),
            ("blank.txt", b" \n\n "),
            (
                "junk.txt",
                &[0x00, 0x01, 0xFF, 0xFE, 0x80, 0x00, 0x02, 0xC0].repeat(64),
            ),
            ("bomb.docx", &bomb()),
            ("broken.docx", b"PK\x03\x04 nothing"),
            ("broken.pdf", b"%PDF-1.7\n1 0 obj <<"),
            ("picture.png", b"\x89PNG\r\n\x1a\n"),
            ("columns.csv", b"a,b\n1,2\n"),
            (
                "rows.csv",
                format!("text,id\n{SENTENCE},r1\n,r2\n").as_bytes(),
            ),
        ],
    );
    let huge = std::fs::File::create(articles.articles.join("huge.txt")).expect("it can be made");
    huge.set_len((64 << 20) + 1).expect("it needs no room");
    let run = articles.build(&[]);
    assert_eq!(run.status, Some(5), "{}", run.messages);
    for (name, reason) in [
        ("empty.txt", "no text in it"),
        ("blank.txt", "no text in it"),
        ("junk.txt", "text neither in UTF-8"),
        ("bomb.docx", "larger than"),
        ("broken.docx", "damaged"),
        ("broken.pdf", "damaged"),
        ("picture.png", "not a format that is read"),
        ("columns.csv", "no column named text among: a, b"),
        ("rows.csv:3", "no text in it"),
        ("huge.txt", "larger than 64 MB"),
    ] {
        let line = run.messages.lines().find(|line| line.contains(name));
        assert!(
            line.is_some_and(|line| line.contains(reason)),
            "{name}: {}",
            run.messages
        );
    }
    assert!(
        run.messages.contains("2 read, 0 unchanged"),
        "{}",
        run.messages
    );
    let graph = articles.graph();
    assert!(
        graph.contains("Document(id: \"good\"") && graph.contains("Document(id: \"r1\""),
        "{graph}"
    );
}
