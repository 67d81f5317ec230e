//! A model server on loopback that answers as a test wants.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

/// What the server does with a request.
pub(crate) enum Reply {
    /// It answers with a completion of this text.
    Completion(String),
    /// It answers with this status and text.
    Status(u16, &'static str),
    /// It answers never.
    Silence,
    /// It closes the connection in the middle of an answer.
    Broken,
}

/// A request that came in.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) path: String,
    pub(crate) authorization: Option<String>,
    pub(crate) body: Value,
}

impl Request {
    /// What the user's message says.
    pub(crate) fn text(&self) -> &str {
        let messages = self.body["messages"].as_array().expect("a list");
        let last = messages.last().expect("there are messages");
        last["content"].as_str().expect("a text")
    }
}

/// A server that runs to the end of the test.
pub(crate) struct Stub {
    pub(crate) url: String,
    requests: Arc<Mutex<Vec<Request>>>,
}

impl Stub {
    /// A server that answers each request, which are counted from 0.
    pub(crate) fn new(reply: impl Fn(usize, &Request) -> Reply + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("there is a free port");
        let url = format!("http://{}/v1", listener.local_addr().expect("it is bound"));
        let requests = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&requests);
        std::thread::spawn(move || {
            // Connections that are never answered stay open.
            let mut silent = Vec::new();
            for stream in listener.incoming() {
                let mut stream = stream.expect("a connection comes in");
                let Some(request) = request(&stream) else {
                    continue;
                };
                let number = {
                    let mut seen = seen.lock().expect("nobody panicked");
                    seen.push(request.clone());
                    seen.len() - 1
                };
                // Whoever waited no longer does not read the answer.
                drop(match reply(number, &request) {
                    Reply::Completion(text) => answer(&mut stream, 200, &completion(&text)),
                    Reply::Status(status, text) => answer(&mut stream, status, text),
                    Reply::Broken => {
                        stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{")
                    }
                    Reply::Silence => {
                        silent.push(stream);
                        Ok(())
                    }
                });
            }
        });
        Self { url, requests }
    }

    /// The requests so far.
    pub(crate) fn requests(&self) -> Vec<Request> {
        self.requests.lock().expect("nobody panicked").clone()
    }
}

/// An address where no server is.
pub(crate) fn nowhere() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("there is a free port");
    format!("http://{}/v1", listener.local_addr().expect("it is bound"))
}

fn request(stream: &TcpStream) -> Option<Request> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let path = line.split(' ').nth(1)?.to_owned();
    let (mut length, mut authorization) = (0, None);
    loop {
        line.clear();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(": ") else {
            break;
        };
        match &*name.to_ascii_lowercase() {
            "content-length" => length = value.parse().ok()?,
            "authorization" => authorization = Some(value.to_owned()),
            _ => {}
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some(Request {
        path,
        authorization,
        body: serde_json::from_slice(&body).ok()?,
    })
}

fn completion(text: &str) -> String {
    json!({"choices": [{"message": {"role": "assistant", "content": text}}]}).to_string()
}

fn answer(stream: &mut TcpStream, status: u16, text: &str) -> std::io::Result<()> {
    write!(
        stream,
        "HTTP/1.1 {status} Whatever\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{text}",
        text.len()
    )
}
