//! How long work over the whole graph is watched.

use super::GraphError;

/// Watches long work: it is told now and then how many bytes the work has taken since it was last told, and says whether
/// the work may go on.
pub type Watch<'a> = &'a dyn Fn(usize) -> bool;

/// How much is done before the watch is told.
const STRIDE: usize = 1024;

/// Goes through many items under a watch, each of which takes so many bytes.
pub(super) fn watched<T>(
    items: impl Iterator<Item = T>,
    bytes: usize,
    watch: Watch<'_>,
    mut each: impl FnMut(T),
) -> Result<(), GraphError> {
    let mut count = 0;
    for item in items {
        each(item);
        count += 1;
        if count == STRIDE {
            ask(watch, STRIDE * bytes)?;
            count = 0;
        }
    }
    ask(watch, count * bytes)
}

fn ask(watch: Watch<'_>, bytes: usize) -> Result<(), GraphError> {
    match watch(bytes) {
        true => Ok(()),
        false => Err(GraphError::Interrupted),
    }
}
