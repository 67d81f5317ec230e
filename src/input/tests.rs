use std::fs;

use super::*;

/// A folder of its own, taken away at the end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str, files: &[(&str, &[u8])]) -> Self {
        let folder = std::env::temp_dir().join(format!("tupu-input-{}-{name}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder for the test");
        for (name, bytes) in files {
            fs::write(folder.join(name), bytes).expect("a file for the test");
        }
        Self(folder)
    }

    /// Each article's id and text, and each error's reason.
    fn read(&self) -> Vec<String> {
        Inputs::new([&self.0])
            .map(|article| match article {
                Ok(article) => format!("{}: {}", article.id, article.text.trim()),
                Err(error) => format!("! {}", error.reason),
            })
            .collect()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}

#[test]
fn texts_are_read_in_every_encoding() {
    let text = "甲区聚焦集成电路,建设甲园,引进乙公司等企业,力争全年产值突破百亿元。";
    let (gb, ..) = encoding_rs::GB18030.encode(text);
    let folder = Folder::new(
        "encodings",
        &[
            ("a.txt", text.as_bytes()),
            ("b.txt", &gb),
            ("c.txt", b"\0\x01\x02\xff"),
        ],
    );
    let found = folder.read();
    assert_eq!(found[..2], [format!("a: {text}"), format!("b: {text}")]);
    assert!(found[2].starts_with("! text neither"), "{found:?}");
}

#[test]
fn rows_of_tables_are_articles_and_bad_rows_are_told() {
    let folder = Folder::new(
        "tables",
        &[
            (
                "a.csv",
                "标题,正文,日期\n甲,甲区建园。,2024-03-05\n乙,,2024-03-06\n".as_bytes(),
            ),
            (
                "b.jsonl",
                "{\"id\":\"x\",\"text\":\"丙区建园。\"}\n{\"text\":\n".as_bytes(),
            ),
            ("c.csv", b"a,b\n1,2\n"),
        ],
    );
    let found = folder.read();
    assert_eq!(found[0], "a-2: 甲区建园。");
    assert_eq!(found[1], "! no text in it");
    assert_eq!(found[2], "x: 丙区建园。");
    assert!(found[3].starts_with("! damaged"), "{found:?}");
    assert_eq!(found[4], "! no column named text among: a, b");
}

#[test]
fn pages_are_read_without_what_stands_around_the_article() {
    let page = "<html><head><meta property='og:title' content='甲区建园'></head><body><nav>首页 新闻</nav><div><h1>甲区建园</h1>\
                <div><p>甲区昨天宣布建设甲园,占地约十万平方米。</p><p>乙公司将入驻园区,从事集成电路的研发。</p></div></div>\
                <footer>版权所有</footer></body></html>";
    let folder = Folder::new("pages", &[("a.html", page.as_bytes())]);
    assert_eq!(
        folder.read(),
        [
            "a: 甲区建园\n甲区昨天宣布建设甲园,占地约十万平方米。\n乙公司将入驻园区,从事集成电路的研发。"
        ]
    );
}

#[test]
fn hostile_files_are_errors() {
    let deep = "<div>".repeat(100_000);
    let folder = Folder::new(
        "hostile",
        &[
            ("a.txt", b""),
            ("b.html", deep.as_bytes()),
            ("c.pdf", b"%PDF-1.7\n1 0 obj <<"),
            ("d.docx", b"PK\x03\x04 broken"),
            ("e.xlsx", b"PK\x03\x04 broken"),
        ],
    );
    let found = folder.read();
    assert_eq!(found.len(), 5);
    assert!(found.iter().all(|line| line.starts_with("! ")), "{found:?}");
}
