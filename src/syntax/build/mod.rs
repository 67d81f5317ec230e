//! Owns the way from the parser's pairs to the syntax tree.
//!
//! Takes the pairs of one statement with the words of its text; gives the [`Statement`], or refuses what the grammar's
//! rules let pass: literals out of range, clauses in an impossible order, patterns where a value must stand.

mod clause;
mod composition;
mod expression;
mod literal;
mod operator;
mod path;
mod pattern;
mod projection;
mod schema;
mod value_type;

use pest::iterators::{Pair, Pairs};

use super::ast::{Mode, Name, Statement, StatementBody, TransactionCommand};
use super::error::{SyntaxError, SyntaxErrorKind};
use super::grammar::Rule;
use super::limit::HEIGHT_LIMIT;
use super::scan::{Lexeme, LexemeKind};
use crate::source::Span;

type Result<T> = std::result::Result<T, SyntaxError>;

/// Builds the tree of one statement.
pub(super) struct Builder<'a> {
    /// The text as it was written.
    text: &'a str,
    /// Its words, which tell where a rule's text ends when blanks and comments follow.
    lexemes: &'a [Lexeme],
    /// How many expressions are being built around the present one.
    depth: usize,
    /// The height of the highest expression that was built within the present one.
    height: usize,
    /// Whether the present query stands in an expression, which writes nothing.
    is_read_only: bool,
    /// Whether the present query may end without `RETURN`.
    ends_freely: bool,
}

impl<'a> Builder<'a> {
    /// A builder for a text that was scanned.
    pub(super) fn new(text: &'a str, lexemes: &'a [Lexeme]) -> Self {
        Self {
            text,
            lexemes,
            depth: 0,
            height: 0,
            is_read_only: false,
            ends_freely: false,
        }
    }

    /// `EXPLAIN query`
    pub(super) fn statement(&mut self, pairs: Pairs<'_, Rule>) -> Result<Statement> {
        let statement = pairs
            .into_iter()
            .next()
            .expect("the grammar's first rule gives one pair");
        let span = self.span(&statement);
        let mut mode = Mode::Run;
        let mut body = None;
        for pair in statement.into_inner() {
            match pair.as_rule() {
                Rule::EXPLAIN => mode = Mode::Explain,
                Rule::PROFILE => mode = Mode::Profile,
                Rule::query => body = Some(StatementBody::Query(self.query(pair)?)),
                Rule::schema_command => {
                    body = Some(StatementBody::Schema(Box::new(self.schema_command(pair)?)));
                }
                Rule::transaction_command => body = Some(transaction_command(pair)),
                _ => {}
            }
        }
        let body = body.expect("a statement is a query or a command");
        Ok(Statement { mode, body, span })
    }

    /// The place of a rule's text without the blanks and comments around it, nor the `;` after it.
    fn span(&self, pair: &Pair<'_, Rule>) -> Span {
        let pest = pair.as_span();
        let from = self
            .lexemes
            .partition_point(|lexeme| (lexeme.span.start as usize) < pest.start());
        let to = self
            .lexemes
            .partition_point(|lexeme| (lexeme.span.start as usize) < pest.end());
        let within = &self.lexemes[from..to.max(from)];
        let is_part = |lexeme: &&Lexeme| {
            !matches!(lexeme.kind, LexemeKind::Comment | LexemeKind::Symbol(";"))
        };
        match (within.iter().find(is_part), within.iter().rfind(is_part)) {
            (Some(first), Some(last)) => first.span.to(last.span),
            _ => Span::new(pest.start(), pest.end()),
        }
    }

    fn name(&self, pair: &Pair<'_, Rule>) -> Name {
        let written = pair.as_str().trim_end();
        let span = Span::new(
            pair.as_span().start(),
            pair.as_span().start() + written.len(),
        );
        let text = match written
            .strip_prefix('`')
            .and_then(|rest| rest.strip_suffix('`'))
        {
            Some(quoted) => quoted.replace("``", "`").into(),
            None => written.into(),
        };
        Name { text, span }
    }

    /// The names of a rule's text, joined by dots.
    fn dotted_name(&self, pair: Pair<'_, Rule>) -> Name {
        let span = self.span(&pair);
        let parts: Vec<_> = pair
            .into_inner()
            .map(|part| self.name(&part).text)
            .collect();
        Name {
            text: parts.join(".").into(),
            span,
        }
    }

    /// The name within a rule that holds nothing else, as `alias` does.
    fn inner_name(&self, pair: Pair<'_, Rule>) -> Name {
        self.name(&only(pair))
    }

    fn unexpected(&self, span: Span, expected: &'static str) -> SyntaxError {
        let found = self.text[span.range()].to_owned();
        let kind = SyntaxErrorKind::UnexpectedSyntax {
            found,
            expected: vec![expected],
            hint: None,
        };
        SyntaxError::new(kind, span)
    }

    /// Goes one expression deeper while `build` runs, on more stack when little is left.
    fn deeper<T>(&mut self, span: Span, build: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        const LEAST: usize = 128 * 1024;
        const MORE: usize = 1024 * 1024;
        check_height(self.depth + 1, span)?;
        self.depth += 1;
        let built = stacker::maybe_grow(LEAST, MORE, || build(self));
        self.depth -= 1;
        built
    }
}

fn transaction_command(pair: Pair<'_, Rule>) -> StatementBody {
    let keyword = pair.into_inner().next().map(|keyword| keyword.as_rule());
    StatementBody::Transaction(match keyword {
        Some(Rule::BEGIN) => TransactionCommand::Begin,
        Some(Rule::COMMIT) => TransactionCommand::Commit,
        _ => TransactionCommand::Rollback,
    })
}

/// The one pair within a pair.
fn only(pair: Pair<'_, Rule>) -> Pair<'_, Rule> {
    pair.into_inner().next().expect("the rule holds another")
}

fn check_height(height: usize, span: Span) -> Result<()> {
    if height <= HEIGHT_LIMIT {
        return Ok(());
    }
    Err(SyntaxError::new(
        SyntaxErrorKind::ExpressionTooDeep {
            limit: HEIGHT_LIMIT,
        },
        span,
    ))
}
