//! ZIP archives, in which DOCX and XLSX files are kept.

use std::io::{self, Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::{LARGEST, Reason};

/// The most that all parts of an archive may unpack to.
const MOST: u64 = LARGEST * 4;

/// Unpacks one part of an archive.
pub(super) fn part(bytes: &[u8], name: &str) -> Result<Vec<u8>, Reason> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    let part = archive.by_name(name).map_err(|error| damaged(&error))?;
    let mut unpacked = Vec::new();
    part.take(MOST + 1).read_to_end(&mut unpacked)?;
    if unpacked.len() as u64 > MOST {
        return Err(Reason::TooLarge);
    }
    Ok(unpacked)
}

/// Refuses an archive whose parts unpack to more than memory should hold, whatever it says of itself.
pub(super) fn check(bytes: &[u8]) -> Result<(), Reason> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    let mut total = 0;
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(|error| damaged(&error))?;
        let left = MOST - total;
        total += io::copy(&mut part.take(left + 1), &mut io::sink())?;
        if total > MOST {
            return Err(Reason::TooLarge);
        }
    }
    Ok(())
}

fn damaged(error: &ZipError) -> Reason {
    Reason::Damaged(error.to_string())
}
