use super::*;

#[test]
fn the_standard_lexicons_are_read() {
    let lexicon = Lexicon::with(&[]).map_err(|error| error.to_string());
    assert!(lexicon.is_ok(), "{lexicon:?}");
}
