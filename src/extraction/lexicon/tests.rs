use expect_test::{Expect, expect};

use super::*;

fn check(text: &str, expected: Expect) {
    let further = [("mine.ron".to_owned(), text.to_owned())];
    let message =
        Lexicon::with(&further).map_or_else(|error| error.to_string(), |_| "read".to_owned());
    expected.assert_eq(&message);
}

#[test]
fn a_lexicon_of_ones_own_is_added() {
    check(
        r#"Lexicon(version: 1, terms: [Terms(class: Name("Enterprise"), words: "甲乙丙丁")])"#,
        expect!["read"],
    );
}

#[test]
fn faults_are_shown_where_they_stand() {
    check(
        "Lexicon(version: 1, terms: [Terms(class: Nuon, words: \"甲\")])",
        expect![[r#"
            mine.ron:1:42: Unexpected variant named `Nuon` in enum `Class`, expected one of `Noun`, `Proper`, `Place`, `Verb`, `Action`, `Adjective`, `Attributive`, `Adverb`, `Preposition`, `Conjunction`, `Particle`, `Pronoun`, `Numeral`, `Measure`, `Time`, `Position`, `Short`, `Phrase`, `Other`, `Industry`, `Sector`, `Modifier`, `SectorHead`, `SectorWeakHead`, `Generic`, `Title`, `Surname`, `FirmHead`, `IssueVerb`, `FosterVerb`, `Stop`, `NamePart`, `NoName`, `Name`, or `Head` instead
            1 | Lexicon(version: 1, terms: [Terms(class: Nuon, words: "甲")])
              |                                          ^"#]],
    );
    check(
        "Lexicon(version: 2)",
        expect!["mine.ron: a lexicon of version 2; this program reads version 1"],
    );
    check(
        r#"Lexicon(version: 1, terms: [Terms(class: Name("Firm"), words: "甲")])"#,
        expect![[
            r#"mine.ron: Name("Firm") names no label; the labels are Province, City, District, Zone, Enterprise, Cluster, Policy, Park, Organization, Facility, Fund, Event, Person"#
        ]],
    );
}

#[test]
fn short_forms_drop_the_kind_and_the_peoples() {
    for (name, short) in [
        ("内蒙古自治区", Some("内蒙古")),
        ("广西壮族自治区", Some("广西")),
        ("大理白族自治州", Some("大理")),
        ("积石山保安族东乡族撒拉族自治县", Some("积石山保安族东乡族")),
        ("苏州市", Some("苏州")),
        ("东区", None),
    ] {
        assert_eq!(short_form(name), short, "{name}");
    }
    assert_eq!(
        division::banner("科尔沁右翼前旗").as_deref(),
        Some("科右前旗")
    );
}

#[test]
fn a_division_knows_what_it_lies_in() {
    let lexicon = Lexicon::with(&[]).expect("the standard lexicons");
    let bearers = |name: &str| -> Vec<String> {
        let (_, _, term) = lexicon
            .matches(name)
            .max_by_key(|one| one.1 - one.0)
            .expect("a match");
        let chain = |at: u32| {
            let mut names = Vec::new();
            let mut next = Some(at as usize);
            while let Some(at) = next {
                let one = lexicon.division(u32::try_from(at).expect("few"));
                names.push(one.name.clone());
                next = one.parent;
            }
            names.join("<")
        };
        lexicon
            .bearers(lexicon.term(term))
            .iter()
            .map(|&at| chain(at))
            .collect()
    };
    assert_eq!(bearers("坪山区"), ["坪山区<深圳市<广东省"]);
    assert_eq!(bearers("鼓楼区").len(), 4);
    assert_eq!(bearers("板桥区"), ["板桥区<新北市<台湾省"]);
    assert_eq!(bearers("油尖旺区"), ["油尖旺区<香港特别行政区"]);
}
