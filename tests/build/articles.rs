//! Folders of articles from which the program builds.

use std::fs;
use std::path::{Path, PathBuf};

use crate::run::{self, tupu};

/// A folder of a test's own with articles in it.
pub(crate) struct Articles {
    pub(crate) articles: PathBuf,
    pub(crate) graph: String,
}

impl Articles {
    /// With so many articles, `a000.txt` and on.
    pub(crate) fn new(test: &str, count: usize) -> Self {
        let place = run::folder(&format!("build-{test}"));
        drop(fs::remove_dir_all(&place));
        let articles = place.join("articles");
        fs::create_dir_all(&articles).expect("the build folder can be written");
        for number in 0..count {
            fs::write(articles.join(format!("a{number:03}.txt")), text(number))
                .expect("it can be written");
        }
        Self {
            articles,
            graph: place.join("graph.ron").display().to_string(),
        }
    }

    /// With these files in the place of articles.
    pub(crate) fn of(test: &str, files: &[(&str, &[u8])]) -> Self {
        let articles = Self::new(test, 0);
        for (name, bytes) in files {
            articles.write(name, bytes);
        }
        articles
    }

    /// Writes one file among the articles.
    pub(crate) fn write(&self, name: &str, bytes: &[u8]) {
        let path = self.articles.join(name);
        let folder = path.parent().expect("it stands in a folder");
        fs::create_dir_all(folder).expect("the build folder can be written");
        fs::write(path, bytes).expect("it can be written");
    }

    /// Writes a file beside the articles and gives its path.
    pub(crate) fn beside(&self, name: &str, text: &str) -> String {
        let path = Path::new(&self.graph).with_file_name(name);
        fs::write(&path, text).expect("it can be written");
        path.display().to_string()
    }

    /// The program's `build` over all articles.
    pub(crate) fn build(&self, more: &[&str]) -> run::Run {
        let articles = self.articles.display().to_string();
        let mut arguments = vec!["build", &articles, "-o", &self.graph];
        arguments.extend(more);
        tupu(&arguments)
    }

    /// The graph as it was written.
    pub(crate) fn graph(&self) -> String {
        fs::read_to_string(&self.graph).expect("the graph was built")
    }
}

/// The text of the article of a number.
pub(crate) fn text(number: usize) -> String {
    format!(
        "深圳市坪山区发布第{number}号通报\n\n2024-01-{:02} 来源:测试报\n\n\
         深圳市坪山区聚焦集成电路产业。坪山区2023年地区生产总值达{}亿元。\n",
        number % 28 + 1,
        1000 + number
    )
}
