//! `duration(…)`: from text or from amounts of units.

use crate::value::temporal::{Amounts, Decimal};
use crate::value::{Duration, Value, ValueError};

/// `duration('P5M1.5D')`, `duration({months: 5, days: 1.5})`.
pub(super) fn duration(arguments: &[Value]) -> Result<Value, ValueError> {
    let map = match &arguments[0] {
        value @ (Value::Null | Value::Duration(_)) => return Ok(value.clone()),
        Value::String(text) => return Duration::parse(text).map(Value::from),
        Value::Map(map) => map,
        other => {
            return Err(ValueError::invalid_type(
                "duration",
                "STRING, MAP or DURATION",
                other,
            ));
        }
    };
    if map.is_empty() {
        return Err(ValueError::InvalidArgumentValue {
            operation: "duration".to_owned(),
            found: "an empty map".to_owned(),
            reason: "at least one amount is needed".to_owned(),
        });
    }
    let mut total = Amounts::NONE;
    let mut is_unknown = false;
    for (unit, amount) in map.iter() {
        let operation = format!("{unit} of duration");
        let amount = if amount.is_null() {
            Decimal::ZERO
        } else {
            Decimal::of(&operation, amount)?
        };
        is_unknown |= map[unit].is_null();
        total.add(unit, amount)?;
    }
    if is_unknown {
        Ok(Value::Null)
    } else {
        total.total().map(Value::from)
    }
}
