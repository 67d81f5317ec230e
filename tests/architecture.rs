//! The house's floors: every import under `src/` runs downward, and only where this table says so.
//!
//! Reads each `crate::` path of each file, unit tests included, comments left out. The same table, without the imports,
//! stands in `docs/ARCHITECTURE.md`; a test holds the two against each other.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// A top-level module and what it may import.
struct Module {
    floor: u8,
    name: &'static str,
    /// Other modules, or parts of them: `syntax::ast` allows no more of `syntax`.
    imports: &'static [&'static str],
}

const fn module(floor: u8, name: &'static str, imports: &'static [&'static str]) -> Module {
    Module {
        floor,
        name,
        imports,
    }
}

/// The modules from the ground up, each with the least that it needs.
const HOUSE: &[Module] = &[
    module(0, "source", &[]),
    module(0, "value", &[]),
    module(1, "syntax", &["source"]),
    module(1, "graph", &["value"]),
    module(2, "evidence", &["source", "value", "graph"]),
    module(2, "ontology", &["source", "value", "graph"]),
    module(3, "function", &["value", "graph", "evidence"]),
    module(3, "render", &["value", "graph", "ontology"]),
    module(
        3,
        "format",
        &["source", "value", "graph", "evidence", "ontology", "render"],
    ),
    module(3, "extraction", &["source", "value"]),
    module(3, "store", &["value", "graph", "evidence", "ontology"]),
    module(4, "input", &["value", "extraction"]),
    module(4, "expression", &["source", "value", "graph", "function"]),
    module(
        5,
        "algebra",
        &["source", "value", "syntax", "function", "expression"],
    ),
    module(
        6,
        "plan",
        &[
            "source",
            "value",
            "syntax::ast",
            "graph",
            "evidence",
            "function",
            "expression",
            "algebra",
        ],
    ),
    module(
        7,
        "execution",
        &[
            "source",
            "value",
            "syntax::ast",
            "graph",
            "evidence",
            "function",
            "expression",
            "algebra",
            "plan",
        ],
    ),
    module(
        8,
        "session",
        &[
            "source",
            "value",
            "syntax",
            "graph",
            "evidence",
            "function",
            "ontology",
            "format",
            "expression",
            "algebra",
            "plan",
            "execution",
            "store",
        ],
    ),
    module(9, "lookup", &["source", "value", "graph", "render"]),
    module(
        9,
        "build",
        &[
            "source",
            "value",
            "graph",
            "evidence",
            "ontology",
            "format",
            "extraction",
            "store",
        ],
    ),
    module(
        10,
        "repl",
        &[
            "source", "value", "syntax", "graph", "evidence", "function", "render", "format",
            "session", "lookup",
        ],
    ),
    module(
        10,
        "server",
        &["source", "value", "graph", "function", "render", "session"],
    ),
    module(
        11,
        "command",
        &[
            "source",
            "value",
            "graph",
            "ontology",
            "render",
            "format",
            "extraction",
            "input",
            "session",
            "lookup",
            "build",
            "repl",
            "server",
        ],
    ),
];

/// A path that begins at the crate's root, and where it stands.
struct Import {
    file: String,
    line: usize,
    /// The module in which it stands.
    from: String,
    /// What follows `crate::`, as far as it is written without a group.
    path: String,
}

#[test]
fn every_import_runs_downward() {
    let mut faults = String::new();
    for import in imports() {
        let own = HOUSE.iter().find(|module| module.name == import.from);
        let Some(own) = own else {
            continue; // The next test tells of a module that is not listed.
        };
        let target = import.path.split("::").next().unwrap_or_default();
        let is_allowed = |allowed: &&str| covers(allowed, &import.path);
        if target == own.name || own.imports.iter().any(is_allowed) {
            continue;
        }
        let other = HOUSE.iter().find(|module| module.name == target);
        let reason = match other {
            None => "which is no module of the table".to_owned(),
            Some(other) if other.floor > own.floor => {
                format!("which stands above it, on floor {}", other.floor)
            }
            Some(other) if other.floor == own.floor => {
                "which stands beside it, on the same floor".to_owned()
            }
            Some(_) => "which it has done without until now".to_owned(),
        };
        writeln!(
            faults,
            "{}:{}: `{}` (floor {}) imports `{}`, {reason}.\n    It may import: {}.",
            import.file,
            import.line,
            own.name,
            own.floor,
            import.path,
            match own.imports {
                [] => "nothing of the house".to_owned(),
                imports => imports.join(", "),
            },
        )
        .expect("writing to a string");
    }
    assert!(
        faults.is_empty(),
        "imports that the house does not allow:\n\n{faults}\n\
         Move what both need to a floor below both, or pass it in. If the house itself has changed, change HOUSE in\n\
         tests/architecture.rs, and the table in docs/ARCHITECTURE.md with it."
    );
}

#[test]
fn every_module_is_listed() {
    let listed: BTreeSet<&str> = HOUSE.iter().map(|module| module.name).collect();
    let found: BTreeSet<String> = sources()
        .iter()
        .filter_map(|file| module_of(file))
        .collect();
    let unlisted: Vec<&String> = found
        .iter()
        .filter(|name| !listed.contains(name.as_str()))
        .collect();
    let missing: Vec<&&str> = listed
        .iter()
        .filter(|name| !found.contains(**name))
        .collect();
    assert!(
        unlisted.is_empty() && missing.is_empty(),
        "src/ and the table in tests/architecture.rs differ: without a floor {unlisted:?}, without a folder {missing:?}"
    );
}

#[test]
fn the_table_allows_no_more_than_is_used_and_nothing_upward() {
    let imports = imports();
    let mut faults = String::new();
    for (at, module) in HOUSE.iter().enumerate() {
        for allowed in module.imports {
            let below = HOUSE[..at].iter().any(|other| covers(other.name, allowed));
            let is_used = imports
                .iter()
                .any(|import| import.from == module.name && covers(allowed, &import.path));
            let own = module.name;
            if !below {
                writeln!(
                    faults,
                    "`{own}` may import `{allowed}`, which is not listed before it"
                )
                .expect("writing to a string");
            } else if !is_used {
                writeln!(faults, "`{own}` may import `{allowed}`, and does not")
                    .expect("writing to a string");
            }
        }
    }
    assert!(
        faults.is_empty(),
        "HOUSE in tests/architecture.rs:\n{faults}"
    );
}

#[test]
fn the_documentation_shows_the_same_floors() {
    let text = std::fs::read_to_string(root().join("docs/ARCHITECTURE.md"))
        .expect("the architecture is described");
    let mut documented = Vec::new();
    for line in text.lines() {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let [_, floor, modules, ..] = cells.as_slice() else {
            continue;
        };
        let Ok(floor) = floor.parse::<u8>() else {
            continue;
        };
        let names = modules.split('`').filter(|name| !name.trim().is_empty());
        documented.extend(names.map(|name| (floor, name.to_owned())));
    }
    let house: Vec<(u8, String)> = HOUSE
        .iter()
        .map(|module| (module.floor, module.name.to_owned()))
        .collect();
    assert_eq!(
        documented, house,
        "the table in docs/ARCHITECTURE.md on the left, HOUSE on the right"
    );
}

#[test]
fn the_program_only_calls_the_top_floor() {
    let text = read(&root().join("src/main.rs"));
    for (line, path) in rooted_paths(&text, "tupu") {
        assert!(
            covers("command", &path),
            "src/main.rs:{line}: the program calls `{path}`; it reads arguments and calls `command`"
        );
    }
}

#[test]
fn paths_are_read_out_of_groups() {
    let text = "use crate::syntax::{self, ast::{Mode, Query}};\n// crate::left::out\n\
                fn f() -> crate::value::Value { crate::graph::Graph::new() }";
    let paths: Vec<String> = rooted_paths(text, "crate")
        .into_iter()
        .map(|(line, path)| format!("{line} {path}"))
        .collect();
    assert_eq!(
        paths,
        [
            "1 syntax::self",
            "1 syntax::ast::Mode",
            "1 syntax::ast::Query",
            "3 value::Value",
            "3 graph::Graph::new"
        ]
    );
}

/// Whether a path is the allowed one or leads into it.
fn covers(allowed: &str, path: &str) -> bool {
    let mut steps = path.split("::");
    allowed.split("::").all(|step| steps.next() == Some(step))
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All source files, in a fixed order.
fn sources() -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![root().join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("the folder can be listed") {
            let path = entry.expect("the folder can be listed").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

/// The top-level module of a file; none for the crate's roots.
fn module_of(file: &Path) -> Option<String> {
    let inside = file.strip_prefix(root().join("src")).ok()?;
    let first = inside.components().next()?.as_os_str().to_str()?;
    let name = first.strip_suffix(".rs").unwrap_or(first);
    (!matches!(first, "lib.rs" | "main.rs")).then(|| name.to_owned())
}

fn imports() -> Vec<Import> {
    let mut imports = Vec::new();
    for file in sources() {
        let Some(from) = module_of(&file) else {
            continue;
        };
        let name = file.strip_prefix(root()).unwrap_or(&file);
        for (line, path) in rooted_paths(&read(&file), "crate") {
            imports.push(Import {
                file: name.display().to_string(),
                line,
                from: from.clone(),
                path,
            });
        }
    }
    imports
}

fn read(file: &Path) -> String {
    std::fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

/// The paths that begin at a root, groups written out, each with its line. Comments are no imports.
fn rooted_paths(text: &str, root: &str) -> Vec<(usize, String)> {
    let code: Vec<&str> = text
        .lines()
        .map(|line| line.split("//").next().unwrap_or_default())
        .collect();
    let code = code.join("\n");
    let start = format!("{root}::");
    let mut paths = Vec::new();
    for (at, _) in code.match_indices(&start) {
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        if code[..at].ends_with(is_word) {
            continue;
        }
        let line = code[..at].matches('\n').count() + 1;
        let mut rest = &code[at + start.len()..];
        let mut found = Vec::new();
        write_out(&mut rest, "", &mut found);
        paths.extend(found.into_iter().map(|path| (line, path)));
    }
    paths
}

/// Reads `a::b` or `a::{b, c::d}` off the front of a text.
fn write_out(rest: &mut &str, before: &str, paths: &mut Vec<String>) {
    *rest = rest.trim_start();
    if let Some(inside) = rest.strip_prefix('{') {
        *rest = inside;
        while !rest.is_empty() && !rest.starts_with('}') {
            write_out(rest, before, paths);
            *rest = rest.trim_start().trim_start_matches(',').trim_start();
        }
        *rest = rest.strip_prefix('}').unwrap_or(rest);
        return;
    }
    let end = rest
        .find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '*'))
        .unwrap_or(rest.len());
    let path = match (before, &rest[..end]) {
        ("", step) => step.to_owned(),
        (before, step) => format!("{before}::{step}"),
    };
    *rest = &rest[end..];
    if let Some(after) = rest.strip_prefix("::")
        && !after.starts_with('<')
    {
        *rest = after;
        write_out(rest, &path, paths);
        return;
    }
    // `a as b`: the other name is none of the path.
    if let Some(renamed) = rest.trim_start().strip_prefix("as ") {
        let end = renamed.find([',', '}', ';']).unwrap_or(renamed.len());
        *rest = &renamed[end..];
    }
    if end == 0 {
        // Not a path: one character on, so that reading ends.
        *rest = rest.get(1..).unwrap_or_default();
        return;
    }
    paths.push(path);
}
