//! The operators `+ - * / % ^` and unary minus.

use super::{Value, ValueError};

impl Value {
    /// `self + other`.
    ///
    /// # Errors
    ///
    /// [`ValueError::InvalidArgumentType`], [`ValueError::IntegerOverflow`].
    pub fn add(&self, _other: &Value) -> Result<Value, ValueError> {
        todo!()
    }
}
