mod errors;
mod language;
mod limits;
