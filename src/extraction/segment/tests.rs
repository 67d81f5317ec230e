use std::fmt::Write as _;

use expect_test::{Expect, expect};

use super::*;

fn check(text: &str, expected: Expect) {
    let segments = Segments::new(text, None);
    let mut shown = String::new();
    for block in &segments.blocks {
        let kind = match block.kind {
            BlockKind::Furniture(reason) => format!("- {}", reason.name()),
            kind => format!("{kind:?}"),
        };
        writeln!(shown, "{kind}: {}", &text[block.span.range()]).expect("writing to a string");
    }
    expected.assert_eq(&shown);
}

#[test]
fn what_belongs_to_the_site_is_furniture() {
    check(
        "首页 > 新闻 > 正文\n甲区发布低空经济规划\n甲报\n2024-03-05 10:20\n\n\
         甲社甲市3月5日电 (记者 张三)甲区5日发布低空经济规划,提出建设甲园,引进乙公司等企业。图为发布会现场。 李四 摄\n\
         一、重点任务\n丙区将持续跟进。\n丁区说,要以更大力度推动产业集聚,让企业放心投资、安心经营。\n\
         责任编辑:王五\n更多精彩,尽在甲报APP\n相关阅读\n丙区也发布规划\nCopyright © 2024 甲报 版权所有",
        expect![[r#"
            - navigation: 首页 > 新闻 > 正文
            Title: 甲区发布低空经济规划
            Byline: 甲报
            Byline: 2024-03-05 10:20
            Byline: 甲社甲市3月5日电 (记者 张三)
            Paragraph: 甲区5日发布低空经济规划,提出建设甲园,引进乙公司等企业。图为发布会现场。
            - picture: 李四 摄
            Heading: 一、重点任务
            Paragraph: 丙区将持续跟进。
            Paragraph: 丁区说,要以更大力度推动产业集聚,让企业放心投资、安心经营。
            Byline: 责任编辑:王五
            - related: 更多精彩,尽在甲报APP
            - related: 相关阅读
            - related: 丙区也发布规划
            - copyright: Copyright © 2024 甲报 版权所有
        "#]],
    );
}

#[test]
fn a_list_at_the_end_is_read_when_it_is_announced() {
    let lead = "甲区昨天召开大会,会上公布了一批重点企业,它们都将得到专项资金的支持,";
    let list = "1、甲公司\n2、乙公司\n3、丙公司";
    check(
        &format!("甲区公布重点企业\n{lead}名单如下。\n{list}"),
        expect![[r#"
            Title: 甲区公布重点企业
            Paragraph: 甲区昨天召开大会,会上公布了一批重点企业,它们都将得到专项资金的支持,名单如下。
            ListItem: 1、甲公司
            ListItem: 2、乙公司
            ListItem: 3、丙公司
        "#]],
    );
    check(
        &format!("甲区公布重点企业\n{lead}会议开到傍晚。\n{list}"),
        expect![[r#"
            Title: 甲区公布重点企业
            Paragraph: 甲区昨天召开大会,会上公布了一批重点企业,它们都将得到专项资金的支持,会议开到傍晚。
            - related: 1、甲公司
            - related: 2、乙公司
            - related: 3、丙公司
        "#]],
    );
}

#[test]
fn sentences_and_clauses_keep_titles_and_numbers_whole() {
    let text = "他说:“要快!要好!”随后发布《行动!方案》,总投资12,500万元;甲园——乙园的一期——开工。";
    let segments = Segments::new(text, None);
    let mut shown = String::new();
    for sentence in &segments.sentences {
        let clauses = segments
            .clauses(sentence)
            .iter()
            .map(|clause| &text[clause.range()]);
        let clauses = clauses.collect::<Vec<_>>().join(" | ");
        writeln!(shown, "{clauses}").expect("writing to a string");
    }
    expect![[r#"
        他说 | “要快!
        要好!”
        随后发布《行动!方案》 | 总投资12,500万元 | 甲园 | 乙园的一期 | 开工。
    "#]]
    .assert_eq(&shown);
}
