//! How much memory a value takes beyond its own place: an estimate that is cheap to make.

use std::mem::size_of;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::{Map, Value};

/// Up to so many items of a list are looked at one by one; of longer ones that many spread over the list.
const LOOKED_AT: usize = 32;
/// What stands before shared data: two counters.
const COUNTERS: usize = 16;

impl Value {
    /// About how many bytes the value takes beyond its own place in a row. Data that several share counts in parts.
    #[must_use]
    pub fn heap_size(&self) -> usize {
        match self {
            Self::String(_) | Self::List(_) | Self::Map(_) | Self::Path(_) => self.size(LOOKED_AT),
            Self::DateTime(_) | Self::Duration(_) => 48,
            _ => 0,
        }
    }

    /// `looked_at` falls from level to level, so that lists within lists do not multiply.
    fn size(&self, looked_at: usize) -> usize {
        match self {
            // To find out who shares a short text costs more than it tells.
            Self::String(text) if text.len() < 64 => COUNTERS + text.len(),
            Self::String(text) => share(text, text.len()),
            Self::List(items) => share(items, list(items, looked_at)),
            Self::Map(map) => share(map, map_size(map, looked_at)),
            Self::Path(path) => share(path, 48 + 8 * (path.nodes.len() + path.relationships.len())),
            other => other.heap_size(),
        }
    }
}

/// How deep a value is, and how much it is when all that is shared in it is written out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Extent {
    /// The levels of lists and maps within each other.
    pub depth: usize,
    /// The number of values in it, and it itself.
    pub count: usize,
}

/// Measures values, what they share once.
#[derive(Debug, Default)]
pub struct Measure {
    known: FxHashMap<usize, Extent>,
}

impl Measure {
    /// The deepest that values may be: so deep all that goes through them is far from the end of any stack.
    pub const DEEPEST: usize = 1000;

    /// The extent of a value; `None` for one that is deeper than [`Measure::DEEPEST`].
    pub fn extent(&mut self, value: &Value) -> Option<Extent> {
        self.within(value, Self::DEEPEST)
    }

    fn within(&mut self, value: &Value, deepest: usize) -> Option<Extent> {
        let (place, shares) = match value {
            Value::List(items) => (Arc::as_ptr(items).addr(), Arc::strong_count(items)),
            Value::Map(map) => (Arc::as_ptr(map).addr(), Arc::strong_count(map)),
            _ => return Some(Extent { depth: 0, count: 1 }),
        };
        if let Some(known) = self.known.get(&place).filter(|_| shares > 1) {
            return (known.depth <= deepest).then_some(*known);
        }
        let inner = deepest.checked_sub(1)?;
        let mut extent = Extent { depth: 1, count: 1 };
        let mut add = |item: &Value| {
            let item = self.within(item, inner)?;
            extent.depth = extent.depth.max(item.depth + 1);
            extent.count = extent.count.saturating_add(item.count);
            Some(())
        };
        match value {
            Value::List(items) => items.iter().try_for_each(&mut add)?,
            Value::Map(map) => map.values().try_for_each(&mut add)?,
            _ => {}
        }
        if shares > 1 {
            self.known.insert(place, extent);
        }
        Some(extent)
    }
}

fn list(items: &[Value], looked_at: usize) -> usize {
    let own = std::mem::size_of_val(items);
    if looked_at == 0 || items.is_empty() {
        return own;
    }
    let step = items.len().div_ceil(looked_at);
    let looked = items.iter().step_by(step);
    let (count, inner) = looked.fold((0, 0_usize), |(count, inner), item| {
        (count + 1, inner.saturating_add(item.size(looked_at / 4)))
    });
    own.saturating_add((inner / count).saturating_mul(items.len()))
}

fn map_size(map: &Map, looked_at: usize) -> usize {
    const ENTRY: usize = size_of::<Value>() + 4 * size_of::<usize>();
    let own = size_of::<Map>() + map.len() * ENTRY;
    let inner = map
        .values()
        .take(looked_at)
        .map(|value| value.size(looked_at / 4));
    inner.fold(own, usize::saturating_add)
}

/// A part of what several share.
fn share<T: ?Sized>(shared: &Arc<T>, bytes: usize) -> usize {
    COUNTERS.saturating_add(bytes) / Arc::strong_count(shared).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_grow_with_what_is_inside_and_shrink_where_it_is_shared() {
        assert_eq!(Value::Integer(1).heap_size(), 0);
        let text = Value::from("图".repeat(1000).as_str());
        assert_eq!(text.heap_size(), 3016);
        let list = Value::list(vec![text.clone(); 3000]);
        let own = 3000 * size_of::<Value>() + 16;
        assert!(
            (own..own + 6000).contains(&list.heap_size()),
            "shared texts count once"
        );
        let texts = (0..1000).map(|_| Value::from("图".repeat(1000).as_str()));
        let list = Value::list(texts.collect());
        assert!(list.heap_size() > 3_000_000);
        let again = list.clone();
        assert!(again.heap_size() < 2_000_000);
    }

    #[test]
    fn lists_within_lists_do_not_multiply() {
        let mut list = Value::list(vec![]);
        for _ in 0..100 {
            list = Value::list(vec![list.clone(); 40]);
        }
        assert!(list.heap_size() > 0);
    }

    #[test]
    fn what_is_shared_is_measured_as_if_it_were_not() {
        let extent = |value: &Value| Measure::default().extent(value);
        assert_eq!(extent(&Value::Null), Some(Extent { depth: 0, count: 1 }));
        let mut list = Value::list(vec![]);
        for _ in 1..Measure::DEEPEST {
            list = Value::list(vec![list.clone(), list]);
        }
        let count = usize::MAX;
        let depth = Measure::DEEPEST;
        assert_eq!(extent(&list), Some(Extent { depth, count }));
        let map = [("k".into(), list)].into_iter().collect();
        assert_eq!(extent(&Value::Map(Arc::new(map))), None);
    }
}
