//! The boolean operators, in three-valued logic.

use super::{Value, ValueError};

impl Value {
    /// `self AND other`.
    ///
    /// # Errors
    ///
    /// [`ValueError::InvalidArgumentType`] for anything but a boolean or null, also where the other side alone decides.
    pub fn and(&self, other: &Self) -> Result<Self, ValueError> {
        Ok(match (self.truth("AND")?, other.truth("AND")?) {
            (Some(false), _) | (_, Some(false)) => Self::Boolean(false),
            (Some(true), Some(true)) => Self::Boolean(true),
            _ => Self::Null,
        })
    }

    /// `self OR other`.
    ///
    /// # Errors
    ///
    /// As [`Value::and`].
    pub fn or(&self, other: &Self) -> Result<Self, ValueError> {
        Ok(match (self.truth("OR")?, other.truth("OR")?) {
            (Some(true), _) | (_, Some(true)) => Self::Boolean(true),
            (Some(false), Some(false)) => Self::Boolean(false),
            _ => Self::Null,
        })
    }

    /// `self XOR other`.
    ///
    /// # Errors
    ///
    /// As [`Value::and`].
    pub fn xor(&self, other: &Self) -> Result<Self, ValueError> {
        Ok(match (self.truth("XOR")?, other.truth("XOR")?) {
            (Some(left), Some(right)) => Self::Boolean(left != right),
            _ => Self::Null,
        })
    }

    /// `NOT self`.
    ///
    /// # Errors
    ///
    /// As [`Value::and`].
    pub fn not(&self) -> Result<Self, ValueError> {
        Ok(self.truth("NOT")?.map(|truth| !truth).into())
    }

    /// The truth of a condition; `None` for null. `operation` names who asks: `AND`, `WHERE`.
    ///
    /// # Errors
    ///
    /// [`ValueError::InvalidArgumentType`] for anything but a boolean or null.
    pub fn truth(&self, operation: &str) -> Result<Option<bool>, ValueError> {
        match self {
            Self::Null => Ok(None),
            Self::Boolean(truth) => Ok(Some(*truth)),
            other => Err(ValueError::invalid_type(operation, "a BOOLEAN", other)),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use expect_test::expect;

    use super::super::testing::values;

    #[test]
    fn truth_tables() {
        let all = values("true, false, null");
        let mut table = String::new();
        for left in &all {
            for right in &all {
                let row = [left.and(right), left.or(right), left.xor(right)];
                let row = row.map(|value| value.map_or_else(|e| e.to_string(), |v| v.to_string()));
                writeln!(table, "{left} {right}: {}", row.join(" ")).expect("writing to a string");
            }
        }
        expect![[r"
            true true: true true false
            true false: false true true
            true null: null true null
            false true: false true true
            false false: false false false
            false null: false null null
            null true: null true null
            null false: false null null
            null null: null null null
        "]]
        .assert_eq(&table);
    }

    #[test]
    fn only_booleans_are_true_or_false() {
        let pair = values("false, 'foo'");
        let error = pair[0].and(&pair[1]).expect_err("a string is no boolean");
        assert_eq!(error.to_string(), "AND takes a BOOLEAN, found STRING");
        assert_eq!(error.detail(), "InvalidArgumentType");
    }
}
