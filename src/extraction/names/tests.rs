//! One phenomenon a case, in sentences of our own.

use expect_test::{Expect, expect};

use super::*;
use crate::extraction::Article;

/// The entities of a paragraph: label, name, other forms.
fn check(paragraph: &str, expected: Expect) {
    let article = Article {
        id: "甲".into(),
        title: None,
        source: None,
        date: None,
        text: format!("要闻一则\n\n2024-03-05 来源:某报\n\n{paragraph}").into(),
    };
    let document = Document::new(&article);
    let mut lines = String::new();
    for entity in entities(&document, Knowledge::standard()).entities {
        let label = entity.label.name();
        let forms = entity.aliases.join(" / ");
        let line = format!("{label} {} | {forms}", entity.name);
        lines.push_str(line.trim_end_matches([' ', '|']));
        lines.push('\n');
        for mention in &entity.mentions {
            assert!(
                document.text().get(mention.span.range()).is_some(),
                "{mention:?} is no span of the text"
            );
        }
    }
    expected.assert_eq(&lines);
}

#[test]
fn a_short_form_means_the_division_that_is_written_out() {
    check(
        "苏州市吴江区今年开工多个项目。吴江是苏州最大的区。",
        expect![[r#"
            City 苏州市 | 苏州
            District 吴江区 | 吴江
        "#]],
    );
}

#[test]
fn a_division_that_is_a_word_needs_its_city() {
    check(
        "和平与发展是时代主题，光明在前。天津市河西区发布规划。",
        expect![[r#"
            District 和平
            City 天津市
            District 河西区
        "#]],
    );
}

#[test]
fn the_noun_behind_a_row_says_what_its_members_are() {
    check(
        "会上，芯澜微电子、远昉科技、拓朴生物等20多家高新技术企业与园区签约。",
        expect![[r#"
            Enterprise 芯澜微电子
            Enterprise 远昉科技
            Enterprise 拓朴生物
        "#]],
    );
    check(
        "全市培育量子通信、深海采矿、氢能等未来产业，主攻光伏、动力电池和储能。",
        expect![[r#"
            Cluster 量子通信
            Cluster 深海采矿
            Cluster 氢能
            Cluster 未来产业
            Cluster 光伏
            Cluster 动力电池
            Cluster 储能
        "#]],
    );
    check("数字技术在交通、医疗、教育等领域普遍使用。", expect![[""]]);
}

#[test]
fn a_bundle_of_clusters_has_one_code() {
    check(
        "当地构建“4+2”产业集群，“4+2”产业产值过千亿，“光储车、智慧农”两大主导产业集群成形。",
        expect![[r#"
            Cluster “4+2”产业集群 | “4+2” / “4+2”产业
            Cluster 光储车
            Cluster 智慧农
        "#]],
    );
}

#[test]
fn heads_close_names_and_what_is_done_to_them_stays_outside() {
    check(
        "绵阳市建设北川通用航空产业园，支持西南科技大学组建量子材料研究院，一批产业园开工。",
        expect![[r#"
            City 绵阳市
            Park 北川通用航空产业园
            Cluster 通用航空
            Organization 西南科技大学
            Organization 量子材料研究院
        "#]],
    );
}

#[test]
fn what_is_to_become_of_a_place_is_no_name() {
    check(
        "该县打造全国绿色食品集聚区，推动建设国家级经济技术开发区。",
        expect![[r#"
        Cluster 绿色食品
    "#]],
    );
}

#[test]
fn policies_stand_in_marks_or_behind_verbs_of_issuing() {
    check(
        "常德市印发《常德市烟草产业链提升规划》，出台支持生物医药研发若干措施，实施“千企登云”行动，开展相关工作。",
        expect![[r#"
            City 常德市
            Policy 常德市烟草产业链提升规划
            Policy 支持生物医药研发若干措施
            Cluster 生物医药
            Policy “千企登云”行动
        "#]],
    );
}

#[test]
fn offices_introduce_persons_and_their_firms() {
    check(
        "市委书记欧阳明出席，副市长李青、王一凡陪同；岚图生物董事长赵学海对记者说，项目已经投产。",
        expect![[r#"
            Person 欧阳明
            Person 李青
            Person 王一凡
            Enterprise 岚图生物
            Person 赵学海
        "#]],
    );
}

#[test]
fn industries_inside_names_count_for_parks_but_not_for_laboratories() {
    check(
        "集成电路产业园在无锡开园，半导体联合实验室同日揭牌。",
        expect![[r#"
            Park 集成电路产业园
            Cluster 集成电路
            City 无锡
            Organization 半导体联合实验室
        "#]],
    );
}

#[test]
fn bodies_of_a_region_need_its_name() {
    check(
        "市委、市政府召开会议。大理州人民政府与洱源县政府签约，昆明市委、市政府出席。",
        expect![[r#"
            Organization 大理州人民政府
            Organization 洱源县政府
            Organization 昆明市委
            Organization 市政府
        "#]],
    );
}

#[test]
fn lines_and_their_phases_are_one() {
    check(
        "推动成都轨道交通8号线二期建设，8号线年底通车，成都至西昌高速公路开工。",
        expect![[r#"
            Facility 成都轨道交通8号线二期 | 8号线 / 成都轨道交通8号线
            Facility 成都至西昌高速公路
        "#]],
    );
}

#[test]
fn a_slogan_names_nothing() {
    check("坚持“制造业立市”，喊出“大抓产业”口号。", expect![[""]]);
}

#[test]
fn damaged_and_traditional_text_reads_like_the_sound_one() {
    check(
        "臺南市發(fā)展生物醫(yī)藥產(chǎn)業(yè)，南部科學園區(qū)設廠。",
        expect![[r#"
        City 台南市
        Cluster 生物医药 | 生物医药产业
        Park 南部科学园区
    "#]],
    );
}

#[test]
fn a_city_of_no_lexicon_is_known_by_its_form() {
    check(
        "云岫市发布方案。云岫聚焦集成电路，全市新增两个园区。",
        expect![[r#"
            City 云岫市 | 云岫 / 全市
            Cluster 集成电路
        "#]],
    );
}

#[test]
fn what_is_held_is_named_as_a_whole() {
    check(
        "苏州高新区召开集成电路产业园建设推进会。全区高质量发展产业项目月度集中开竣工活动举行。",
        expect![[r#"
            Zone 苏州高新区
            Event 集成电路产业园建设推进会
            Cluster 集成电路
            Event 全区高质量发展产业项目月度集中开竣工活动
        "#]],
    );
}

#[test]
fn an_amount_tells_which_project_is_meant() {
    check(
        "会上，投资3亿元的智能装备产业园项目、投资2亿元的汽车轮毂生产项目签约。",
        expect![[r#"
            Park 智能装备产业园
            Cluster 智能装备
            Facility 汽车轮毂生产项目
        "#]],
    );
}

#[test]
fn a_name_without_its_middle_is_the_same() {
    check(
        "临沂经济技术开发区扩区。临沂经济开发区今年开工多个项目。",
        expect![[r#"
            Zone 临沂经济技术开发区 | 临沂经济开发区
        "#]],
    );
    check(
        "临江高新综合保税区封关。临江高新综保区今年扩区。",
        expect![[r#"
            Zone 临江高新综合保税区 | 临江高新综保区
        "#]],
    );
}

#[test]
fn a_firm_stands_in_the_name_of_its_site() {
    check(
        "华为智能汽车产业基地落户苏州市，联想集团苏州总部同日揭牌。",
        expect![[r#"
            Park 华为智能汽车产业基地
            Enterprise 华为
            Cluster 智能汽车
            City 苏州市 | 苏州
            Enterprise 联想集团
        "#]],
    );
}

#[test]
fn a_coined_word_before_a_trade_is_a_firm() {
    check(
        "会上签约的有芯澜微电子，当地引来拓朴生物和一家新能源企业。",
        expect![[r#"
            Enterprise 芯澜微电子
            Enterprise 拓朴生物
            Cluster 新能源
        "#]],
    );
}

#[test]
fn the_noun_before_a_row_says_what_its_members_are() {
    check(
        "龙头企业为云岫芯材、澜汀装备和拓朴仪表、远昉射频等。",
        expect![[r#"
            Enterprise 云岫芯材
            Enterprise 澜汀装备
            Enterprise 拓朴仪表
            Enterprise 远昉射频
        "#]],
    );
}

#[test]
fn a_row_that_counts_its_members_joins_the_last_two() {
    check(
        "园区形成电子信息、食品加工、机械与模具三大主导产业。",
        expect![[r#"
            Cluster 电子信息
            Cluster 食品加工
            Cluster 机械与模具
        "#]],
    );
}

#[test]
fn commas_may_part_a_row_of_industries() {
    check(
        "全省推动石化,建材,纺织服装等产业做优做强。",
        expect![[r#"
            Cluster 石化
            Cluster 建材
            Cluster 纺织服装
        "#]],
    );
}

#[test]
fn an_event_bears_its_ordinal_and_is_known_without() {
    check(
        "第六届云岫国际茶博览会开幕，2025年澜汀马拉松同日开跑。",
        expect![[r#"
            Event 第六届云岫国际茶博览会 | 云岫国际茶博览会
            Event 2025年澜汀马拉松 | 澜汀马拉松
        "#]],
    );
}

#[test]
fn persons_may_stand_before_their_office_or_bear_unusual_names() {
    check(
        "澜汀协会李青云会长致辞。乌审旗旗长希尼说，李青、王一凡、赵学海等市领导出席。",
        expect![[r#"
            Organization 澜汀协会
            Person 李青云
            District 乌审旗
            Person 希尼
            Person 李青
            Person 王一凡
            Person 赵学海
        "#]],
    );
}

#[test]
fn what_points_back_means_what_was_named_last() {
    check(
        "云岫精工有限公司扩产。该公司去年上市。",
        expect![[r#"
            Enterprise 云岫精工有限公司 | 该公司
        "#]],
    );
}

#[test]
fn a_date_line_and_a_piece_of_land_name_no_region() {
    check("新华社兰州3月4日电，鄂尔多斯高原晨光初露。", expect![[""]]);
}

#[test]
fn a_firm_may_stand_before_the_place_of_its_site() {
    check(
        "一行走进宜岫松滋公司，云岫集团澜汀物流园同日开园，中创集团参会。",
        expect![[r#"
            Enterprise 宜岫松滋公司
            Park 云岫集团澜汀物流园
            Enterprise 云岫集团
            Cluster 物流
            Enterprise 中创集团
        "#]],
    );
}

#[test]
fn meetings_held_together_are_one_and_a_plenum_is_itself() {
    check(
        "全市产业推进会暨园区工作会议召开，市委三届二次全会暨市委经济工作会议部署落实。",
        expect![[r#"
            Event 全市产业推进会暨园区工作会议
            Event 市委三届二次全会
            Event 市委经济工作会议
        "#]],
    );
}

#[test]
fn trades_in_a_row_are_one_in_the_name_of_a_site() {
    check(
        "云岫医药物流园、澜汀文化创新产业园开园，壮大铝硅基新材料产业。",
        expect![[r#"
            Park 云岫医药物流园
            Cluster 医药物流
            Park 澜汀文化创新产业园
            Cluster 铝硅基新材料 | 铝硅基新材料产业
        "#]],
    );
}

#[test]
fn a_district_that_is_a_new_area_bears_its_city() {
    check(
        "天津滨海新区与四川天府新区签约。",
        expect![[r#"
        District 天津滨海新区
        Zone 四川天府新区
    "#]],
    );
}

#[test]
fn what_the_dictionary_knows_may_be_a_name() {
    check(
        "同济大学与联想集团签约，理工大学不在其中。",
        expect![[r#"
        Organization 同济大学
        Enterprise 联想集团
    "#]],
    );
}

#[test]
fn a_town_is_named_without_what_it_lies_in() {
    check(
        "平湖市当湖街道与习水县温水镇结对。",
        expect![[r#"
        District 平湖市
        District 当湖街道
        District 习水县
        District 温水镇
    "#]],
    );
}

#[test]
fn firms_are_known_by_their_seats_and_by_their_projects() {
    check(
        "签约项目有港务大楼、浦琳生物全球供应链总部，朗轩眼镜、瑞祥科技等一批项目开工。",
        expect![[r#"
            Enterprise 浦琳生物
            Enterprise 朗轩眼镜
            Enterprise 瑞祥科技
        "#]],
    );
}

#[test]
fn a_short_name_that_is_introduced_is_no_thing_of_its_own() {
    check(
        "澜汀人工智能与机器人产业投资基金(下称“AIC基金”)成立，AIC基金首期20亿元。",
        expect![[r#"
            Fund 澜汀人工智能与机器人产业投资基金 | AIC基金
            Cluster 人工智能
            Cluster 机器人
        "#]],
    );
}
