//! What the user sets: parameters, and how results are shown.

use super::Flow;
use crate::function::Bytes;
use crate::graph::Subgraph;
use crate::render::{Format, Names, literal};
use crate::repl::summary::counted;
use crate::repl::{Conversation, Failure, parameter};
use crate::source::{Source, Span};
use crate::value::Value;

/// `:param name value`, `:param name => expression`, `:param name`
pub(super) fn param(conversation: &mut Conversation<'_>, arguments: &str) -> Result<Flow, Failure> {
    let (name, text) = match arguments.split_once("=>") {
        Some((name, text)) if !name.trim().contains(char::is_whitespace) => {
            (name, Some((text.trim(), true)))
        }
        _ => match arguments.split_once(char::is_whitespace) {
            Some((name, text)) => (name, Some((text.trim(), false))),
            None => (arguments, None),
        },
    };
    let name = parameter::name(name)
        .ok_or_else(|| usage("say which parameter: `:param 区 坪山区`, or `:param n => 1 + 1`"))?;
    let value = match text {
        None => {
            let names = [name];
            return show(conversation, &names);
        }
        Some((text, true)) => evaluate(conversation, text)?,
        Some((text, false)) => parameter::value(text),
    };
    let literal = literal(&value, &Subgraph::default(), Names::default()).to_string();
    let line = format!("${name} = {literal}");
    conversation.parameters.insert(name, value);
    say(conversation, &line)
}

/// `:params`, `:params clear`
pub(super) fn params(
    conversation: &mut Conversation<'_>,
    arguments: &str,
) -> Result<Flow, Failure> {
    match arguments {
        "" => {
            let names: Vec<_> = conversation.parameters.keys().cloned().collect();
            show(conversation, &names)
        }
        "clear" => {
            conversation.parameters.clear();
            Ok(Flow::Stay)
        }
        _ => Err(usage(
            "`:params` shows the parameters, `:params clear` forgets them",
        )),
    }
}

/// `:mode format`
pub(super) fn mode(conversation: &mut Conversation<'_>, arguments: &str) -> Result<Flow, Failure> {
    if !arguments.is_empty() {
        conversation.settings.format = arguments
            .parse::<Format>()
            .map_err(|error| Failure::Usage(format!("{error}")))?;
    }
    let format = conversation.settings.format;
    say(conversation, &format!("results are shown as {format}"))
}

/// `:max-rows 100`, `:max-rows all`
pub(super) fn max_rows(
    conversation: &mut Conversation<'_>,
    arguments: &str,
) -> Result<Flow, Failure> {
    let wrong = || usage("say how many: `:max-rows 100`, or `:max-rows all`");
    match arguments {
        "" => {}
        "all" => conversation.settings.shown_rows = None,
        number => conversation.settings.shown_rows = Some(number.parse().map_err(|_| wrong())?),
    }
    let line = match conversation.settings.shown_rows {
        Some(most) => format!("at most {} of a result are shown", counted(most, "row")),
        None => "all rows of a result are shown".to_owned(),
    };
    say(conversation, &line)
}

/// `:max-memory 2GB`, `:max-memory all`
pub(super) fn max_memory(
    conversation: &mut Conversation<'_>,
    arguments: &str,
) -> Result<Flow, Failure> {
    let wrong = || usage("say how much: `:max-memory 2GB`, or `:max-memory all`");
    let most = &mut conversation.session.limits.max_memory;
    match arguments {
        "" => {}
        "all" => *most = None,
        size => *most = Some(size.parse::<Bytes>().map_err(|_| wrong())?.0),
    }
    let line = match *most {
        Some(most) => format!("a statement may use {} of memory", Bytes(most)),
        None => "a statement may use all memory".to_owned(),
    };
    say(conversation, &line)
}

/// `:timing on`, `:timing off`
pub(super) fn timing(
    conversation: &mut Conversation<'_>,
    arguments: &str,
) -> Result<Flow, Failure> {
    conversation.settings.has_timing = match arguments {
        "" => !conversation.settings.has_timing,
        "on" => true,
        "off" => false,
        _ => return Err(usage("`:timing on` or `:timing off`")),
    };
    let state = if conversation.settings.has_timing {
        "on"
    } else {
        "off"
    };
    say(conversation, &format!("timing is {state}"))
}

/// `:names zh`, `:names id`
pub(super) fn names(conversation: &mut Conversation<'_>, arguments: &str) -> Result<Flow, Failure> {
    conversation.settings.names = match arguments {
        "" => conversation.settings.names,
        "zh" => Names::Chinese,
        "id" => Names::Identifiers,
        _ => return Err(usage("`:names zh` or `:names id`")),
    };
    say(
        conversation,
        match conversation.settings.names {
            Names::Chinese => {
                "labels and types are shown by their Chinese names / 标签和类型显示中文名"
            }
            Names::Identifiers => "labels and types are shown as queries name them",
        },
    )
}

/// Shows some of the parameters as a table.
fn show(
    conversation: &mut Conversation<'_>,
    names: &[std::sync::Arc<str>],
) -> Result<Flow, Failure> {
    let mut rows = Vec::new();
    for name in names {
        let value = conversation.parameters.get(name).ok_or_else(|| {
            Failure::NotFound(format!(
                "there is no parameter ${name}; `:params` lists them"
            ))
        })?;
        rows.push(vec![Value::from(format!("${name}")), value.clone()]);
    }
    if rows.is_empty() {
        return say(
            conversation,
            "there are no parameters; `:param 区 坪山区` sets one",
        );
    }
    conversation.table(&["parameter", "value"], &rows)?;
    Ok(Flow::Stay)
}

/// Computes the value of an expression.
fn evaluate(conversation: &mut Conversation<'_>, expression: &str) -> Result<Value, Failure> {
    let text = format!("RETURN {expression} AS value");
    let source = Source::new("<parameter>", &text);
    let result = conversation.run(&source, Span::new(0, text.len()))?;
    match <[_; 1]>::try_from(result.rows).map(|[row]| <[_; 1]>::try_from(row)) {
        Ok(Ok([value])) => Ok(value),
        _ => Err(usage("a parameter has one value: `:param n => 1 + 1`")),
    }
}

fn say(conversation: &mut Conversation<'_>, line: &str) -> Result<Flow, Failure> {
    conversation.console.remark(line)?;
    Ok(Flow::Stay)
}

fn usage(text: &str) -> Failure {
    Failure::Usage(text.to_owned())
}
