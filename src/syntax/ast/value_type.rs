//! The types of `IS ::`.

/// What stands after `IS ::`.
#[derive(Clone, Debug, PartialEq)]
pub enum ValueType {
    /// `INTEGER`, `STRING NOT NULL`
    Named {
        /// The type.
        name: TypeName,
        /// Whether `NOT NULL` is written.
        is_required: bool,
    },
    /// `LIST<STRING>`, `LIST<INTEGER NOT NULL> NOT NULL`
    List {
        /// The type of the items.
        item: Box<ValueType>,
        /// Whether `NOT NULL` is written after it.
        is_required: bool,
    },
    /// `INTEGER | FLOAT`
    Union(Vec<ValueType>),
}

/// The name of a type, by its shortest spelling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TypeName {
    /// `ANY`
    Any,
    /// `NOTHING`: no value is of it
    Nothing,
    /// `NULL`
    Null,
    /// `PROPERTY VALUE`: what a property can hold
    PropertyValue,
    /// `BOOLEAN`
    Boolean,
    /// `STRING`
    String,
    /// `INTEGER`
    Integer,
    /// `FLOAT`
    Float,
    /// `DATE`
    Date,
    /// `LOCAL TIME`
    LocalTime,
    /// `ZONED TIME`
    ZonedTime,
    /// `LOCAL DATETIME`
    LocalDateTime,
    /// `ZONED DATETIME`
    ZonedDateTime,
    /// `DURATION`
    Duration,
    /// `MAP`
    Map,
    /// `NODE`
    Node,
    /// `RELATIONSHIP`
    Relationship,
    /// `PATH`
    Path,
}
