//! Owns the conversation with a user: the prompt with its commands, and the running of scripts.
//!
//! Takes what is typed or read from a script; gives results on one stream and remarks on the other.

mod assistant;
pub mod commands;
mod completion;
mod console;
pub mod conversation;
pub mod drawing;
pub mod entity;
mod failure;
mod help;
mod highlight;
mod history;
mod input;
mod interrupt;
mod lexeme;
pub mod parameter;
mod prompt;
pub mod schema;
mod status;
mod summary;
#[cfg(test)]
pub(crate) mod testing;
mod why;
pub mod words;

pub use console::Console;
pub use conversation::{AfterFailure, Conversation, Settings};
pub use failure::Failure;
pub use interrupt::{Interrupt, Second};
pub use prompt::run;
pub use status::Status;
