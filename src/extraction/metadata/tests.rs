use expect_test::{Expect, expect};

use super::*;

fn check(text: &str, expected: Expect) {
    let article = Article {
        id: "a".into(),
        title: None,
        source: None,
        date: None,
        text: text.into(),
    };
    let normalized = Normalized::new(text);
    let segments = Segments::new(normalized.text(), None);
    let found = Metadata::find(&article, normalized.text(), &segments);
    let date = found.date.map(|date| date.to_string());
    expected.assert_eq(&format!("{:?} {:?} {:?}", found.title, found.source, date));
}

#[test]
fn title_outlet_and_date_are_read_from_the_lines_around_the_title() {
    let body = "甲区聚焦集成电路,建设甲园,引进乙公司等企业,力争全年产值突破百亿元。";
    check(
        &format!("甲区发布产业规划\n\n2024-03-05 来源:甲报\n\n{body}"),
        expect![[r#"Some("甲区发布产业规划") Some("甲报") Some("2024-03-05")"#]],
    );
    check(
        &format!("甲区发布产业规划!\n甲財經\nTue, 05 Mar 2024 09:00:00 GMT\n{body}"),
        expect![[r#"Some("甲区发布产业规划!") Some("甲财经") Some("2024-03-05")"#]],
    );
    check(
        &format!(
            "首页\n资讯\n甲区发布产业规划\n\n甲区发布产业规划\n\n发布时间：2011-04-19\n发布人：\n{body}"
        ),
        expect![[r#"Some("甲区发布产业规划") None Some("2011-04-19")"#]],
    );
    check(
        &format!("甲园的未来（一）：比较\n2020-03-02\n# 甲园的未来（一）：比较\n\n{body}"),
        expect![[r#"Some("甲园的未来(一):比较") None Some("2020-03-02")"#]],
    );
    check(
        &format!("甲县工厂动土\n日期｜109-12-26\n{body}"),
        expect![[r#"Some("甲县工厂动土") None Some("2020-12-26")"#]],
    );
    check(
        &format!("{body}\nCopyright © 2005-2023 甲网 All rights reserved"),
        expect![[r#"None Some("甲网") Some("2023")"#]],
    );
}
