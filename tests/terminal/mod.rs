//! A pseudo-terminal with the program in it, and the screen that a user would see.

use std::fs;
use std::io::{Read as _, Write as _};
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::process::Child;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use pty_process::Size;
use pty_process::blocking::{Command, Pty, open};

/// How long anything expected may take: generous, because a loaded machine is slow, and nothing waits for it in vain.
const PATIENCE: Duration = Duration::from_secs(30);

const PROMPT: &str = "tupu>";

/// A running program and its screen.
pub(crate) struct Terminal {
    child: Child,
    pty: Arc<Pty>,
    output: Receiver<Vec<u8>>,
    parser: vt100::Parser,
    state: PathBuf,
    size: (u16, u16),
}

impl Terminal {
    /// Starts the program on its embedded graphs, without a history, and waits for its prompt.
    pub(crate) fn start(test: &str, rows: u16, columns: u16) -> Self {
        let state = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join("repl")
            .join(test);
        if state.exists() {
            fs::remove_dir_all(&state).expect("an earlier run's folder can be removed");
        }
        Self::start_in(state, rows, columns)
    }

    /// Starts the program again in the same surroundings.
    pub(crate) fn restart(self) -> Self {
        Self::start_in(self.state.clone(), self.size.0, self.size.1)
    }

    /// Starts the program with a folder for what it keeps between sessions, and waits for its prompt.
    pub(crate) fn start_in(state: PathBuf, rows: u16, columns: u16) -> Self {
        let (pty, terminal) = open().expect("a pseudo-terminal can be opened");
        pty.resize(Size::new(rows, columns))
            .expect("it can be resized");
        let child = Command::new(env!("CARGO_BIN_EXE_tupu"))
            .env("XDG_STATE_HOME", &state)
            .env("TERM", "xterm-256color")
            .env_remove("NO_COLOR")
            .spawn(terminal)
            .expect("the program starts");
        let pty = Arc::new(pty);
        let (sender, output) = mpsc::channel();
        let reader = Arc::clone(&pty);
        thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(count @ 1..) = (&*reader).read(&mut buffer) {
                if sender.send(buffer[..count].to_vec()).is_err() {
                    break;
                }
            }
        });
        let [shown_rows, shown_columns] =
            [rows, columns].map(|size| NonZero::new(size).expect("a screen has room"));
        let parser = vt100::Parser::new(shown_rows, shown_columns, 0);
        let mut terminal = Self {
            child,
            pty,
            output,
            parser,
            state,
            size: (rows, columns),
        };
        terminal.wait_for(PROMPT);
        terminal
    }

    /// Types a text.
    pub(crate) fn send(&mut self, text: &str) {
        (&*self.pty)
            .write_all(text.as_bytes())
            .expect("the terminal takes input");
    }

    /// What stands on the screen.
    pub(crate) fn screen(&self) -> String {
        self.parser.screen().contents()
    }

    /// Waits until a text stands on the screen.
    pub(crate) fn wait_for(&mut self, text: &str) {
        self.wait_until(text, |screen| screen.contains(text));
    }

    /// Waits until so many prompts stand on the screen.
    pub(crate) fn wait_for_prompts(&mut self, count: usize) {
        self.wait_until(PROMPT, |screen| screen.matches(PROMPT).count() >= count);
    }

    /// Waits until the program has left; gives its exit status.
    pub(crate) fn end(&mut self) -> i32 {
        let deadline = Instant::now() + PATIENCE;
        while self.receive(deadline) {}
        loop {
            let status = self.child.try_wait().expect("the program was started");
            if let Some(status) = status {
                return status.code().expect("no signal ended it");
            }
            let screen = self.screen();
            assert!(Instant::now() < deadline, "it goes on:\n{screen}");
            thread::sleep(Duration::from_millis(5));
        }
    }

    fn wait_until(&mut self, what: &str, is_there: impl Fn(&str) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        while !is_there(&self.screen()) {
            assert!(
                self.receive(deadline),
                "waiting for {what:?}, the screen shows:\n{}",
                self.screen()
            );
        }
    }

    /// Takes in some output; `false` when there will be no more, or not in time.
    fn receive(&mut self, deadline: Instant) -> bool {
        let patience = deadline.saturating_duration_since(Instant::now());
        self.output.recv_timeout(patience).is_ok_and(|bytes| {
            self.parser.process(&bytes);
            true
        })
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // It may have ended already.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
