//! The gate: what passes, and what is rejected for which reason.

use tupu::build::claims;
use tupu::evidence::Claims;
use tupu::extraction::{Article, Reading};
use tupu::source::Span;

use crate::toy::{self, article};

const TEXT: &str = "甲区聚焦集成电路。乙区聚焦低空经济。甲区2022年产值达30亿元。“甲區”位于丁市。";

/// What passes of a reading that was changed.
fn passed(change: impl FnOnce(&mut Reading)) -> Claims {
    let article: Article = article("a", "2024-01-01", TEXT);
    let mut reading = toy::read(&article);
    change(&mut reading);
    claims(&article, &reading, String::new())
}

/// Where a stretch of the text stands.
fn place(part: &str) -> Span {
    let at = TEXT.find(part).expect("it stands there");
    Span::new(at, at + part.len())
}

#[test]
fn what_the_text_says_passes() {
    let claims = passed(|_| {});
    assert_eq!(claims.rejected, Vec::<String>::new());
    assert_eq!((claims.entities.len(), claims.relations.len()), (6, 3));
    assert_eq!(claims.indicators.len(), 1);
}

/// The one thing that is rejected of a changed reading.
fn rejected(change: impl FnOnce(&mut Reading), expected: &str) {
    let whole = passed(|_| {});
    let claims = passed(change);
    assert_eq!(claims.rejected, [expected]);
    let count =
        |claims: &Claims| claims.entities.len() + claims.relations.len() + claims.indicators.len();
    assert!(count(&claims) <= count(&whole), "{claims:?}");
}

#[test]
fn a_borrowed_quotation_is_rejected() {
    rejected(
        |reading| reading.relations[0].span = place("乙区聚焦低空经济"),
        "甲区 FOCUSES_ON 集成电路: its subject is not named there (rule toy)",
    );
    rejected(
        |reading| reading.relations[0].span = place("甲区聚焦"),
        "甲区 FOCUSES_ON 集成电路: its object is not named there (rule toy)",
    );
    rejected(
        |reading| {
            reading.relations[0].span = place("甲区2022年产值达30亿元");
            reading.relations[0].object = 0;
        },
        "甲区 FOCUSES_ON 甲区: its trigger does not stand there (rule toy)",
    );
    rejected(
        |reading| reading.indicators[0].span = place("乙区聚焦低空经济"),
        "甲区 产值: its subject is not named there (rule toy)",
    );
    rejected(
        |reading| reading.indicators[0].span = place("甲区聚焦集成电路"),
        "甲区 产值: no figure stands there (rule toy)",
    );
}

#[test]
fn a_place_outside_of_the_text_is_rejected() {
    for span in [
        Span::new(0, 9999),
        Span::new(9999, 9999),
        Span::new(1, 7),
        Span::new(0, 0),
    ] {
        rejected(
            |reading| reading.relations[0].span = span,
            "甲区 FOCUSES_ON 集成电路: its characters are no part of the text (rule toy)",
        );
    }
}

#[test]
fn a_subject_is_carried_over_from_where_it_is_named() {
    let carry = |from: Span| {
        move |reading: &mut Reading| {
            reading.relations[1].subject = 0;
            reading.relations[1].span = place("聚焦低空经济");
            reading.relations[1].carried_subject = Some(from);
        }
    };
    let claims = passed(carry(place("甲区")));
    assert_eq!(claims.rejected, Vec::<String>::new());
    assert_eq!(claims.relations[1].carried_subject, Some(place("甲区")));
    rejected(
        carry(place("丁市")),
        "甲区 FOCUSES_ON 低空经济: its subject is not named there (rule toy)",
    );
}

#[test]
fn what_no_place_names_takes_its_claims_with_it() {
    let claims = passed(|reading| {
        for mention in &mut reading.entities[0].mentions {
            mention.span = place("乙区");
        }
    });
    let lines: Vec<&str> = claims.rejected.iter().map(String::as_str).collect();
    assert_eq!(
        lines,
        [
            "entity 甲区: no place in the text names it",
            "甲区 FOCUSES_ON 集成电路: one of its ends did not pass (rule toy)",
            "甲区 产值: its subject did not pass (rule toy)",
        ]
    );
}

#[test]
fn a_value_that_is_no_number_is_rejected() {
    rejected(
        |reading| reading.indicators[0].value = f64::NAN,
        "甲区 产值: its value is no number (rule toy)",
    );
    rejected(
        |reading| reading.relations[0].object = 99,
        "甲区 FOCUSES_ON nothing: its object is not named there (rule toy)",
    );
}
