//! The memory that a statement may use: what grows says how much it holds, and is refused above the limit.

use std::cell::Cell;
use std::fmt::{self, Display, Formatter};
use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::value::{Value, ValueError};

/// A number of bytes, read and written in words.
///
/// # Examples
///
/// ```
/// use tupu::function::Bytes;
///
/// assert_eq!("1.5GB".parse(), Ok(Bytes(3 << 29)));
/// assert_eq!(Bytes(3 << 29).to_string(), "1.5 GB");
/// assert_eq!("200 mb".parse::<Bytes>().map(|bytes| bytes.to_string()).as_deref(), Ok("200 MB"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bytes(pub usize);

/// A text is no number of bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("write a number of bytes like 800MB or 2GB")]
pub struct NoBytes;

const UNITS: [(usize, &str); 4] = [
    (1 << 40, "TB"),
    (1 << 30, "GB"),
    (1 << 20, "MB"),
    (1 << 10, "KB"),
];

impl FromStr for Bytes {
    type Err = NoBytes;

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a number too large becomes the largest"
    )]
    fn from_str(text: &str) -> Result<Self, NoBytes> {
        let text = text.trim().to_ascii_uppercase();
        let text = text
            .strip_suffix("IB")
            .or(text.strip_suffix('B'))
            .unwrap_or(&text);
        let unit = UNITS.iter().find(|(_, name)| text.ends_with(&name[..1]));
        let (unit, number) = unit.map_or((1, text), |(unit, name)| {
            (*unit, text.strip_suffix(&name[..1]).unwrap_or(text))
        });
        let number: f64 = number.trim().parse().map_err(|_| NoBytes)?;
        match number.is_finite() && number > 0.0 {
            true => Ok(Self((number * unit as f64) as usize)),
            false => Err(NoBytes),
        }
    }
}

impl Display for Bytes {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        match UNITS.iter().find(|(unit, _)| self.0 >= *unit) {
            // One decimal, rounded down.
            Some((unit, name)) => match self.0 % unit / (unit / 10) {
                0 => write!(formatter, "{} {name}", self.0 / unit),
                tenths => write!(formatter, "{}.{} {name}", self.0 / unit, tenths.min(9)),
            },
            None => write!(formatter, "{} bytes", self.0),
        }
    }
}

/// More memory would be needed than allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OverLimit {
    /// The bytes that are allowed.
    pub limit: usize,
}

impl From<OverLimit> for ValueError {
    fn from(error: OverLimit) -> Self {
        Self::MemoryLimit { limit: error.limit }
    }
}

/// What a statement's threads hold together, and how much that may be.
#[derive(Debug)]
pub struct Memory {
    limit: usize,
    used: AtomicUsize,
}

impl Default for Memory {
    fn default() -> Self {
        Self::new(None)
    }
}

impl Memory {
    /// Memory of which so many bytes may be used; none for any number.
    #[must_use]
    pub fn new(limit: Option<usize>) -> Self {
        Self {
            limit: limit.unwrap_or(usize::MAX),
            used: AtomicUsize::new(0),
        }
    }

    /// How many bytes may be used.
    #[must_use]
    pub fn limit(&self) -> usize {
        self.limit
    }

    /// Whether so many bytes more could be used.
    fn allows(&self, more: usize) -> Result<(), OverLimit> {
        let used = self.used.load(Ordering::Relaxed);
        match used.saturating_add(more) > self.limit {
            true => Err(OverLimit { limit: self.limit }),
            false => Ok(()),
        }
    }
}

/// What one holder holds; given back when dropped.
#[derive(Debug, Default)]
pub struct Held {
    memory: Option<Arc<Memory>>,
    bytes: usize,
}

impl Held {
    /// Holds so many bytes more.
    ///
    /// # Errors
    ///
    /// [`OverLimit`].
    pub fn add(&mut self, memory: &Arc<Memory>, bytes: usize) -> Result<(), OverLimit> {
        memory.allows(bytes)?;
        let holder = self.memory.get_or_insert_with(|| Arc::clone(memory));
        holder.used.fetch_add(bytes, Ordering::Relaxed);
        self.bytes += bytes;
        Ok(())
    }

    /// Holds so many bytes instead of what was held before.
    ///
    /// # Errors
    ///
    /// [`OverLimit`].
    pub fn set(&mut self, memory: &Arc<Memory>, bytes: usize) -> Result<(), OverLimit> {
        if bytes > self.bytes {
            return self.add(memory, bytes - self.bytes);
        }
        self.give_back(self.bytes - bytes);
        Ok(())
    }

    /// How many bytes are held.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// Holds nothing more.
    pub fn clear(&mut self) {
        self.give_back(self.bytes);
    }

    fn give_back(&mut self, bytes: usize) {
        if let Some(memory) = self.memory.as_ref().filter(|_| bytes > 0) {
            memory.used.fetch_sub(bytes, Ordering::Relaxed);
        }
        self.bytes -= bytes;
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.clear();
    }
}

/// The large values that the evaluation at hand has made. Small ones are not worth counting one by one: who keeps many
/// of them counts the whole.
#[derive(Clone, Copy, Debug)]
pub struct Making<'a> {
    /// The memory that is used in all.
    pub memory: &'a Memory,
    /// The bytes of the large values that were made.
    pub made: &'a Cell<usize>,
}

impl Making<'_> {
    /// What is not worth counting.
    const SMALL: usize = 4096;

    /// To be asked before a value of about so many bytes is made.
    ///
    /// # Errors
    ///
    /// [`OverLimit`].
    pub fn make(&self, bytes: usize) -> Result<(), OverLimit> {
        if bytes < Self::SMALL {
            return Ok(());
        }
        let made = self.made.get().saturating_add(bytes);
        self.memory.allows(made)?;
        self.made.set(made);
        Ok(())
    }

    /// Forgets what was made since `before` but for the value that it came to.
    pub fn keep_only(&self, before: usize, value: &Value) {
        if self.made.get() != before {
            let size = value.heap_size();
            let kept = if size < Self::SMALL { 0 } else { size };
            self.made.set(before.saturating_add(kept));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_held_is_counted_and_given_back() {
        let memory = Arc::new(Memory::new(Some(100)));
        let (mut one, mut other) = (Held::default(), Held::default());
        assert_eq!(one.add(&memory, 60), Ok(()));
        assert_eq!(other.add(&memory, 60), Err(OverLimit { limit: 100 }));
        assert_eq!(other.add(&memory, 40), Ok(()));
        assert_eq!(one.set(&memory, 10), Ok(()));
        assert_eq!(other.set(&memory, 90), Ok(()));
        drop(other);
        assert_eq!(one.set(&memory, 100), Ok(()));
        one.clear();
        assert_eq!(memory.used.load(Ordering::Relaxed), 0);
    }

    #[test]
    fn only_large_values_are_counted_while_they_are_made() {
        let (memory, made) = (Memory::new(Some(10_000)), Cell::new(0));
        let making = Making {
            memory: &memory,
            made: &made,
        };
        for _ in 0..100 {
            assert_eq!(making.make(4000), Ok(()));
        }
        assert_eq!(making.make(8000), Ok(()));
        assert!(making.make(8000).is_err());
        making.keep_only(0, &Value::Null);
        assert_eq!(making.make(8000), Ok(()));
    }
}
