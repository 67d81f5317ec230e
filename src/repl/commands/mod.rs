//! The prompt's commands: one declaration of each feeds dispatch, help and completion.

mod files;
mod graph;
mod query;
mod screen;
mod settings;

use super::{Conversation, Failure, help};
use crate::lookup;

/// A command of the prompt.
#[derive(Debug)]
pub struct Command {
    /// The name, without the colon.
    pub name: &'static str,
    /// Another name for the same.
    pub alias: Option<&'static str>,
    /// What follows the name, for help: `NAME => VALUE`.
    pub arguments: &'static str,
    /// What the arguments are, for completion.
    pub completes: Argument,
    /// For help: one sentence in English.
    pub summary: &'static str,
    /// For help: the same in Chinese.
    pub summary_chinese: &'static str,
    /// Does it; called with the text after the name, trimmed.
    pub run: fn(&mut Conversation<'_>, &str) -> Result<Flow, Failure>,
}

/// Whether the prompt goes on after a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flow {
    /// It asks for the next input.
    Stay,
    /// The user wants to leave.
    Leave,
}

/// What a command's arguments are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Argument {
    /// There are none, or nothing is known about them.
    Nothing,
    /// Paths of files.
    File,
    /// A query.
    Query,
    /// A path of a file, then a query.
    FileAndQuery,
    /// The name of an entity.
    Entity,
    /// The name of a parameter.
    Parameter,
    /// A topic of help.
    Topic,
    /// One of these words.
    Word(&'static [&'static str]),
}

/// All commands, in the order in which help lists them.
pub static COMMANDS: &[Command] = &[
    Command {
        name: "help",
        alias: Some("h"),
        arguments: "[TOPIC]",
        completes: Argument::Topic,
        summary: "explain a command, clause or function; `:help first` leads to a first question",
        summary_chinese: "解释命令、子句或函数；`:help 入门` 从第一个问题开始",
        run: |conversation, topic| conversation.print(&help::text(topic)?).map(|()| Flow::Stay),
    },
    Command {
        name: "schema",
        alias: None,
        arguments: "",
        completes: Argument::Nothing,
        summary: "show which labels, relationships and properties the graph has",
        summary_chinese: "显示图中有哪些标签、关系和属性",
        run: graph::schema,
    },
    Command {
        name: "stats",
        alias: None,
        arguments: "",
        completes: Argument::Nothing,
        summary: "count nodes and relationships by label and type",
        summary_chinese: "按标签和类型统计节点与关系的数量",
        run: graph::stats,
    },
    Command {
        name: "show",
        alias: None,
        arguments: "NAME",
        completes: Argument::Entity,
        summary: "show an entity: its labels, properties, relations and documents",
        summary_chinese: "显示一个实体：标签、属性、关系和文档",
        run: graph::show,
    },
    Command {
        name: "param",
        alias: None,
        arguments: "NAME [=>] VALUE",
        completes: Argument::Parameter,
        summary: "set a parameter: `:param 区 坪山区`, or computed: `:param since => date('2023-01-01')`",
        summary_chinese: "设置参数：`:param 区 坪山区`，或用表达式：`:param since => date('2023-01-01')`",
        run: settings::param,
    },
    Command {
        name: "params",
        alias: None,
        arguments: "[clear]",
        completes: Argument::Word(&["clear"]),
        summary: "show the parameters, or forget them",
        summary_chinese: "显示或清空参数",
        run: settings::params,
    },
    Command {
        name: "mode",
        alias: None,
        arguments: "[FORMAT]",
        completes: Argument::Word(&["table", "json", "jsonl", "csv", "tsv", "markdown", "ron"]),
        summary: "show results as table, json, jsonl, csv, tsv, markdown or ron",
        summary_chinese: "设置结果格式：table、json、jsonl、csv、tsv、markdown 或 ron",
        run: settings::mode,
    },
    Command {
        name: "max-rows",
        alias: None,
        arguments: "[N|all]",
        completes: Argument::Word(&["all"]),
        summary: "show at most N rows of a result",
        summary_chinese: "结果最多显示 N 行",
        run: settings::max_rows,
    },
    Command {
        name: "max-memory",
        alias: None,
        arguments: "[SIZE|all]",
        completes: Argument::Word(&["all"]),
        summary: "stop a statement that needs more memory than SIZE (800MB, 2GB)",
        summary_chinese: "语句占用内存的上限，如 800MB、2GB",
        run: settings::max_memory,
    },
    Command {
        name: "timing",
        alias: None,
        arguments: "[on|off]",
        completes: Argument::Word(&["on", "off"]),
        summary: "say how long each statement took",
        summary_chinese: "显示每条语句的用时",
        run: settings::timing,
    },
    Command {
        name: "names",
        alias: None,
        arguments: "[zh|id]",
        completes: Argument::Word(&["zh", "id"]),
        summary: "show labels and types by their Chinese names, or by their identifiers",
        summary_chinese: "用中文名或标识符显示标签和关系类型",
        run: settings::names,
    },
    Command {
        name: "explain",
        alias: None,
        arguments: "QUERY",
        completes: Argument::Query,
        summary: "show how a query would be answered, without running it",
        summary_chinese: "显示查询计划而不执行",
        run: query::explain,
    },
    Command {
        name: "profile",
        alias: None,
        arguments: "QUERY",
        completes: Argument::Query,
        summary: "run a query and show what each step of its plan did",
        summary_chinese: "执行查询并显示计划中每一步的情况",
        run: query::profile,
    },
    Command {
        name: "why",
        alias: None,
        arguments: "[ROW]",
        completes: Argument::Nothing,
        summary: "show the sentences of documents that support a row of the last result",
        summary_chinese: "显示最近结果中某一行的依据：文章里的原句",
        run: query::why,
    },
    Command {
        name: "source",
        alias: None,
        arguments: "FILE",
        completes: Argument::File,
        summary: "run the statements of a file",
        summary_chinese: "执行文件中的语句",
        run: query::source,
    },
    Command {
        name: "open",
        alias: None,
        arguments: "[FILE …]",
        completes: Argument::File,
        summary: "open other graphs in place of this one; without a file the embedded ones",
        summary_chinese: "改为打开其他图；不带文件名则打开内置的图",
        run: files::open,
    },
    Command {
        name: "save",
        alias: None,
        arguments: "FILE",
        completes: Argument::File,
        summary: "write the graph to a file: RON, or a durable one (.tupu)",
        summary_chinese: "把图写入文件：RON，或可持久的 .tupu",
        run: files::save,
    },
    Command {
        name: "dot",
        alias: None,
        arguments: "[FILE] [QUERY]",
        completes: Argument::FileAndQuery,
        summary: "draw the graph, or what a query returns, for Graphviz",
        summary_chinese: "把整个图或查询结果画成 Graphviz 图",
        run: query::dot,
    },
    Command {
        name: "clear",
        alias: None,
        arguments: "",
        completes: Argument::Nothing,
        summary: "clear the screen",
        summary_chinese: "清屏",
        run: screen::clear,
    },
    Command {
        name: "quit",
        alias: Some("exit"),
        arguments: "",
        completes: Argument::Nothing,
        summary: "leave (so does Ctrl-D)",
        summary_chinese: "退出（Ctrl-D 亦可）",
        run: screen::quit,
    },
];

/// Finds a command by its name or alias, whatever the case.
#[must_use]
pub fn find(name: &str) -> Option<&'static Command> {
    COMMANDS.iter().find(|command| {
        command.name.eq_ignore_ascii_case(name)
            || command
                .alias
                .is_some_and(|alias| alias.eq_ignore_ascii_case(name))
    })
}

/// The text after the colon where a line is a command: `:help` and, as a Chinese input method types it, `：help`.
#[must_use]
pub fn recognise(line: &str) -> Option<&str> {
    line.trim_start().strip_prefix([':', '：'])
}

/// Runs the command in the text after the colon.
///
/// # Errors
///
/// What the command fails with; for an unknown one, a message that names the nearest.
pub fn run(conversation: &mut Conversation<'_>, text: &str) -> Result<Flow, Failure> {
    // A statement's `;` after a command is a habit, not a part of it.
    let text = text.trim().trim_end_matches([';', '；']).trim_end();
    let (name, arguments) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    match find(name) {
        Some(command) => (command.run)(conversation, arguments.trim()),
        None => Err(unknown(name)),
    }
}

fn unknown(name: &str) -> Failure {
    let names = COMMANDS
        .iter()
        .flat_map(|command| [Some(command.name), command.alias])
        .flatten();
    let help = match lookup::nearest_name(names, name) {
        Some(nearest) => format!("did you mean `:{nearest}`?"),
        None => "`:help` lists the commands".to_owned(),
    };
    Failure::Usage(format!("there is no command `:{name}`\nhelp: {help}"))
}

#[cfg(test)]
mod tests;
