//! The registry of identities: a RON file in the user's hands that says who is who.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::Error;

/// Who is who: names that are given, things that are one, things that are not.
///
/// ```
/// use tupu::build::Registry;
///
/// let registry = Registry::parse(
///     "registry.ron",
///     r#"Registry(
///         version: 1,
///         entities: [Entity(label: "Enterprise", name: "比亚迪", aliases: ["比亚迪股份有限公司"], codes: ["91440300192317458F"])],
///         merges: [Merge(of: ["Park/甲园", "Park/甲产业园"], reason: "same address")],
///         apart: [Apart(of: ["Person/张伟@report-a", "Person/张伟@report-b"], reason: "two people")],
///     )"#,
/// )?;
/// assert_eq!(registry.entities[0].codes, ["91440300192317458F"]);
/// # Ok::<(), tupu::build::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Registry {
    /// The version of the format: 1.
    pub version: u32,
    /// Things with the name that the graph is to show, and the names that mean them.
    #[serde(default)]
    pub entities: Vec<Entity>,
    /// Things that are one; the first gives the name.
    #[serde(default)]
    pub merges: Vec<Merge>,
    /// Things that are not one, whatever else speaks for it.
    #[serde(default)]
    pub apart: Vec<Apart>,
}

/// A thing with the names that mean it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entity {
    /// Its label.
    pub label: String,
    /// The name that the graph is to show.
    pub name: String,
    /// Other names that mean it, in whatever document.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Official codes: the unified social credit code, the administrative code.
    #[serde(default)]
    pub codes: Vec<String>,
    /// Why.
    #[serde(default)]
    pub reason: String,
}

/// Things that are one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Merge {
    /// Each a label and a name, `Park/甲园`, or those of one document: `Park/甲园@report-a`.
    pub of: Vec<String>,
    /// Why.
    #[serde(default)]
    pub reason: String,
}

/// Things that are not one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Apart {
    /// As in [`Merge::of`].
    pub of: Vec<String>,
    /// Why.
    #[serde(default)]
    pub reason: String,
}

impl Registry {
    /// A registry that holds nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self {
            version: 1,
            ..Self::default()
        }
    }

    /// Reads a registry; `name` is that of its file.
    ///
    /// # Errors
    ///
    /// [`Error::Malformed`].
    pub fn parse(name: &str, text: &str) -> Result<Self, Error> {
        let registry: Self = parse(name, text)?;
        check_version(name, registry.version)?;
        let references = registry.merges.iter().flat_map(|merge| &merge.of);
        for reference in references.chain(registry.apart.iter().flat_map(|apart| &apart.of)) {
            if !reference.contains('/') {
                let reason =
                    format!("found {reference:?}, expected a label and a name: \"Park/甲园\"");
                return Err(misplaced(name, text, reference, reason));
            }
        }
        Ok(registry)
    }

    /// The text of a registry with further decisions, which keeps its comments and everything else that stands in it;
    /// `name` is that of its file.
    ///
    /// # Errors
    ///
    /// [`Error::Malformed`].
    pub fn add(
        name: &str,
        text: Option<String>,
        merges: &[Merge],
        apart: &[Apart],
    ) -> Result<String, Error> {
        let mut text = text.unwrap_or_else(|| NEW.to_owned());
        Self::parse(name, &text)?;
        for (section, entry, decisions) in [
            (
                "merges",
                "Merge",
                merges
                    .iter()
                    .map(|m| (&m.of, &m.reason))
                    .collect::<Vec<_>>(),
            ),
            (
                "apart",
                "Apart",
                apart.iter().map(|a| (&a.of, &a.reason)).collect(),
            ),
        ] {
            for (of, reason) in decisions {
                let line = format!("        {entry}(of: {of:?}, reason: {reason:?}),\n");
                insert(&mut text, section, &line);
            }
        }
        Self::parse(name, &text)?;
        Ok(text)
    }
}

/// The text of a registry that holds nothing yet.
const NEW: &str = "\
// Who is who: what the graph calls things, which names are one thing, which are not.
// A decision is undone by deleting its line and building again.
Registry(
    version: 1,
    merges: [
    ],
    apart: [
    ],
)
";

/// Puts a line at the start of a section, which is made where it is missing.
fn insert(text: &mut String, section: &str, line: &str) {
    let opening = format!("{section}: [");
    if let Some(at) = text.find(&opening) {
        let at = at + opening.len();
        let line = format!("\n{}", line.trim_end_matches('\n'));
        text.insert_str(at, &line);
    } else if let Some(at) = text.rfind(')') {
        let separator = if text[..at].trim_end().ends_with([',', '(']) {
            ""
        } else {
            ","
        };
        text.insert_str(at, &format!("{separator}    {opening}\n{line}    ],\n"));
    }
}

/// A file's text; `None` where there is no file.
pub(super) fn read_if_there(path: &Path) -> Result<Option<String>, Error> {
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Error::File {
            path: path.to_owned(),
            error,
        }),
    }
}

/// A user's file in RON.
pub(super) fn parse<T: for<'de> Deserialize<'de>>(name: &str, text: &str) -> Result<T, Error> {
    ron::from_str(text).map_err(|error| Error::Malformed {
        path: name.into(),
        line: error.span.start.line,
        column: error.span.start.col,
        reason: error.code.to_string(),
    })
}

pub(super) fn check_version(name: &str, version: u32) -> Result<(), Error> {
    if version == 1 {
        return Ok(());
    }
    Err(Error::Malformed {
        path: name.into(),
        line: 1,
        column: 1,
        reason: format!("the file has version {version}, expected version 1"),
    })
}

/// The fault of a word, with its place in the text.
pub(super) fn misplaced(name: &str, text: &str, word: &str, reason: String) -> Error {
    let at = text.find(word).unwrap_or(0);
    let (line, column) = crate::source::Source::new(name, text).position(at);
    Error::Malformed {
        path: name.into(),
        line,
        column,
        reason,
    }
}
