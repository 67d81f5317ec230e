use proptest::prelude::*;

use super::*;

/// The text as read, and each of its characters with what it stands for.
fn read(found: &str) -> (String, Vec<String>) {
    let normalized = Normalized::new(found);
    let text = normalized.text().to_owned();
    let pieces = text
        .char_indices()
        .map(|(at, c)| {
            let span = normalized.original(Span::new(at, at + c.len_utf8()));
            found[span.range()].to_owned()
        })
        .collect();
    (text, pieces)
}

#[test]
fn width_script_and_quotation_marks_are_read_in_one_way() {
    let (text, pieces) = read("「產業」ＧＤＰ：５％　（甲）");
    assert_eq!(text, "“产业”GDP:5% (甲)");
    assert_eq!(pieces[..4], ["「", "產", "業", "」"]);
    assert_eq!(
        pieces[4..],
        [
            "Ｇ", "Ｄ", "Ｐ", "：", "５", "％", "\u{3000}", "（", "甲", "）"
        ]
    );
}

#[test]
fn readings_behind_characters_belong_to_them() {
    let (text, pieces) = read("創(chuàng)新區(qū)(試點)");
    assert_eq!(text, "创新区(试点)");
    assert_eq!(pieces, ["創(chuàng)", "新", "區(qū)", "(", "試", "點", ")"]);
}

#[test]
fn what_nobody_sees_is_not_read() {
    let (text, pieces) = read("\u{FEFF}甲\u{200B}乙\u{7}丙\r\n丁\u{A0}");
    assert_eq!(text, "甲乙丙\n丁 ");
    assert_eq!(pieces, ["甲", "乙", "丙", "\n", "丁", "\u{A0}"]);
}

#[test]
fn compatibility_ideographs_are_the_usual_ones() {
    assert_eq!(
        Normalized::new("\u{2F42}\u{F98A}").text(),
        "\u{6587}\u{529B}"
    );
}

/// Texts of all that articles are made of.
fn texts() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "產", "业", "(chǎn)", "(", ")", "?", "jiǎng)", "，", "Ａ", "9", "\u{200B}", "\r\n", "\r",
        "「", "\u{E123}", "𠀀", "。", "é", "\u{0}", "　", "聚焦", "潛", "力", "；", "！",
    ]);
    prop::collection::vec(pieces, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn every_span_maps_to_characters_in_their_order(found in texts()) {
        let normalized = Normalized::new(&found);
        let text = normalized.text();
        let bounds: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let mut last = Span::default();
        for pair in bounds.windows(2) {
            let span = normalized.original(Span::new(pair[0], pair[1]));
            prop_assert!(found.get(span.range()).is_some_and(|piece| !piece.is_empty()));
            prop_assert!(last.start <= span.start && last.end <= span.end);
            last = span;
            let from_start = normalized.original(Span::new(0, pair[1]));
            prop_assert_eq!(from_start.end, span.end);
        }
    }

    #[test]
    fn what_is_read_reads_as_itself(found in texts()) {
        let once = Normalized::new(&found);
        // A question mark that is left may stand before what looks like a lost reading only now.
        prop_assume!(!once.text().contains(['?', '(']));
        let twice = Normalized::new(once.text());
        prop_assert_eq!(once.text(), twice.text());
        prop_assert!(twice.runs.is_empty());
    }
}
