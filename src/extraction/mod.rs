//! Owns reading: what the text of an article says of a region's economy.
//!
//! Takes an [`Article`] and gives a [`Reading`]: entities with every place that names them, relations, and indicators,
//! each with the span of the original text that states it. It knows no graph and no query; who calls makes claims of it.
//!
//! ```text
//! Article ─ text::Normalized ─→ segment::Segments ─→ mentions ─→ entities ─→ relations, indicators
//!           folded, with a map   blocks, sentences    name, type   one for     rules over sentences
//!           back to the original                                   many names
//! ```

mod article;
mod reading;

pub use article::Article;
pub use reading::{
    Entity, Indicator, Label, Mention, Qualifier, Reading, Relation, RelationType, Status,
};
