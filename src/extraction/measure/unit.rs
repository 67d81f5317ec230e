//! The units behind numbers.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// What a unit measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dimension {
    /// Things are counted: 家, 个.
    Count,
    /// An amount: 元, 平方米, 吨.
    Amount,
    /// %
    Percent,
    /// 个百分点
    Points,
    /// 倍
    Times,
}

/// A unit as written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unit {
    written: &'static str,
    /// The base unit.
    pub base: &'static str,
    /// How many of the base unit it is.
    pub factor: f64,
    pub dimension: Dimension,
}

const fn unit(
    written: &'static str,
    base: &'static str,
    factor: f64,
    dimension: Dimension,
) -> Unit {
    Unit {
        written,
        base,
        factor,
        dimension,
    }
}

const fn count(written: &'static str) -> Unit {
    unit(written, written, 1.0, Dimension::Count)
}

const fn amount(written: &'static str) -> Unit {
    unit(written, written, 1.0, Dimension::Amount)
}

/// Longer ones before those that begin them.
const UNITS: &[Unit] = &[
    unit("个百分点", "个百分点", 1.0, Dimension::Points),
    unit("百分点", "个百分点", 1.0, Dimension::Points),
    unit("%", "%", 1.0, Dimension::Percent),
    unit("％", "%", 1.0, Dimension::Percent),
    unit("倍", "倍", 1.0, Dimension::Times),
    unit("人民币", "元", 1.0, Dimension::Amount),
    unit("元人民币", "元", 1.0, Dimension::Amount),
    amount("美元"),
    unit("美金", "美元", 1.0, Dimension::Amount),
    amount("港元"),
    amount("港币"),
    amount("欧元"),
    amount("日元"),
    amount("新台币"),
    amount("元"),
    unit("平方米", "平方米", 1.0, Dimension::Amount),
    unit("平方公尺", "平方米", 1.0, Dimension::Amount),
    unit("㎡", "平方米", 1.0, Dimension::Amount),
    unit("m²", "平方米", 1.0, Dimension::Amount),
    unit("平米", "平方米", 1.0, Dimension::Amount),
    amount("平方千米"),
    amount("平方公里"),
    amount("平方呎"),
    amount("平方尺"),
    amount("呎"),
    amount("公顷"),
    amount("亩"),
    amount("坪"),
    amount("公里"),
    amount("千米"),
    amount("米"),
    amount("立方米"),
    amount("万标箱"),
    amount("标箱"),
    amount("吨"),
    amount("千瓦时"),
    amount("千瓦"),
    amount("兆瓦"),
    amount("吉瓦"),
    amount("度"),
    amount("人次"),
    amount("架次"),
    amount("台套"),
    amount("辆"),
    amount("台"),
    amount("平方"),
    amount("英镑"),
    amount("韩元"),
    amount("平方英尺"),
    amount("英尺"),
    amount("立方"),
    amount("吨标准煤"),
    amount("公斤"),
    amount("千克"),
    amount("克"),
    amount("斤"),
    amount("升"),
    amount("千升"),
    amount("千伏安"),
    amount("千伏"),
    amount("标准箱"),
    amount("车次"),
    amount("班次"),
    amount("航次"),
    amount("分"),
    count("家"),
    count("个"),
    count("名"),
    count("人"),
    count("位"),
    count("条"),
    count("件"),
    count("项"),
    count("户"),
    count("所"),
    count("只"),
    count("支"),
    count("座"),
    count("场"),
    count("套"),
    count("堂"),
    count("栋"),
    count("幢"),
    count("宗"),
    count("款"),
    count("间"),
    count("处"),
    count("伙"),
    count("艘"),
    count("架"),
    count("列"),
    count("株"),
    count("张"),
    count("部"),
    count("幅"),
    count("对"),
    count("枚"),
    count("班"),
    count("趟"),
    count("站"),
    count("辈"),
    count("头"),
    count("羽"),
    count("尾"),
    count("片"),
    count("块"),
    count("箱"),
    count("桶"),
    count("瓶"),
    count("册"),
    count("组"),
    count("颗"),
    count("粒"),
    count("笔"),
    count("单"),
    count("种"),
    count("次"),
];

/// The units by their first character.
static BY_FIRST: LazyLock<FxHashMap<char, Vec<&'static Unit>>> = LazyLock::new(|| {
    let mut all: FxHashMap<char, Vec<&'static Unit>> = FxHashMap::default();
    for unit in UNITS {
        all.entry(unit.written.chars().next().expect("a unit is written"))
            .or_default()
            .push(unit);
    }
    all
});

/// The unit at the head of a text, and its length.
pub(super) fn unit_at(text: &str) -> Option<(Unit, usize)> {
    let trimmed = text.trim_start_matches(' ');
    let skipped = text.len() - trimmed.len();
    let longest = BY_FIRST
        .get(&trimmed.chars().next()?)?
        .iter()
        .filter(|unit| {
            trimmed.starts_with(unit.written) && !is_word(unit, &trimmed[unit.written.len()..])
        })
        .max_by_key(|unit| unit.written.len())?;
    Some((**longest, skipped + longest.written.len()))
}

/// Whether a unit's character begins another word: 人口, 个人, 条件.
fn is_word(unit: &Unit, behind: &str) -> bool {
    let next: &[char] = match unit.written {
        "人" => &[
            '口', '才', '士', '工', '员', '民', '均', '类', '群', '大', '力',
        ],
        "条" => &['件', '例'],
        "家" => &['庭', '用', '乡', '园', '电'],
        "台" => &['阶'],
        "位" => &['数', '于', '居', '列'],
        "部" => &['门', '分', '委'],
        "场" => &['景', '馆', '地'],
        "项" => &['目'],
        "度" => &['假'],
        "站" => &['点'],
        "班" => &['子'],
        "分" => &[
            '钟', '之', '会', '公', '别', '布', '支', '为', '成', '局', '行', '校', '园', '工',
            '期',
        ],
        "头" => &['部', '企', '雁'],
        "片" => &['区'],
        "块" => &['地', '链'],
        "组" => &['团', '织', '长'],
        "单" => &['位', '体', '项', '元', '个', '品'],
        "次" => &['产', '日', '年', '月', '之'],
        "种" => &['植', '子', '业', '养', '苗'],
        "升" => &['至', '级', '到'],
        _ => return false,
    };
    behind.starts_with(next)
}

/// What people without a unit are: 人口过千万.
pub(super) const PEOPLE: Unit = count("人");

/// What is meant by a part of 个.
pub(super) const POINTS: Unit = unit("个", "个百分点", 1.0, Dimension::Points);

/// What 亿 and 万亿 without a unit are.
pub(super) const MONEY: Unit = unit("", "元", 1.0, Dimension::Amount);
