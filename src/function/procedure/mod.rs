//! Stub.
use super::Context;
use crate::value::{Type, Value, ValueError};
/// Stub.
pub struct Procedure {
    /// Name.
    pub name: &'static str,
    /// Arguments.
    pub arguments: &'static [(&'static str, Type)],
    /// Columns.
    pub columns: &'static [(&'static str, Type)],
    /// Body.
    pub body: fn(&Context<'_>, &[Value]) -> Result<Vec<Vec<Value>>, ValueError>,
}
/// Stub.
pub fn find(_: &str) -> Option<&'static Procedure> { None }
/// Stub.
pub fn all() -> impl Iterator<Item = &'static Procedure> { std::iter::empty() }
