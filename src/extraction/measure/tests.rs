//! What articles say in figures, each rule with a sentence of its own.

use crate::extraction::{Article, Knowledge, read};

/// The figures of an article of 2023-10-20 about a district: subject, name, value, unit, period.
fn figures(text: &str) -> Vec<String> {
    let article = Article {
        id: "figures".into(),
        title: None,
        source: None,
        date: None,
        text: format!("江宁区发布经济数据\n\n2023-10-20 来源:甲报\n\n{text}").into(),
    };
    let reading = read(&article, Knowledge::standard());
    let line = |found: &crate::extraction::Indicator| {
        let subject = &reading.entities[found.subject].name;
        let period = found.period.as_deref().unwrap_or("-");
        format!(
            "{subject} {} {} {} {period}",
            found.name, found.value, found.unit
        )
    };
    reading.indicators.iter().map(line).collect()
}

fn check(text: &str, expected: &[&str]) {
    assert_eq!(figures(text), expected, "{text}");
}

#[test]
fn figures_said_respectively_are_told_apart() {
    check(
        "前三季度,江宁区纺织业、食品业分别增长3.1%和4.2%。",
        &[
            "江宁区 纺织业增速 3.1 % 2023-Q1/2023-Q3",
            "江宁区 食品业增速 4.2 % 2023-Q1/2023-Q3",
        ],
    );
    check(
        "上半年,江宁区出口30亿元、进口20亿元,增幅分别为5%和6%。",
        &[
            "江宁区 出口 3000000000 元 2023-H1",
            "江宁区 进口 2000000000 元 2023-H1",
            "江宁区 出口增速 5 % 2023-H1",
            "江宁区 进口增速 6 % 2023-H1",
        ],
    );
    check(
        "江宁区税收、利润增速分别上升1.5和2.5个百分点。",
        &[
            "江宁区 税收增速上升 1.5 个百分点 -",
            "江宁区 利润增速上升 2.5 个百分点 -",
        ],
    );
}

#[test]
fn what_projects_cost_is_said_of_those_that_were_counted() {
    check(
        "今年江宁区签约智能制造项目12个,总投资60亿元。",
        &[
            "江宁区 签约智能制造项目数 12 个 2023",
            "江宁区 签约智能制造项目总投资 6000000000 元 2023",
        ],
    );
}

#[test]
fn words_that_point_back_lead_to_the_site() {
    check(
        "青禾科技产业园坐落在江宁区。园区总投资8亿元,占地300亩。",
        &[
            "青禾科技产业园 园区总投资 800000000 元 -",
            "青禾科技产业园 占地 300 亩 -",
        ],
    );
}

#[test]
fn a_period_in_brackets_is_of_one_figure() {
    check(
        "去年,江宁区服务业收入50亿元(1-11月),外贸总额70亿元。",
        &[
            "江宁区 服务业收入 5000000000 元 2022-01/2022-11",
            "江宁区 外贸总额 7000000000 元 2022",
        ],
    );
}

#[test]
fn what_only_says_a_class_is_no_figure() {
    check(
        "江宁区有年产值超亿元的企业8家。",
        &["江宁区 年产值超亿元的企业数 8 家 -"],
    );
    check(
        "江宁区万元产值能耗下降2.5%。",
        &["江宁区 万元产值能耗增速 -2.5 % -"],
    );
}

#[test]
fn shares_are_read_in_words_too() {
    check(
        "2022年江宁区服务业占全区经济的比重超过四成,升至41.5%。",
        &[
            "江宁区 服务业占比 40 % 2022",
            "江宁区 服务业占比 41.5 % 2022",
        ],
    );
}

#[test]
fn a_rank_is_of_the_list_that_was_spoken_of() {
    check(
        "江苏省公布2022年开发区发展水平评价结果,江宁区排在第3位。",
        &["江宁区 开发区发展水平评价 3 位 2022"],
    );
}

#[test]
fn a_number_that_counts_the_row_before_it_is_none() {
    check("江宁区、玄武区、秦淮区3个区联合办展。", &[]);
    check(
        "江宁区引来青禾科技有限公司、白桦机械有限公司等71家外地企业。",
        &["江宁区 引来外地企业数 71 家 -"],
    );
}

#[test]
fn the_name_of_a_project_tells_its_output() {
    check(
        "青禾集团年产20万吨甲醇项目在江宁区开工。",
        &["青禾集团年产20万吨甲醇项目 甲醇年产量 200000 吨 -"],
    );
}

#[test]
fn a_year_does_not_widen_the_months_before_it() {
    check(
        "截至9月底,江宁区今年新增高新技术企业17家。",
        &["江宁区 新增高新技术企业数 17 家 2023-09"],
    );
}

#[test]
fn counts_of_projects_are_of_the_region() {
    check(
        "江宁区开工一批项目。青禾生产基地坐落在江宁区。制造业项目3个,总投资7亿元。",
        &[
            "江宁区 制造业项目数 3 个 -",
            "江宁区 制造业项目总投资 700000000 元 -",
        ],
    );
}

#[test]
fn what_is_compared_with_is_not_spoken_of() {
    check(
        "上半年,江宁区地区生产总值300亿元,增长8%,增速分别比去年同期、去年末提高1.5个和2个百分点,第一产业增加值3亿元。",
        &[
            "江宁区 地区生产总值 30000000000 元 2023-H1",
            "江宁区 地区生产总值增速 8 % 2023-H1",
            "江宁区 地区生产总值增速提高 1.5 个百分点 2023-H1",
            "江宁区 地区生产总值增速提高 2 个百分点 2023-H1",
            "江宁区 第一产业增加值 300000000 元 2023-H1",
        ],
    );
}

#[test]
fn a_growth_behind_a_share_is_of_the_same_measure() {
    check(
        "江宁区新材料产值占规模以上工业的22.5%,同比增长13.5%。",
        &[
            "江宁区 新材料产值占比 22.5 % -",
            "江宁区 新材料产值增速 13.5 % -",
        ],
    );
    check(
        "江宁区外贸总额60亿元,较去年同期多出8亿元,增幅15%。",
        &[
            "江宁区 外贸总额 6000000000 元 -",
            "江宁区 外贸总额多出 800000000 元 -",
            "江宁区 外贸总额增速 15 % -",
        ],
    );
}

#[test]
fn what_a_region_has_is_said_of_no_meeting() {
    check(
        "江宁区2023年工作会议召开。地区生产总值300亿元,增长8%。",
        &[
            "江宁区 地区生产总值 30000000000 元 2023",
            "江宁区 地区生产总值增速 8 % 2023",
        ],
    );
}
