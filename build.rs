//! Names the state of the reader: a hash of the code, the grammar, the rules and the lexicons by which articles are read.
//! A build keeps what it read under this name, so that whatever changes the reader lets everything be read anew.
//!
//! Also makes the automaton over the terms of the lexicons, so that the program starts without making it.

use std::env;
use std::error::Error;
use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io;
use std::path::{Path, PathBuf};

use reading::Label;

#[allow(
    dead_code,
    unreachable_pub,
    unused_imports,
    clippy::pedantic,
    reason = "the script needs one function of them"
)]
#[path = "src/extraction/lexicon/mod.rs"]
mod lexicon;
#[allow(
    dead_code,
    unreachable_pub,
    unused_imports,
    clippy::pedantic,
    reason = "the lexicons need its labels"
)]
#[path = "src/extraction/reading.rs"]
mod reading;
#[allow(
    dead_code,
    unreachable_pub,
    unused_imports,
    clippy::pedantic,
    reason = "the lexicons need its spans"
)]
#[path = "src/source/mod.rs"]
mod source;

/// The names by which the lexicons call what they need.
mod extraction {
    pub(crate) use crate::reading::Label;
}

/// What the reading of an article depends on.
const READER: [&str; 3] = ["src/extraction", "src/build/gate.rs", "grammar/rule.pest"];

fn main() -> Result<(), Box<dyn Error>> {
    let mut files = Vec::new();
    for path in READER {
        println!("cargo::rerun-if-changed={path}");
        collect(Path::new(path), &mut files)?;
    }
    files.sort();
    let mut hasher = DefaultHasher::new();
    for path in files {
        path.hash(&mut hasher);
        fs::read(path)?.hash(&mut hasher);
    }
    println!("cargo::rustc-env=TUPU_READER={:016x}", hasher.finish());
    let automaton = lexicon::Lexicon::with(&[])?.automaton.serialize();
    let folder = env::var_os("OUT_DIR").ok_or("cargo names a folder for what is made")?;
    fs::write(Path::new(&folder).join("lexicon.automaton"), automaton)?;
    Ok(())
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    if !path.is_dir() {
        files.push(path.to_owned());
        return Ok(());
    }
    for entry in fs::read_dir(path)? {
        collect(&entry?.path(), files)?;
    }
    Ok(())
}
