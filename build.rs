//! Names the state of the reader: a hash of the code, the grammar, the rules and the lexicons by which articles are read.
//!
//! A build keeps what it read under this name, so that whatever changes the reader lets everything be read anew.

use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io;
use std::path::{Path, PathBuf};

/// What the reading of an article depends on.
const READER: [&str; 3] = ["src/extraction", "src/build/gate.rs", "grammar/rule.pest"];

fn main() -> io::Result<()> {
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
