//! Bytes as text.

use std::cmp::Ordering;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

use super::Reason;

/// The most lost characters of a text, as a share of its length in bytes, before its encoding is called unknown.
const LOST_SHARE: usize = 50;

/// How many bytes are looked at to tell GB18030 from Big5.
const SAMPLE: usize = 64 << 10;

/// What every Chinese text has plenty of, in Simplified and in Traditional characters.
const COMMON: &str = "，。、：；的一是在不了有和人上大中年月日";

/// A text in UTF-8, GB18030, Big5 or UTF-16, without a mark of its byte order.
pub(super) fn text(bytes: &[u8]) -> Result<String, Reason> {
    decode(bytes, encoding(bytes)?)
}

/// A text in the encoding of a name, where there is one of that name, else in the encoding that it seems to have.
pub(super) fn text_labelled(bytes: &[u8], label: Option<&str>) -> Result<String, Reason> {
    let labelled = label.and_then(|label| Encoding::for_label(label.as_bytes()));
    if let Some(encoding) = labelled
        && let Ok(text) = decode(bytes, encoding)
    {
        return Ok(text);
    }
    text(bytes)
}

fn decode(bytes: &[u8], encoding: &'static Encoding) -> Result<String, Reason> {
    let (text, _, has_faults) = encoding.decode(bytes);
    if has_faults {
        let lost = text.matches(char::REPLACEMENT_CHARACTER).count();
        if lost * LOST_SHARE > bytes.len() {
            return Err(Reason::Encoding);
        }
    }
    Ok(text.into_owned())
}

/// The encoding of the first bytes of a text, or of all of them.
pub(super) fn encoding(bytes: &[u8]) -> Result<&'static Encoding, Reason> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return Ok(encoding);
    }
    match std::str::from_utf8(bytes) {
        Ok(_) => {
            return if bytes.contains(&0) {
                Err(Reason::Encoding)
            } else {
                Ok(UTF_8)
            };
        }
        // A text that is cut inside its last character, or has lost some, is still UTF-8.
        Err(error) if error.valid_up_to() + 3 >= bytes.len() => return Ok(UTF_8),
        Err(_) => {}
    }
    if bytes.contains(&0) {
        return Err(Reason::Encoding);
    }
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    Ok(
        match commonness(sample, GB18030).cmp(&commonness(sample, BIG5)) {
            Ordering::Greater => GB18030,
            Ordering::Less => BIG5,
            Ordering::Equal => guess(bytes),
        },
    )
}

/// How much what is common in Chinese prevails over what could not be decoded.
fn commonness(bytes: &[u8], encoding: &'static Encoding) -> i64 {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let worth = |c: char| match c {
        char::REPLACEMENT_CHARACTER => -2,
        _ => i64::from(COMMON.contains(c)),
    };
    text.chars().map(worth).sum()
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(Some(b"cn"), Utf8Detection::Allow);
    if [BIG5, UTF_8, UTF_16LE, UTF_16BE].contains(&guess) {
        return guess;
    }
    // Nothing else writes Chinese; whether it is GB18030 shows when it is decoded.
    GB18030
}
