//! What `:help` says, drawn from the declarations of commands, clauses and functions.

mod clauses;

use std::fmt::Write as _;

use clauses::CLAUSES;

use super::Failure;
use super::commands::{self, COMMANDS, Command};
use crate::function::procedure::{self, Procedure};
use crate::function::{self, aggregate};
use crate::lookup;

const GUIDE: &str = include_str!("guide.txt");

const KEYS: &str = "\
Keys / 按键

  Tab                complete / 补全
  ↑ ↓                earlier and later inputs / 历史
  Ctrl-R             search the history / 搜索历史
  →                  take the hint shown in grey / 接受灰色提示
  Ctrl-C             drop the input, or cancel a running query / 放弃输入或取消正在执行的查询
  Ctrl-D             leave / 退出
  Ctrl-A, Ctrl-E     start and end of the line / 行首、行尾
  Ctrl-W, Ctrl-U     delete a word, or all before the cursor / 删除一个词或光标前的内容
  Ctrl-L             clear the screen / 清屏
";

/// A page of help that is about more than one thing.
struct Topic {
    name: &'static str,
    alias: &'static str,
    summary: &'static str,
    text: fn() -> String,
}

const TOPICS: &[Topic] = &[
    Topic {
        name: "first",
        alias: "入门",
        summary: "a first question / 第一个问题",
        text: || GUIDE.to_owned(),
    },
    Topic {
        name: "commands",
        alias: "命令",
        summary: "what starts with a colon / 冒号命令",
        text: command_list,
    },
    Topic {
        name: "clauses",
        alias: "子句",
        summary: "what a query is made of / 查询由什么组成",
        text: clause_list,
    },
    Topic {
        name: "functions",
        alias: "函数",
        summary: "what can be computed / 函数列表",
        text: function_list,
    },
    Topic {
        name: "procedures",
        alias: "过程",
        summary: "what CALL can run / CALL 可调用的过程",
        text: procedure_list,
    },
    Topic {
        name: "keys",
        alias: "按键",
        summary: "editing at the prompt / 按键",
        text: || KEYS.to_owned(),
    },
];

/// All that help can be asked about, for completion.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    let topics = TOPICS.iter().flat_map(|topic| [topic.name, topic.alias]);
    topics
        .chain(COMMANDS.iter().map(|command| command.name))
        .chain(CLAUSES.iter().map(|clause| clause.name))
        .chain(function::all().map(|function| function.name))
        .chain(aggregate::all().map(|aggregate| aggregate.name))
        .chain(procedure::all().map(|procedure| procedure.name))
}

/// The help on a topic, a command, a clause, a function or a procedure; the overview where none is named.
///
/// # Errors
///
/// When there is no help on it; the message names what comes nearest.
pub(super) fn text(topic: &str) -> Result<String, Failure> {
    let topic = topic.trim();
    if topic.is_empty() {
        return Ok(overview());
    }
    let page = TOPICS
        .iter()
        .find(|page| page.name.eq_ignore_ascii_case(topic) || page.alias == topic);
    if let Some(page) = page {
        return Ok((page.text)());
    }
    let mut text = String::new();
    if let Some(command) = commands::find(commands::recognise(topic).unwrap_or(topic)) {
        describe_command(&mut text, command);
    }
    if let Some(clause) = clauses::find(topic).filter(|_| commands::recognise(topic).is_none()) {
        separate(&mut text);
        let clauses::Clause {
            syntax,
            summary,
            summary_chinese,
            example,
            ..
        } = clause;
        line(
            &mut text,
            &format!("{syntax}\n\n  {summary}\n  {summary_chinese}\n\n  {example}"),
        );
    }
    let called = topic.trim_end_matches("()");
    let function = function::find(called).map(|found| (found.signature, found.summary));
    let aggregate = aggregate::find(called).map(|found| (found.signature, found.summary));
    if let Some((signature, summary)) = function.or(aggregate) {
        separate(&mut text);
        line(&mut text, &format!("{signature}\n\n  {summary}"));
    }
    if let Some(procedure) = procedure::find(called) {
        separate(&mut text);
        line(
            &mut text,
            &format!("{}\n\n  {}", signature(procedure), procedure.summary),
        );
    }
    if text.is_empty() {
        Err(unknown(topic))
    } else {
        Ok(text)
    }
}

fn unknown(topic: &str) -> Failure {
    let help = match lookup::nearest_name(names(), topic) {
        Some(nearest) => format!("did you mean `:help {nearest}`?"),
        None => "`:help` lists the topics".to_owned(),
    };
    Failure::Usage(format!("there is no help on '{topic}'\nhelp: {help}"))
}

fn overview() -> String {
    let mut text = String::from("Topics / 主题\n\n");
    for topic in TOPICS {
        let name = format!(":help {}", topic.name);
        line(&mut text, &format!("  {name:<18} {}", topic.summary));
    }
    line(
        &mut text,
        "  :help NAME         a command, clause or function / 某个命令、子句或函数",
    );
    separate(&mut text);
    text + &command_list()
}

fn command_list() -> String {
    let mut text = String::from("Commands / 命令\n\n");
    for command in COMMANDS {
        line(
            &mut text,
            &format!("  {:<24} {}", usage(command), command.summary),
        );
        line(
            &mut text,
            &format!("  {:<24} {}", "", command.summary_chinese),
        );
    }
    text
}

fn describe_command(text: &mut String, command: &Command) {
    line(
        text,
        &format!(
            "{}\n\n  {}\n  {}",
            usage(command),
            command.summary,
            command.summary_chinese
        ),
    );
    if let Some(alias) = command.alias {
        line(text, &format!("\n  also / 亦作 :{alias}"));
    }
}

fn usage(command: &Command) -> String {
    format!(":{} {}", command.name, command.arguments)
        .trim_end()
        .to_owned()
}

fn clause_list() -> String {
    let mut text = String::from("Clauses / 子句\n\n");
    for clause in CLAUSES {
        line(
            &mut text,
            &format!("  {:<16} {}", clause.name, clause.summary),
        );
        line(
            &mut text,
            &format!("  {:<16} {}", "", clause.summary_chinese),
        );
    }
    line(
        &mut text,
        "\n`:help MATCH` shows how one is written, with an example. / `:help MATCH` 查看写法和例子。",
    );
    text
}

fn function_list() -> String {
    let mut text = String::from("Functions / 函数\n\n");
    for function in function::all() {
        describe(&mut text, function.signature, function.summary);
    }
    text.push_str("\nAggregates / 聚合函数\n\n");
    for aggregate in aggregate::all() {
        describe(&mut text, aggregate.signature, aggregate.summary);
    }
    text
}

fn procedure_list() -> String {
    let mut text = String::from("Procedures / 过程\n\n");
    for procedure in procedure::all() {
        describe(&mut text, &signature(procedure), procedure.summary);
    }
    line(
        &mut text,
        "\n  CALL db.labels() YIELD label RETURN label ORDER BY label;",
    );
    text
}

/// An item of a list.
fn describe(text: &mut String, signature: &str, summary: &str) {
    line(text, &format!("  {signature}\n      {summary}"));
}

/// `algo.shortestPath(from, to, [options]) → path, cost`
fn signature(procedure: &Procedure) -> String {
    let arguments = procedure
        .arguments
        .iter()
        .map(|argument| match argument.default {
            Some(_) => format!("[{}]", argument.name),
            None => argument.name.to_owned(),
        });
    let arguments: Vec<_> = arguments.collect();
    let columns: Vec<_> = procedure.columns.iter().map(|(name, _)| *name).collect();
    format!(
        "{}({}) → {}",
        procedure.name,
        arguments.join(", "),
        columns.join(", ")
    )
}

fn separate(text: &mut String) {
    if !text.is_empty() {
        text.push('\n');
    }
}

fn line(text: &mut String, line: &str) {
    writeln!(text, "{line}").expect("writing to a string");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::Database;
    use crate::syntax;
    use crate::value::Map;

    #[test]
    fn every_name_has_help() {
        for name in names() {
            assert!(
                text(name).is_ok_and(|page| !page.trim().is_empty()),
                "{name}"
            );
        }
    }

    #[test]
    fn every_example_runs_on_the_embedded_graphs() {
        let database = Database::embedded().expect("the embedded graphs are well formed");
        let examples = CLAUSES.iter().map(|clause| clause.example.to_owned());
        let guide: String = GUIDE
            .lines()
            .filter(|line| line.starts_with("       ") && !line.trim().starts_with(':'))
            .collect::<Vec<_>>()
            .join("\n");
        let guide: Vec<_> = syntax::statements(&guide)
            .iter()
            .map(|statement| guide[statement.span.range()].to_owned())
            .collect();
        assert_eq!(guide.len(), 4);
        for example in examples.chain(guide) {
            let result = database.session().run(&example, &Map::new());
            let result = result.unwrap_or_else(|error| panic!("{example}: {error}"));
            assert_eq!(result.warnings, [], "{example}");
            let is_answered = !result.has_rows || !result.rows.is_empty();
            assert!(is_answered, "{example} gives no rows");
        }
    }

    #[test]
    fn case_and_colon_do_not_matter() {
        assert_eq!(text("match").ok(), text("MATCH").ok());
        assert_eq!(text(":show").ok(), text("show").ok());
        assert!(
            text("").is_ok_and(|page| page.contains(":help first") && page.contains(":max-rows"))
        );
    }

    #[test]
    fn an_unknown_topic_is_answered_with_the_nearest() {
        assert_eq!(
            unknown("MATHC").to_string(),
            "there is no help on 'MATHC'\nhelp: did you mean `:help MATCH`?"
        );
    }
}
