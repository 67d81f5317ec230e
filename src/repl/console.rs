//! Where results and messages go: results to one stream, everything that is said about them to another.

use std::io::{self, BufWriter, IsTerminal, Write};

/// The two output streams, and what is known about the terminal behind them.
pub struct Console {
    results: Box<dyn Write>,
    messages: Box<dyn Write>,
    is_coloured: bool,
    width: Width,
}

/// How many cells a line of results may take.
#[derive(Clone, Copy, Debug)]
enum Width {
    /// Any number: results go to a file or a pipe.
    Unlimited,
    /// What the terminal has at the moment.
    Terminal,
    /// A number that does not change.
    Fixed(usize),
}

impl Console {
    /// Standard output and standard error.
    ///
    /// Messages are coloured where standard error is a terminal and `NO_COLOR` is not set.
    #[must_use]
    pub fn standard() -> Self {
        let stdout = io::stdout();
        let width = if stdout.is_terminal() {
            Width::Terminal
        } else {
            Width::Unlimited
        };
        Self {
            results: Box::new(BufWriter::new(stdout)),
            messages: Box::new(io::stderr()),
            is_coloured: io::stderr().is_terminal() && allows_colour(),
            width,
        }
    }

    /// Any two streams, without colour; lines of results take at most `width` cells.
    pub fn new(
        results: impl Write + 'static,
        messages: impl Write + 'static,
        width: Option<usize>,
    ) -> Self {
        Self {
            results: Box::new(results),
            messages: Box::new(messages),
            is_coloured: false,
            width: width.map_or(Width::Unlimited, Width::Fixed),
        }
    }

    /// Where results are written.
    pub fn results(&mut self) -> &mut dyn Write {
        &mut *self.results
    }

    /// How many cells a line of results may take; `None` for any number.
    #[must_use]
    pub fn width(&self) -> Option<usize> {
        match self.width {
            Width::Unlimited => None,
            Width::Fixed(width) => Some(width),
            Width::Terminal => {
                terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| usize::from(width.0))
            }
        }
    }

    /// Makes results appear that were written so far.
    ///
    /// # Errors
    ///
    /// When the stream cannot be written.
    pub fn flush(&mut self) -> io::Result<()> {
        self.results.flush()
    }

    /// Says something about the results, after what was written so far.
    ///
    /// # Errors
    ///
    /// When the results so far cannot be written. That a message cannot be written is no error.
    pub fn message(&mut self, text: &str) -> io::Result<()> {
        self.say("", text)
    }

    /// Says something that is less important than the results: a row count, a time.
    ///
    /// # Errors
    ///
    /// As [`Console::message`].
    pub fn remark(&mut self, text: &str) -> io::Result<()> {
        self.say("2", text)
    }

    /// Says why something was not done; the word before the first colon stands out.
    ///
    /// # Errors
    ///
    /// As [`Console::message`].
    pub fn error(&mut self, text: &str) -> io::Result<()> {
        self.headed("1;31", text)
    }

    /// Says that something is remarkable; the word before the first colon stands out.
    ///
    /// # Errors
    ///
    /// As [`Console::message`].
    pub fn warning(&mut self, text: &str) -> io::Result<()> {
        self.headed("1;33", text)
    }

    fn headed(&mut self, style: &str, text: &str) -> io::Result<()> {
        match text.split_once(':') {
            Some((head, rest)) if self.is_coloured => {
                self.say("", &format!("\x1b[{style}m{head}:\x1b[0m{rest}"))
            }
            _ => self.say("", text),
        }
    }

    fn say(&mut self, style: &str, text: &str) -> io::Result<()> {
        self.results.flush()?;
        let written = if style.is_empty() || !self.is_coloured {
            writeln!(self.messages, "{text}")
        } else {
            writeln!(self.messages, "\x1b[{style}m{text}\x1b[0m")
        };
        // Nobody listens: there is no one to tell that to either.
        drop(written);
        Ok(())
    }
}

/// Whether the user's environment leaves colours to us.
#[must_use]
pub(super) fn allows_colour() -> bool {
    std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
        && std::env::var_os("TERM").is_none_or(|value| value != "dumb")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repl::testing::Transcript;

    #[test]
    fn results_and_messages_do_not_mix() {
        let (results, messages) = (Transcript::default(), Transcript::default());
        let mut console = Console::new(results.clone(), messages.clone(), Some(40));
        writeln!(console.results(), "1").expect("writing to memory");
        console.warning("warning: 两").expect("writing to memory");
        assert_eq!(console.width(), Some(40));
        assert_eq!(
            (results.text().as_str(), messages.text().as_str()),
            ("1\n", "warning: 两\n")
        );
    }

    #[test]
    fn a_message_that_nobody_reads_is_no_error() {
        let shut: &mut [u8] = &mut [];
        let mut console = Console::new(Vec::new(), shut, None);
        assert!(console.error("error: lost").is_ok());
    }
}
