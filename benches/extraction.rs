//! How much article text is read a second, from bytes to claims, and how long the program takes to be ready for it.
//!
//! ```sh
//! cargo bench --bench extraction
//! ```
//!
//! Reads the annotated articles beside the repository where they are, else those of `examples/`, repeated and shuffled.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use rayon::prelude::*;
use tupu::build::claims;
use tupu::extraction::{Article, Knowledge, read};

fn main() {
    divan::main();
}

/// How many bytes of text one round reads.
const ROUND: usize = 2_000_000;

/// From bytes to claims, on one core and on two.
#[divan::bench(args = [1, 2], sample_count = 10, sample_size = 1)]
fn articles(bencher: Bencher<'_, '_>, cores: usize) {
    let articles = shuffled();
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(cores)
        .build()
        .expect("threads can be started");
    let knowledge = Knowledge::standard();
    let bytes: usize = articles.iter().map(Vec::len).sum();
    bencher.counter(BytesCount::new(bytes)).bench(|| {
        pool.install(|| {
            articles
                .par_iter()
                .map(|text| claimed(text, knowledge))
                .sum::<usize>()
        })
    });
}

/// Until the first article can be read: all lexicons and rules.
#[divan::bench(sample_count = 20, sample_size = 1)]
fn start() -> Knowledge {
    Knowledge::with(black_box(&[])).expect("the standard lexicons are well formed")
}

/// How many claims an article of these bytes makes.
fn claimed(bytes: &[u8], knowledge: &Knowledge) -> usize {
    let article = Article {
        id: "article".into(),
        title: None,
        source: None,
        date: None,
        text: String::from_utf8_lossy(bytes).into(),
    };
    let reading = read(&article, knowledge);
    let claims = claims(&article, &reading, String::new());
    claims.relations.len() + claims.indicators.len()
}

/// The articles at hand, repeated until there are enough, in an order without a pattern.
fn shuffled() -> &'static [Vec<u8>] {
    static ARTICLES: OnceLock<Vec<Vec<u8>>> = OnceLock::new();
    ARTICLES.get_or_init(|| {
        let texts = texts();
        let mut state: usize = 20_26;
        let mut length = 0;
        let next = || {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            Some(texts[(state >> 33) % texts.len()].clone())
        };
        std::iter::from_fn(next)
            .take_while(|text| {
                length += text.len();
                length <= ROUND
            })
            .collect()
    })
}

fn texts() -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let shared = ["../shared/corpus", "../../shared/corpus"]
        .map(|folder| root.join(folder))
        .into_iter()
        .find(|folder| folder.is_dir());
    let folders = match shared {
        Some(folder) => vec![folder.join("unlabelled"), folder],
        None => vec![root.join("examples/articles")],
    };
    let mut paths: Vec<PathBuf> = folders
        .iter()
        .flat_map(|folder| folder.read_dir().expect("the folder can be listed"))
        .map(|entry| entry.expect("the folder can be listed").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    paths.sort();
    let read = |path: &PathBuf| std::fs::read(path).expect("an article can be read");
    paths.iter().map(read).collect()
}
