//! The functions that make and take apart temporal values.

use super::Function;

/// The functions, for the table.
pub const FUNCTIONS: &[Function] = &[];
