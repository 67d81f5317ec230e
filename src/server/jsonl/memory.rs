//! How much memory the program holds.

use std::fs::read_to_string;

/// The resident memory in MiB; `None` where the system does not tell it in `/proc`.
pub(super) fn resident() -> Option<f64> {
    let status = read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kibibytes: u32 = line.split_whitespace().next()?.parse().ok()?;
    Some(f64::from(kibibytes) / 1024.0)
}
