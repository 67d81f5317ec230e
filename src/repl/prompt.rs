//! The prompt's loop: read an input, run its parts, until the user leaves.

use std::path::PathBuf;

use rustyline::config::{BellStyle, CompletionType, Config};
use rustyline::error::ReadlineError;
use rustyline::history::FileHistory;
use rustyline::{ColorMode, Editor};

use super::assistant::Assistant;
use super::commands::{self, Flow};
use super::conversation::AfterFailure;
use super::input::{self, Part};
use super::interrupt::{Interrupt, Second};
use super::{Conversation, Failure, Status, console, history};
use crate::source::Source;

/// Opens a prompt on the terminal and stays until the user leaves.
///
/// # Errors
///
/// When the terminal cannot be read or written. What fails at the prompt is told there.
pub fn run(conversation: &mut Conversation<'_>) -> Result<(), Failure> {
    conversation.interrupt = Some(Interrupt::new(
        &conversation.session.cancel_handle(),
        Second::Waits,
    )?);
    let mut prompt = Prompt::new(conversation)?;
    prompt.greet()?;
    while let Some(input) = prompt.read()? {
        if prompt.answer(&input)? == Flow::Leave && prompt.may_leave()? {
            return Ok(());
        }
    }
    Ok(())
}

struct Prompt<'a, 'b> {
    conversation: &'a mut Conversation<'b>,
    editor: Editor<Assistant, FileHistory>,
    history: Option<PathBuf>,
    /// Whether the user was just told that leaving drops changes.
    is_warned: bool,
}

impl<'a, 'b> Prompt<'a, 'b> {
    fn new(conversation: &'a mut Conversation<'b>) -> Result<Self, Failure> {
        let has_colour = console::allows_colour();
        let config = Config::builder()
            .max_history_size(history::CAPACITY)
            .map_err(terminal)?
            .history_ignore_dups(true)
            .map_err(terminal)?
            .history_ignore_space(true)
            .completion_type(CompletionType::List)
            .completion_show_all_if_ambiguous(true)
            .bell_style(BellStyle::None)
            .color_mode(if has_colour {
                ColorMode::Enabled
            } else {
                ColorMode::Disabled
            })
            .build();
        let mut editor = Editor::with_config(config).map_err(terminal)?;
        editor.set_helper(Some(Assistant::new(has_colour)));
        let mut prompt = Self {
            conversation,
            editor,
            history: history::path(),
            is_warned: false,
        };
        prompt.load_history()?;
        Ok(prompt)
    }

    fn greet(&mut self) -> Result<(), Failure> {
        let line = format!(
            "tupu 图谱 {} · {}",
            env!("CARGO_PKG_VERSION"),
            self.conversation.size()
        );
        self.conversation.console.message(&line)?;
        let help = "a statement ends with `;` · `:help` explains · Ctrl-D leaves / 语句以 ；结尾 · :help 查看帮助 · Ctrl-D 退出";
        Ok(self.conversation.console.remark(help)?)
    }

    /// The next input; `None` when the user leaves.
    fn read(&mut self) -> Result<Option<String>, Failure> {
        loop {
            self.conversation.console.flush()?;
            // Not later: Ctrl-C may be pressed as soon as the line editor is left.
            if let Some(interrupt) = &self.conversation.interrupt {
                interrupt.clear();
            }
            let view = self.conversation.session.view();
            let parameters = self.conversation.parameters.keys().cloned().collect();
            if let Some(assistant) = self.editor.helper_mut() {
                assistant.wake(view, parameters);
            }
            let shown = if self.conversation.session.is_in_transaction() {
                ("tupu*> ", "\x1b[1;36mtupu*>\x1b[0m ")
            } else {
                ("tupu> ", "\x1b[1;36mtupu>\x1b[0m ")
            };
            let read = self.editor.readline(&shown);
            // A view that is still held would make the next write copy what it shares.
            if let Some(assistant) = self.editor.helper_mut() {
                assistant.sleep();
            }
            match read {
                Ok(input) if input.trim().is_empty() => {}
                Ok(input) => return Ok(Some(input)),
                Err(ReadlineError::Eof) if self.may_leave()? => return Ok(None),
                Err(ReadlineError::Eof | ReadlineError::Interrupted | ReadlineError::Signal(_)) => {
                }
                Err(error) => return Err(terminal(error)),
            }
        }
    }

    /// Runs the parts of an input up to the first that fails.
    fn answer(&mut self, input: &str) -> Result<Flow, Failure> {
        self.remember(input)?;
        for part in input::parts(input) {
            let done = match part {
                Part::Command(text) => commands::run(self.conversation, text),
                Part::Statements(span) => self
                    .conversation
                    .script(
                        &Source::new("<prompt>", &input[span.range()]),
                        AfterFailure::Stop,
                    )
                    .map(|()| Flow::Stay),
            };
            match done {
                Ok(Flow::Stay) => self.is_warned = false,
                Ok(Flow::Leave) => return Ok(Flow::Leave),
                Err(failure @ Failure::Output(_)) => return Err(failure),
                Err(failure) => {
                    if failure.status() == Status::Interrupted {
                        // The terminal has written `^C` where the message would start.
                        self.conversation.console.message("")?;
                    }
                    self.conversation.report(&failure)?;
                    break;
                }
            }
        }
        Ok(Flow::Stay)
    }

    /// Whether nothing would be lost, or the user has been told and leaves all the same.
    fn may_leave(&mut self) -> Result<bool, Failure> {
        if !self.conversation.has_unsaved_changes || self.is_warned {
            return Ok(true);
        }
        self.is_warned = true;
        self.conversation.console.warning(
            "warning: the graph has unsaved changes\n\
             help: `:save FILE` keeps them; leave once more to drop them / 修改尚未保存：用 :save 文件 保存，再次退出则放弃",
        )?;
        Ok(false)
    }

    fn load_history(&mut self) -> Result<(), Failure> {
        let Some(path) = &self.history else {
            return Ok(());
        };
        let loaded = history::prepare(path)
            .map_err(ReadlineError::from)
            .and_then(|()| {
                if path.exists() {
                    self.editor.load_history(path)
                } else {
                    Ok(())
                }
            });
        loaded.or_else(|error| self.forget_history(&error))
    }

    fn remember(&mut self, input: &str) -> Result<(), Failure> {
        let is_new = self
            .editor
            .add_history_entry(input.trim_end())
            .map_err(terminal)?;
        let Some(path) = self.history.as_ref().filter(|_| is_new) else {
            return Ok(());
        };
        self.editor
            .append_history(path)
            .or_else(|error| self.forget_history(&error))
    }

    /// From now on history lives in memory only.
    fn forget_history(&mut self, error: &ReadlineError) -> Result<(), Failure> {
        if let Some(path) = self.history.take() {
            let path = path.display();
            self.conversation.console.warning(&format!(
                "warning: history is not kept, because {path} cannot be used: {error}\n\
                 help: point XDG_STATE_HOME to a folder that you may write to"
            ))?;
        }
        Ok(())
    }
}

fn terminal(error: ReadlineError) -> Failure {
    Failure::Output(match error {
        ReadlineError::Io(error) => error,
        other => std::io::Error::other(other),
    })
}
