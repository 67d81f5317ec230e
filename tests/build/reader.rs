//! Lexicons and rules of one's own, and what they make of documents that were read without them.

use crate::articles::Articles;
use crate::run::{Run, tupu};

const TEXT: &str = "广州市缔交深圳市。晴川二号落户深圳市。\n";

const LEXICON: &str =
    r#"Lexicon(version: 1, terms: [Terms(class: Name("Enterprise"), words: "晴川二号")])"#;

const RULES: &str = r#"
words befriend verb = 缔交;

rule befriends: COOPERATES_WITH {
    "Who joins hands with a town works with it."
    (subject: City) <befriend> ~ [object: City];
    "[云麓市:City]缔交[海屿市:City]。" => "云麓市" "海屿市";
}
"#;

/// What an article says, as lines of subject, type and object.
fn relations(run: &Run) -> Vec<String> {
    assert_eq!(run.status, Some(0), "{}", run.messages);
    let reading: serde_json::Value = serde_json::from_str(&run.output).expect("it is one line");
    let name = |id: &serde_json::Value| {
        let entities = reading["entities"].as_array().into_iter().flatten();
        let mut found = entities.filter(|entity| entity["id"] == *id);
        let entity = found.next().expect("the entity is listed");
        entity["name"].as_str().expect("it has a name").to_owned()
    };
    let relations = reading["relations"].as_array().expect("a list");
    relations
        .iter()
        .map(|relation| {
            let t = relation["type"].as_str().expect("it has a type");
            format!("{} {t} {}", name(&relation["s"]), name(&relation["o"]))
        })
        .collect()
}

#[test]
fn words_and_rules_of_ones_own_are_read_by() {
    let articles = Articles::of("own-words", &[("a.txt", TEXT.as_bytes())]);
    let file = articles.articles.join("a.txt").display().to_string();
    let lexicon = articles.beside("mine.ron", LEXICON);
    let rules = articles.beside("mine.rules", RULES);
    let extract = |more: &[&str]| relations(&tupu(&[&["extract", &file], more].concat()));
    assert!(extract(&[]).is_empty());
    assert_eq!(
        extract(&["--lexicon", &lexicon]),
        ["晴川二号 LOCATED_IN 深圳市"]
    );
    assert_eq!(
        extract(&["--rules", &rules]),
        ["广州市 COOPERATES_WITH 深圳市"]
    );
    assert_eq!(
        extract(&["--lexicon", &lexicon, "--rules", &rules]),
        [
            "广州市 COOPERATES_WITH 深圳市",
            "晴川二号 LOCATED_IN 深圳市"
        ]
    );
}

#[test]
fn what_was_read_by_other_words_or_rules_is_read_anew() {
    let articles = Articles::of("other-words", &[("a.txt", TEXT.as_bytes())]);
    let lexicon = articles.beside("mine.ron", LEXICON);
    let rules = articles.beside("mine.rules", RULES);
    let build = |more: &[&str], expected: &str| {
        let run = articles.build(more);
        assert_eq!(run.status, Some(0), "{}", run.messages);
        assert!(run.messages.contains(expected), "{}", run.messages);
        articles.graph()
    };
    let plain = build(&[], "1 read, 0 unchanged");
    let with = build(&["--rules", &rules], "1 read, 0 unchanged");
    assert!(with.contains("rule: \"befriends\""), "{with}");
    build(&["--rules", &rules], "0 read, 1 unchanged");
    articles.beside("mine.rules", &RULES.replace("befriends", "joins"));
    let changed = build(&["--rules", &rules], "1 read, 0 unchanged");
    assert!(changed.contains("rule: \"joins\""), "{changed}");
    let named = build(&["--lexicon", &lexicon], "1 read, 0 unchanged");
    assert!(named.contains("Enterprise/晴川二号"), "{named}");
    assert_eq!(build(&[], "1 read, 0 unchanged"), plain);
}

#[test]
fn a_wrong_file_is_shown_with_its_place() {
    let articles = Articles::of("wrong-words", &[("a.txt", TEXT.as_bytes())]);
    let check = |option: &str, text: &str, expected: &str| {
        let file = articles.beside("wrong", text);
        let run = articles.build(&[option, &file]);
        assert_eq!(run.status, Some(2), "{}", run.messages);
        let message = run.messages.replace(&file, "wrong");
        assert_eq!(message, expected);
    };
    check(
        "--rules",
        "words a = 甲;\nrule b: LOCATED {}",
        "error: wrong:2:18: expected text in quotation marks\n2 | rule b: LOCATED {}\n  |                  ^\n",
    );
    check(
        "--lexicon",
        "Lexicon(version: 2)",
        "error: wrong: a lexicon of version 2; this program reads version 1\n",
    );
    check(
        "--lexicon",
        "Lexicon(version: 1, divisions: {\"44\": \"甲省\"})",
        "error: wrong: \"44\" is no code of a division; write at least six digits: \"440300\"\n",
    );
    check(
        "--lexicon",
        "",
        "error: wrong:1:1: Expected opening `(` for struct `Lexicon`\n1 | \n  | ^\n",
    );
    let run = articles.build(&["--rules", "nowhere.rules"]);
    assert_eq!(run.status, Some(3), "{}", run.messages);
}
