//! Graph files as text: what is wrong with them, and what comes back when they are right.

mod embedded;
mod faults;
mod round_trip;
