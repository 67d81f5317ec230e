//! How a run of the program ended, as exit statuses and as the text that explains them.

use std::process::ExitCode;

/// How a run of the program ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Status {
    /// Everything asked for was done.
    Success = 0,
    /// A statement failed, nothing was found, or two graphs differ.
    Failed = 1,
    /// The command line cannot be understood.
    Usage = 2,
    /// A graph cannot be opened, or not be saved.
    Unopened = 3,
    /// A statement hit its limit of time, rows or memory.
    Limit = 4,
    /// Some articles could not be read, or not be asked about; all others were.
    Incomplete = 5,
    /// The user interrupted a statement.
    Interrupted = 130,
}

impl Status {
    /// Every status with what it means, for help and the manual.
    pub const ALL: [(Self, &'static str); 7] = [
        (Self::Success, "everything asked for was done"),
        (
            Self::Failed,
            "a statement failed, nothing was found, two graphs differ or a check has findings",
        ),
        (Self::Usage, "the command line cannot be understood"),
        (
            Self::Unopened,
            "a graph or script cannot be opened, or a graph not be saved",
        ),
        (
            Self::Limit,
            "a statement hit its limit of time, rows or memory",
        ),
        (
            Self::Incomplete,
            "some articles could not be read or asked about, and all others were",
        ),
        (Self::Interrupted, "interrupted with Ctrl-C"),
    ];

    /// The number that the shell sees.
    #[must_use]
    pub fn code(self) -> u8 {
        self as u8
    }
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(status.code())
    }
}
