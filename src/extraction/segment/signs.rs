//! Words by which a site speaks of itself.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

use super::Reason;
use super::line::Line;

/// What a sign is worth: at [`ENOUGH`], a line is furniture.
type Weight = u32;

const ENOUGH: Weight = 4;

/// The signs of each reason; the longer of two that begin at one place counts.
const SIGNS: [(Reason, Weight, &[&str]); 9] = [
    (
        Reason::Copyright,
        4,
        &[
            "©",
            "copyright",
            "all rights reserved",
            "版权所有",
            "icp备",
            "icp证",
            "公网安备",
            "网安备",
            "备案号",
            "免责声明",
            "不得转载",
            "转载须",
            "转载请",
            "违者必究",
            "追究其",
            "文责自负",
            "不代表本",
            "不代表我",
            "版权归",
            "侵权请",
            "许可证号",
            "违法和不良信息举报",
        ],
    ),
    (
        Reason::Copyright,
        2,
        &[
            "版权",
            "著作权",
            "转载",
            "侵权",
            "作者个人",
            "仅供参考",
            "授权",
        ],
    ),
    (
        Reason::Editors,
        3,
        &[
            "@",
            "联系邮箱",
            "联系电话",
            "联系方式",
            "联系我们",
            "投稿",
            "爆料",
            "客服",
            "热线",
            "传真",
            "邮编",
        ],
    ),
    (Reason::Editors, 2, &["qq", "邮箱", "电话", "来信", "编辑"]),
    (
        Reason::Advert,
        4,
        &[
            "订户",
            "红包",
            "福袋",
            "订阅我们",
            "关注我们",
            "长按识别",
            "扫描二维码",
            "扫码关注",
            "点击下载",
            "立即下载",
            "入金",
        ],
    ),
    (
        Reason::Advert,
        2,
        &[
            "广告",
            "尽在",
            "app",
            "扫码",
            "二维码",
            "公众号",
            "订阅",
            "开户",
            "炒股",
            "中奖",
            "抽奖",
            "领取",
            "惊喜",
            "免费",
            "点击",
            "月费",
            "抢购",
            "福利",
            "微信",
            "下载",
            "资讯",
        ],
    ),
    (
        Reason::Related,
        3,
        &["返回列表", "返回顶部", "返回首页", "更多精彩", "猜你喜欢"],
    ),
    (
        Reason::Navigation,
        3,
        &[
            "网站地图",
            "关于本站",
            "关于我们",
            "加入收藏",
            "设为首页",
            "技术支持",
        ],
    ),
    (
        Reason::Navigation,
        2,
        &[
            "首页",
            "招聘信息",
            "联系合作",
            "登录",
            "注册",
            "正文",
            "当前位置",
            "您的位置",
        ],
    ),
];

/// Words with which a list of links begins; what follows it belongs to it.
const RELATED: [&str; 27] = [
    "相关阅读",
    "相关新闻",
    "相关链接",
    "相关文章",
    "相关资讯",
    "相关推荐",
    "延伸阅读",
    "推荐阅读",
    "热点新闻",
    "热点视频",
    "热点舆情",
    "热门文章",
    "热门推荐",
    "热门新闻",
    "最近更新",
    "最新更新",
    "最新文章",
    "最新资讯",
    "猜你喜欢",
    "更多新闻",
    "更多文章",
    "为您推荐",
    "编辑推荐",
    "今日热点",
    "精彩推荐",
    "网友评论",
    "发表评论",
];

/// Words with which one link, or the keywords of a page, begin.
const LINK: [&str; 14] = [
    "上一条",
    "下一条",
    "上一篇",
    "下一篇",
    "标签:",
    "关键词:",
    "关键字:",
    "tags:",
    "系列文章:",
    "返回列表",
    "返回顶部",
    "返回首页",
    "分享到",
    "展开全文",
];

struct Signs {
    automaton: AhoCorasick,
    meanings: Vec<(Reason, Weight)>,
}

static TABLE: LazyLock<Signs> = LazyLock::new(|| {
    let mut patterns: Vec<&str> = Vec::new();
    let mut meanings = Vec::new();
    for (reason, weight, words) in SIGNS {
        patterns.extend(words);
        meanings.extend(words.iter().map(|_| (reason, weight)));
    }
    let automaton = AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .match_kind(MatchKind::LeftmostLongest)
        .build(patterns)
        .expect("a table of short words makes an automaton");
    Signs {
        automaton,
        meanings,
    }
});

/// Why a line is furniture, by the words in it.
///
/// The more the line says, the more signs it takes: a sentence may well speak of an app or of copyright.
pub(super) fn reason(line: &Line<'_>) -> Option<Reason> {
    let table = &*TABLE;
    let mut sum = 0;
    let mut strongest = None;
    for found in table.automaton.find_iter(line.text) {
        let (reason, weight) = table.meanings[found.pattern().as_usize()];
        sum += weight;
        if strongest.is_none_or(|(_, most)| weight > most) {
            strongest = Some((reason, weight));
        }
    }
    let (reason, _) = strongest?;
    let needed = match line.length {
        0..=6 => 2,
        7..=60 => ENOUGH,
        61..=150 => ENOUGH + 2,
        _ => ENOUGH + ENOUGH,
    };
    (sum >= needed).then_some(reason)
}

/// Whether a line begins a list of links to other pages.
pub(super) fn begins_links(line: &Line<'_>) -> bool {
    line.length <= 12 && RELATED.iter().any(|word| line.bare().starts_with(word))
}

/// Whether a line is one link, or the keywords of the page.
pub(super) fn is_link(line: &Line<'_>) -> bool {
    let bare = line.bare();
    LINK.iter().any(|word| bare.starts_with(word))
        || (!bare.contains(' ') && (bare.starts_with("http://") || bare.starts_with("https://")))
}
