//! One question to a server that speaks the chat-completions protocol, asked until it is answered or patience ends.

use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::Duration;

use serde::Deserialize;

use super::Endpoint;

/// After so many questions in a row that the server left without an answer, it is asked no more.
const LOST: u32 = 3;
/// How long to wait before the first question that is asked again; each further time twice as long.
const PAUSE: Duration = Duration::from_millis(250);
/// The longest such pause.
const LONGEST_PAUSE: Duration = Duration::from_secs(8);
/// The largest answer.
const LARGEST: u64 = 16 << 20;

#[derive(Debug)]
pub(super) struct Client {
    agent: ureq::Agent,
    endpoint: Endpoint,
    url: String,
    /// How many questions in a row had no answer.
    unanswered: AtomicU32,
}

/// Why a question has no answer.
enum Fault {
    /// Asking again may help.
    Passing(String),
    /// The server does not want to be asked so.
    Refused(String),
    /// The server answers, but not as it should; asking again may help.
    Malformed(String),
}

#[derive(Deserialize)]
struct Completion {
    choices: Vec<Choice>,
}

#[derive(Deserialize)]
struct Choice {
    message: Message,
}

#[derive(Deserialize)]
struct Message {
    content: Option<String>,
}

impl Client {
    pub(super) fn new(endpoint: Endpoint) -> Self {
        let config = ureq::Agent::config_builder()
            .timeout_global(Some(endpoint.timeout))
            .http_status_as_error(false)
            .user_agent(concat!("tupu/", env!("CARGO_PKG_VERSION")));
        let base = endpoint.url.trim_end_matches('/');
        let url = match base.ends_with("/chat/completions") {
            true => base.to_owned(),
            false => format!("{base}/chat/completions"),
        };
        Self {
            agent: config.build().into(),
            endpoint,
            url,
            unanswered: AtomicU32::new(0),
        }
    }

    /// The text of the server's answer and what `parse` makes of it; the error says why there is none.
    pub(super) fn ask<T>(
        &self,
        body: &str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Result<(String, T), String> {
        if self.unanswered.load(Ordering::Relaxed) >= LOST {
            return Err(format!(
                "not asked, since {} left {LOST} questions in a row without an answer",
                self.url
            ));
        }
        let mut pause = PAUSE;
        let mut attempt = 0;
        loop {
            let fault = match self.once(body, &parse) {
                Ok(answer) => {
                    self.unanswered.store(0, Ordering::Relaxed);
                    return Ok(answer);
                }
                Err(fault) => fault,
            };
            attempt += 1;
            let is_refused = matches!(fault, Fault::Refused(_));
            if is_refused || attempt > self.endpoint.retries {
                return Err(self.give_up(fault, attempt));
            }
            thread::sleep(pause);
            pause = LONGEST_PAUSE.min(pause * 2);
        }
    }

    fn give_up(&self, fault: Fault, attempts: u32) -> String {
        let reason = match fault {
            Fault::Malformed(reason) => {
                self.unanswered.store(0, Ordering::Relaxed);
                reason
            }
            Fault::Passing(reason) | Fault::Refused(reason) => {
                self.unanswered.fetch_add(1, Ordering::Relaxed);
                reason
            }
        };
        match attempts {
            1 => format!("{}: {reason}", self.url),
            _ => format!("{}: {reason}, {attempts} times", self.url),
        }
    }

    fn once<T>(&self, body: &str, parse: impl Fn(&str) -> Option<T>) -> Result<(String, T), Fault> {
        let mut request = self
            .agent
            .post(&self.url)
            .header("content-type", "application/json");
        if let Some(key) = &self.endpoint.key {
            request = request.header("authorization", format!("Bearer {key}"));
        }
        let mut response = request.send(body).map_err(fault)?;
        let status = response.status();
        let text = response.body_mut().with_config().limit(LARGEST);
        let text = text.lossy_utf8(true).read_to_string().map_err(fault)?;
        if !status.is_success() {
            let excerpt: String = text.chars().take(200).collect();
            let reason = format!("status {status}: {}", excerpt.trim());
            return Err(match status.as_u16() {
                408 | 425 | 429 | 500.. => Fault::Passing(reason),
                _ => Fault::Refused(reason),
            });
        }
        let malformed = || Fault::Malformed("the answer is no chat completion".to_owned());
        let completion: Completion = serde_json::from_str(&text).map_err(|_| malformed())?;
        let choice = completion
            .choices
            .into_iter()
            .next()
            .ok_or_else(malformed)?;
        let content = choice.message.content.ok_or_else(malformed)?;
        match parse(&content) {
            Some(answer) => Ok((content, answer)),
            None => Err(Fault::Malformed(
                "the answer is no JSON object of claims".to_owned(),
            )),
        }
    }
}

fn fault(error: ureq::Error) -> Fault {
    match error {
        ureq::Error::BadUri(_) | ureq::Error::Http(_) => Fault::Refused(error.to_string()),
        ureq::Error::BodyExceedsLimit(_) => Fault::Malformed("the answer is too large".to_owned()),
        _ => Fault::Passing(error.to_string()),
    }
}
