//! From articles to a graph and back: what is built, built again, taken out, corrected.
//!
//! Most tests read with [`toy`], whose few kinds of sentences leave no doubt about what they say.

mod articles;
mod asking;
mod durable;
mod exactness;
mod files;
mod formats;
mod gate;
mod identity;
mod program;
mod proposer;
mod reader;
#[path = "../program/mod.rs"]
mod run;
mod stub;
mod toy;
mod written;
