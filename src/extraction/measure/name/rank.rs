//! What a rank is of.

use super::bare;

/// The measure that a rank is of: what stands before 居, 位列 and the like, or the list that it stands in.
pub(in crate::extraction::measure) fn ranked(left: &str) -> &str {
    const VERBS: &[&str] = &[
        "位居",
        "居",
        "位列",
        "名列",
        "排名",
        "排在",
        "排",
        "跃居",
        "列",
        "跃升至",
        "跻身",
        "升至",
        "位于",
        "成为",
        "攀升至",
        "上升至",
        "升",
    ];
    let hit = VERBS
        .iter()
        .filter_map(|verb| left.rfind(verb).map(|at| (at, at + verb.len())))
        .max_by_key(|(at, end)| (*end, std::cmp::Reverse(*at)));
    let Some((at, end)) = hit else {
        return bare(left);
    };
    let (measure, list) = (bare(&left[..at]), bare(&left[end..]));
    let is_list = [
        "强区", "强县", "强", "榜", "榜单", "名单", "百强", "指数", "排行",
    ]
    .iter()
    .any(|word| list.contains(word));
    match is_list || measure.is_empty() {
        true if is_list => list,
        _ => measure,
    }
}

/// The list or contest that a sentence spoke of before it gives a rank: 公布…发展评估结果,甲园排在第1位.
pub(in crate::extraction::measure) fn list(before: &str) -> &str {
    const LISTS: [&str; 9] = [
        "评估",
        "评价",
        "考核",
        "排名",
        "排行榜",
        "榜单",
        "排行",
        "名单",
        "指数",
    ];
    const OPENERS: [&str; 17] = [
        "，", ",", "。", "、", "发布", "公布", "在", "的", "据", "出炉", "获", "对", "年", "年度",
        "参加", "根据", "》",
    ];
    let last = LISTS
        .iter()
        .filter_map(|word| before.rfind(word).map(|at| at + word.len()))
        .max();
    let Some(end) = last else { return "" };
    let head = &before[..end];
    let start = OPENERS
        .iter()
        .filter_map(|word| head.rfind(word).map(|at| at + word.len()))
        .max();
    bare(&head[start.unwrap_or(0)..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_have_names() {
        assert_eq!(ranked("经济总量居全国"), "经济总量");
        assert_eq!(ranked("跃升至中国工业百强区"), "中国工业百强区");
    }
}
