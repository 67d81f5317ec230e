//! What the noun behind a row of names says that they are.

use crate::extraction::Label;

/// What a noun says of the names before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// They are of the label.
    Names(Label),
    /// They are no names of things: 交通、医疗等方面.
    Nothing,
}

/// The endings of nouns, and what they say; the first that fits counts.
const ENDINGS: [(Kind, &[&str]); 9] = [
    (
        Kind::Names(Label::Person),
        &["市领导", "区领导", "县领导", "省领导", "领导", "院士"],
    ),
    (
        Kind::Names(Label::Enterprise),
        &[
            "企业",
            "公司",
            "厂商",
            "巨头",
            "品牌",
            "央企",
            "国企",
            "民企",
            "车企",
            "药企",
            "独角兽",
            "龙头",
            "银行",
            "工厂",
            "运营商",
            "开发商",
        ],
    ),
    (
        Kind::Names(Label::Cluster),
        &[
            "产业",
            "集群",
            "行业",
            "领域",
            "赛道",
            "业态",
            "产业链",
            "产业体系",
            "服务业",
            "制造业",
        ],
    ),
    (
        Kind::Names(Label::Policy),
        &["行动", "工程", "政策", "政策措施", "改革"],
    ),
    (Kind::Names(Label::Park), &["园区", "产业园", "载体"]),
    (Kind::Names(Label::Zone), &["片区"]),
    (
        Kind::Names(Label::Organization),
        &["高校", "院校", "研究机构", "科研院所"],
    ),
    (Kind::Names(Label::Facility), &["项目", "设施"]),
    (
        Kind::Nothing,
        &[
            "城市", "省份", "地区", "区县", "省市", "部门", "环节", "问题", "要素", "群体", "人才",
            "产品", "国家", "活动", "专家", "媒体", "平台", "机构", "单位", "方式", "形式", "工作",
            "技术", "材料", "设备", "服务",
        ],
    ),
];

/// What a noun says of the names before it, where it says anything.
pub(super) fn kind(noun: &str) -> Option<Kind> {
    let mut kinds = ENDINGS.iter();
    let fits = |ends: &[&str]| ends.iter().any(|end| noun.ends_with(end));
    kinds.find(|(_, ends)| fits(ends)).map(|(kind, _)| *kind)
}
