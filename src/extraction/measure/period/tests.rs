use super::*;

#[test]
fn every_word_may_open() {
    let words = NONE.iter().copied();
    let words = words
        .chain(YEARS.iter().map(|one| one.0))
        .chain(PARTS.iter().map(|one| one.word))
        .chain(PLANS.iter().map(|one| one.0));
    for word in words {
        assert!(word.starts_with(may_open), "{word}");
    }
}

fn calendar(year: i32, month: u32) -> Calendar {
    Calendar {
        year: Some(year),
        month: Some(month),
        ..Calendar::default()
    }
}

#[test]
fn every_form_is_read() {
    let cases = [
        ("2022年", Some("2022")),
        ("2022年上半年", Some("2022-H1")),
        ("今年一季度", Some("2023-Q1")),
        ("一季度", Some("2023-Q1")),
        ("三季度", Some("2023-Q3")),
        ("去年", Some("2022")),
        ("去年底", Some("2022")),
        ("2022年度", Some("2022")),
        ("今年6月底", Some("2023-06")),
        ("1-8月", Some("2023-01/2023-08")),
        ("1-6月", Some("2023-01/2023-06")),
        ("1月至8月份", Some("2023-01/2023-08")),
        ("今年1至8月", Some("2023-01/2023-08")),
        ("今年前8月", Some("2023-01/2023-08")),
        ("2021年底", Some("2021")),
        ("上半年", Some("2023-H1")),
        ("2020年、2021年", Some("2020/2021")),
        ("2020—2022年", Some("2020/2022")),
        ("5月24日", None),
        ("2021年前三季度", Some("2021-Q1/2021-Q3")),
        ("目前", None),
        ("未来五年", Some("2028")),
        ("十四五”期间", Some("2025")),
        ("比去年同期", None),
        ("较2019年", None),
    ];
    for (text, value) in cases {
        let found = periods(text, &mut calendar(2023, 10));
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        assert_eq!(found[0].value.as_deref(), value, "{text}");
        assert_eq!(found[0].end, text.len(), "{text}");
    }
    for text in ["截至2023年6月30日", "截至今年6月30日"] {
        let until = periods(text, &mut calendar(2023, 10));
        assert_eq!(until[0].value.as_deref(), Some("2023-06-30"), "{text}");
    }
}

#[test]
fn what_is_told_is_over() {
    let year_of = |text| {
        let found = periods(text, &mut calendar(2023, 2));
        found[0].value.clone().unwrap_or_default()
    };
    assert_eq!(year_of("1-11月产值100亿元"), "2022-01/2022-11");
    assert_eq!(year_of("全年产值100亿元"), "2022");
    assert_eq!(year_of("力争全年产值100亿元"), "2023");
    assert_eq!(year_of("预计9月竣工"), "2023-09");
}

#[test]
fn years_of_taiwan_are_told_from_spans() {
    let read = |text, is_minguo| {
        let mut calendar = Calendar {
            is_minguo,
            ..calendar(2016, 8)
        };
        let found = periods(text, &mut calendar);
        found.first().and_then(|period| period.value.clone())
    };
    assert_eq!(read("105年上半年", true).as_deref(), Some("2016-H1"));
    assert_eq!(read("97年1-4月", true).as_deref(), Some("2008-01/2008-04"));
    assert_eq!(read("建校105年", false), None);
}

#[test]
fn months_are_called_what_the_article_calls_them() {
    let mut calendar = Calendar {
        says_half: true,
        ..calendar(2023, 10)
    };
    let found = periods("1-6月", &mut calendar);
    assert_eq!(found[0].value.as_deref(), Some("2023-H1"));
}
