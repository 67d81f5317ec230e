//! What a file's first row says about its columns.

use super::super::ron::{FormatError, FormatErrorKind};
use super::cell::Kind;
use super::rows::{Field, File, Rows};

/// What the rows of a file are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// Nodes: the header has no `:START_ID`.
    Nodes,
    /// Relationships.
    Relationships,
}

/// Tells from the first line of a file what its rows are.
#[must_use]
pub fn file_kind(first_line: &str) -> FileKind {
    if first_line.contains(":START_ID") || first_line.contains(":END_ID") {
        FileKind::Relationships
    } else {
        FileKind::Nodes
    }
}

/// One column of a file.
#[derive(Clone, Debug)]
pub(super) struct HeaderColumn {
    pub(super) role: Role,
    /// The property key; none where the field is no property.
    pub(super) key: Option<String>,
    pub(super) kind: Kind,
    pub(super) is_list: bool,
    /// Where the header says so.
    pub(super) field: Field,
}

/// What a column is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// `:ID(space)`: what a node is called in the files.
    Id(String),
    /// `:START_ID(space)`.
    Start(String),
    /// `:END_ID(space)`.
    End(String),
    /// `:LABEL`: labels, with `;` between them.
    Label,
    /// `:TYPE`.
    Type,
    /// `name:type`, or only `name`.
    Property,
    /// `:IGNORE`.
    Ignore,
}

impl Role {
    fn is_of(&self, kind: FileKind) -> bool {
        match self {
            Self::Id(_) | Self::Label => kind == FileKind::Nodes,
            Self::Start(_) | Self::End(_) | Self::Type => kind == FileKind::Relationships,
            Self::Property | Self::Ignore => true,
        }
    }
}

const TYPES: &str = "string, long, int, double, float, boolean, short, byte, char, date, localtime, time, \
                     localdatetime, datetime, duration, or one of them with [] for a list";
const ROLES: &str = "ID, LABEL, START_ID, END_ID, TYPE, IGNORE";

/// Reads the header; an empty file has no columns.
pub(super) fn read_header(
    file: File<'_>,
    rows: &mut Rows<'_>,
    kind: FileKind,
) -> Result<Vec<HeaderColumn>, FormatError> {
    let mut fields = Vec::new();
    rows.read(&mut fields)?;
    let columns = fields
        .into_iter()
        .map(|field| column(file, field))
        .collect::<Result<Vec<_>, _>>()?;
    if let Some(stray) = columns.iter().find(|column| !column.role.is_of(kind)) {
        let expected = match kind {
            FileKind::Nodes => "a column of nodes: :ID, :LABEL or a property",
            FileKind::Relationships => {
                "a column of relationships: :START_ID, :END_ID, :TYPE or a property"
            }
        };
        return Err(file.unexpected(stray.field, expected));
    }
    for (index, column) in columns.iter().enumerate() {
        let is_twin = |other: &HeaderColumn| match &column.role {
            Role::Property => other.key == column.key,
            Role::Ignore => false,
            role => {
                std::mem::discriminant(role) == std::mem::discriminant(&other.role)
                    || (column.key.is_some() && other.key == column.key)
            }
        };
        if let Some(first) = columns[..index].iter().find(|other| is_twin(other)) {
            let name = file.raw(column.field).to_owned();
            return Err(file
                .fault(column.field, FormatErrorKind::GivenTwice { name })
                .related("the first is here", file.place(first.field)));
        }
    }
    Ok(columns)
}

fn column(file: File<'_>, field: Field) -> Result<HeaderColumn, FormatError> {
    let text = file.meaning(field);
    let (text, options) = match text.split_once('{') {
        Some((text, options)) => (text, options.strip_suffix('}').unwrap_or(options)),
        None => (&*text, ""),
    };
    let (name, kind) = text.rsplit_once(':').unwrap_or((text, ""));
    let key = (!name.is_empty()).then(|| name.to_owned());
    let (word, space) = match kind.split_once('(') {
        Some((word, space)) => (word, space.strip_suffix(')').unwrap_or(space).to_owned()),
        None => (kind, String::new()),
    };
    let role = match word {
        "ID" => Role::Id(space),
        "START_ID" => Role::Start(space),
        "END_ID" => Role::End(space),
        "LABEL" => Role::Label,
        "TYPE" => Role::Type,
        "IGNORE" => Role::Ignore,
        _ if key.is_none() => {
            return Err(file.unexpected(
                field,
                format!("a name, as in `name:type`, or one of {ROLES} after `:`"),
            ));
        }
        _ => Role::Property,
    };
    let (scalar, is_list) = match &role {
        Role::Property => match word.strip_suffix("[]") {
            Some(scalar) => (scalar, true),
            None => (word, false),
        },
        Role::Id(_) => (id_type(file, field, options)?, false),
        _ => ("", false),
    };
    let kind =
        Kind::named(scalar).ok_or_else(|| file.unexpected(field, format!("a type: {TYPES}")))?;
    Ok(HeaderColumn {
        role,
        key,
        kind,
        is_list,
        field,
    })
}

/// The type that `{id-type:…}` gives to an id.
fn id_type<'a>(file: File<'_>, field: Field, options: &'a str) -> Result<&'a str, FormatError> {
    let entries = options
        .split(',')
        .map(|entry| entry.split_once(':').unwrap_or((entry, "")));
    let mut types = entries
        .filter(|(name, _)| name.trim() == "id-type")
        .map(|(_, kind)| kind.trim());
    let kind = types.next().unwrap_or("string");
    match Kind::named(kind) {
        Some(Kind::String | Kind::Integer) => Ok(kind),
        _ => Err(file.unexpected(field, "an id of the type string, long or int")),
    }
}
