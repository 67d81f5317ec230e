//! Which character each one is read as.

use std::sync::LazyLock;

/// What a character is read as: itself, another one, or nothing.
pub(super) struct Fold(Box<[u16]>);

/// Pairs of a Traditional character and its Simplified one; the file's head names source and licence.
const SIMPLIFIED: &str = include_str!("simplified.txt");

/// Ranges of characters that have no width or control the terminal: read as nothing.
const INVISIBLE: [(u16, u16); 9] = [
    (0x0000, 0x0008),
    (0x000B, 0x001F),
    (0x007F, 0x0084),
    (0x0086, 0x009F),
    (0x00AD, 0x00AD),
    (0x200B, 0x200F),
    (0x202A, 0x202E),
    (0x2060, 0x206F),
    (0xFEFF, 0xFEFF),
];

/// Ranges of characters that the font or the code page of a page lost: private use, and the replacement character.
const LOST: [(u16, u16); 2] = [(0xE000, 0xF8FF), (0xFFFD, 0xFFFD)];

/// Signs that are written in several ways, and the one way that is read.
const SIGNS: [(char, char); 24] = [
    ('\t', ' '),
    ('\u{85}', '\n'),
    ('\u{A0}', ' '),
    ('\u{2002}', ' '),
    ('\u{2003}', ' '),
    ('\u{2009}', ' '),
    ('\u{202F}', ' '),
    ('\u{2028}', '\n'),
    ('\u{2029}', '\n'),
    ('\u{3000}', ' '),
    ('「', '“'),
    ('」', '”'),
    ('『', '‘'),
    ('』', '’'),
    ('﹁', '“'),
    ('﹂', '”'),
    ('‐', '-'),
    ('‑', '-'),
    ('−', '-'),
    ('〜', '~'),
    ('・', '·'),
    ('‧', '·'),
    ('•', '·'),
    ('｡', '。'),
];

impl Fold {
    /// The table, built once.
    pub(super) fn table() -> &'static Self {
        static TABLE: LazyLock<Fold> = LazyLock::new(Fold::new);
        &TABLE
    }

    fn new() -> Self {
        let mut table: Vec<u16> = (0..=u16::MAX).collect();
        let mut set = |from: char, to: char| {
            if let (Ok(from), Ok(to)) = (u16::try_from(from), u16::try_from(to)) {
                table[usize::from(from)] = to;
            }
        };
        for full in '！'..='～' {
            let narrow = u32::from(full) - 0xFEE0;
            set(full, char::from_u32(narrow).unwrap_or(full));
        }
        // Radicals and compatibility ideographs look like the ideograph that they decompose to.
        for variant in ('\u{2F00}'..='\u{2FD5}').chain('\u{F900}'..='\u{FAD9}') {
            let mut decomposed = None;
            unicode_normalization::char::decompose_compatible(variant, |c| decomposed = Some(c));
            set(variant, decomposed.unwrap_or(variant));
        }
        for line in SIMPLIFIED.lines().filter(|line| !line.starts_with('#')) {
            for pair in line.split(' ') {
                let mut pair = pair.chars();
                if let (Some(traditional), Some(simplified)) = (pair.next(), pair.next()) {
                    set(traditional, simplified);
                }
            }
        }
        for (sign, read) in SIGNS {
            set(sign, read);
        }
        for (first, last) in INVISIBLE {
            table[usize::from(first)..=usize::from(last)].fill(0);
        }
        for (first, last) in LOST {
            table[usize::from(first)..=usize::from(last)].fill(0xFFFD);
        }
        Self(table.into_boxed_slice())
    }

    /// What a character is read as; none when as nothing.
    pub(super) fn read(&self, c: char) -> Option<char> {
        match self.0.get(c as usize) {
            None => Some(c),
            Some(0) => None,
            Some(&code) => char::from_u32(u32::from(code)),
        }
    }
}

/// What 著 is read as: itself in 著名, 显著 and the like, else the 着 of 随着.
pub(super) fn particle(before: char, after: &str) -> char {
    let is_word = "显顯卓名专專原土编編论論昭巨".contains(before)
        || after.starts_with(['名', '作', '称', '稱', '者', '述', '录', '錄']);
    if is_word { '著' } else { '着' }
}
