//! Where the lines typed at the prompt are kept between sessions.

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// How many entries are kept.
pub(super) const CAPACITY: usize = 10_000;

/// The history's file in the user's state folder; `None` where there is no home folder.
///
/// `$XDG_STATE_HOME/tupu/history`, else `~/.local/state/tupu/history`; on Windows the local application data.
#[must_use]
pub(super) fn path() -> Option<PathBuf> {
    state_folder(|name| env::var_os(name).map(PathBuf::from), env::home_dir())
        .map(|folder| folder.join("tupu").join("history"))
}

/// Makes the folder that the file is in.
///
/// # Errors
///
/// When the folder cannot be made.
pub(super) fn prepare(path: &Path) -> io::Result<()> {
    path.parent().map_or(Ok(()), fs::create_dir_all)
}

/// The standard asks to ignore a relative path in `XDG_STATE_HOME`.
fn state_folder(
    variable: impl Fn(&str) -> Option<PathBuf>,
    home: Option<PathBuf>,
) -> Option<PathBuf> {
    let stated = variable("XDG_STATE_HOME").filter(|path| path.is_absolute());
    let local = variable("LOCALAPPDATA").filter(|_| cfg!(windows));
    let home = home.filter(|path| path.is_absolute());
    stated
        .or(local)
        .or_else(|| home.map(|home| home.join(".local").join("state")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_state_folder_follows_the_environment() {
        let home = || Some(PathBuf::from("/home/li"));
        let with = |value: &'static str| {
            move |name: &str| (name == "XDG_STATE_HOME").then(|| PathBuf::from(value))
        };
        assert_eq!(
            state_folder(with("/state"), home()),
            Some(PathBuf::from("/state"))
        );
        assert_eq!(
            state_folder(with("relative"), home()),
            Some(PathBuf::from("/home/li/.local/state"))
        );
        assert_eq!(state_folder(|_| None, None), None);
    }
}
