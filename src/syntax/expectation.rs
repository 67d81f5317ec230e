//! Owns the explanation of a grammar's failure: what was found, what was expected, what was probably meant.
//!
//! Takes the rules that the parser tried at the farthest place it reached; gives a [`SyntaxError`] in users' words.

use pest::error::{Error, ErrorVariant, InputLocation};

use super::error::{Hint, SyntaxError, SyntaxErrorKind, Text};
use super::grammar::Rule;
use super::hint;
use super::limit::NESTING_LIMIT;
use super::scan::{Lexeme, LexemeKind};
use crate::source::Span;

/// The place where the parser failed, with what surrounds it.
pub(super) struct Failure<'a> {
    pub(super) text: &'a str,
    /// The words without the comments.
    pub(super) lexemes: Vec<Lexeme>,
    /// The position of the failing word in `lexemes`; their number at the end of the text.
    pub(super) index: usize,
    /// The rules that would have matched there.
    pub(super) rules: Vec<Rule>,
    /// The innermost bracket that is open there.
    pub(super) opener: Option<Lexeme>,
}

impl<'a> Failure<'a> {
    fn new(error: &Error<Rule>, text: &'a str, lexemes: &[Lexeme]) -> Self {
        let at = match error.location {
            InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
        };
        let lexemes: Vec<_> = lexemes
            .iter()
            .filter(|lexeme| lexeme.kind != LexemeKind::Comment)
            .copied()
            .collect();
        let index = lexemes.partition_point(|lexeme| lexeme.span.end as usize <= at);
        let rules = match &error.variant {
            ErrorVariant::ParsingError { positives, .. } => positives.clone(),
            ErrorVariant::CustomError { .. } => Vec::new(),
        };
        let opener = innermost(&lexemes[..index]);
        Self {
            text,
            lexemes,
            index,
            rules,
            opener,
        }
    }

    /// The word at a distance from the failing one.
    pub(super) fn word(&self, distance: isize) -> &'a str {
        let lexeme = self
            .index
            .checked_add_signed(distance)
            .and_then(|index| self.lexemes.get(index));
        lexeme.map_or("", |lexeme| self.word_of(lexeme))
    }

    /// A word as ASCII writes it.
    pub(super) fn word_of(&self, lexeme: &Lexeme) -> &'a str {
        match lexeme.kind {
            LexemeKind::Symbol(symbol) => symbol,
            _ => &self.text[lexeme.span.range()],
        }
    }

    pub(super) fn expects(&self, rule: Rule) -> bool {
        self.rules.contains(&rule)
    }

    fn span(&self) -> Span {
        let end = self.text.trim_end().len();
        self.lexemes
            .get(self.index)
            .map_or(Span::new(end, end), |lexeme| lexeme.span)
    }

    fn kind(&self) -> Option<LexemeKind> {
        self.lexemes.get(self.index).map(|lexeme| lexeme.kind)
    }

    /// Whether an operand stands before the failing word, so that a comma or a closing bracket could follow.
    fn is_after_operand(&self) -> bool {
        self.rules.iter().any(|rule| {
            matches!(
                rule,
                Rule::operator
                    | Rule::null_predicate
                    | Rule::property_lookup
                    | Rule::properties
                    | Rule::r#where
                    | Rule::where_before_bar
                    | Rule::label_expression
            )
        })
    }

    /// What could stand here, each once, the commonest first.
    fn expected(&self) -> Vec<&'static str> {
        let mut expected: Vec<_> = self.rules.iter().filter_map(|rule| words(*rule)).collect();
        if self.is_after_operand()
            && let Some(opener) = self.opener
        {
            let before = self
                .lexemes
                .iter()
                .rfind(|lexeme| lexeme.span.end <= opener.span.start);
            let is_call = before.is_some_and(|lexeme| {
                lexeme.kind == LexemeKind::Word && lexeme.span.end == opener.span.start
            });
            match opener.kind {
                LexemeKind::Symbol("(") if !is_call => expected.push("`)`"),
                LexemeKind::Symbol("(") => expected.extend(["`,`", "`)`"]),
                LexemeKind::Symbol("[") => expected.extend(["`,`", "`]`"]),
                _ => expected.extend(["`,`", "`}`"]),
            }
        }
        let mut seen = Vec::new();
        expected.retain(|words| {
            !seen.contains(words) && {
                seen.push(*words);
                true
            }
        });
        expected.sort_by_key(|words| match *words {
            "an operator" => 0,
            "a clause" => 2,
            "the end of the statement" => 3,
            _ => 1,
        });
        expected
    }
}

/// The error that the grammar's failure means.
pub(super) fn explain(error: &Error<Rule>, text: &str, lexemes: &[Lexeme]) -> SyntaxError {
    let failure = Failure::new(error, text, lexemes);
    let span = failure.span();
    let expected = failure.expected();
    let kind = match failure.kind() {
        _ if matches!(error.variant, ErrorVariant::CustomError { .. }) => {
            SyntaxErrorKind::NestingTooDeep {
                limit: NESTING_LIMIT,
            }
        }
        Some(LexemeKind::UnclosedString(quote)) => SyntaxErrorKind::UnclosedText {
            text: Text::String(quote),
        },
        Some(LexemeKind::UnclosedName) => SyntaxErrorKind::UnclosedText { text: Text::Name },
        Some(LexemeKind::UnclosedComment) => SyntaxErrorKind::UnclosedText {
            text: Text::Comment,
        },
        Some(LexemeKind::Unknown(character)) if !character.is_ascii() => {
            let correction = hint::correction(&failure, character);
            SyntaxErrorKind::InvalidUnicodeCharacter {
                character,
                expected,
                correction,
            }
        }
        _ => match hint::unsupported(&failure) {
            Some((feature, instead)) => SyntaxErrorKind::UnsupportedSyntax { feature, instead },
            None => {
                let found = text[span.range()].to_owned();
                let hint: Option<Hint> = hint::hint(&failure);
                SyntaxErrorKind::UnexpectedSyntax {
                    found,
                    expected,
                    hint,
                }
            }
        },
    };
    SyntaxError::new(kind, span)
}

/// The last bracket that is opened and not closed.
fn innermost(lexemes: &[Lexeme]) -> Option<Lexeme> {
    let mut open = Vec::new();
    for lexeme in lexemes {
        match lexeme.kind {
            LexemeKind::Symbol("(" | "[" | "{") => open.push(*lexeme),
            LexemeKind::Symbol(")" | "]" | "}") => {
                open.pop();
            }
            _ => {}
        }
    }
    open.pop()
}

/// What a rule is to the people who write queries; nothing for rules that others stand for.
fn words(rule: Rule) -> Option<&'static str> {
    Some(match rule {
        Rule::statement
        | Rule::transaction_command
        | Rule::query
        | Rule::single_query
        | Rule::clause
        | Rule::match_clause => "a clause",
        Rule::EOI => "the end of the statement",
        Rule::expression
        | Rule::expression_before_bar
        | Rule::prefix
        | Rule::string
        | Rule::number
        | Rule::variable
        | Rule::case_test
        | Rule::list => "an expression",
        Rule::operator | Rule::null_predicate => "an operator",
        Rule::pattern | Rule::pattern_part | Rule::pattern_element | Rule::node_pattern => {
            "a node pattern"
        }
        Rule::relationship_pattern => "a relationship pattern",
        Rule::relationship_detail => "`[`",
        Rule::dash => "`-`",
        Rule::properties => "a map of properties",
        Rule::label_expression | Rule::label_keyword => "a label",
        Rule::label_disjunction | Rule::label_conjunction | Rule::label_negation => {
            "a label or type"
        }
        Rule::length | Rule::length_without_star => "`*`",
        Rule::range | Rule::bound => "a number",
        Rule::name | Rule::alias | Rule::procedure_name | Rule::yield_item => "a name",
        Rule::map_entry => "`key: value`",
        Rule::value_type | Rule::one_type | Rule::type_name => "a type",
        Rule::negation => "`NULL`",
        Rule::TYPED => "`::`",
        Rule::colon => "`:`",
        Rule::case_branch | Rule::search_branch | Rule::WHEN => "`WHEN`",
        Rule::case_else | Rule::ELSE => "`ELSE`",
        Rule::list_projection => "`|`",
        Rule::procedure_arguments => "arguments",
        Rule::projection_item => "an expression",
        Rule::star => "`*`",
        Rule::set_item | Rule::remove_item | Rule::property_expression => {
            "a property or a label to change"
        }
        Rule::assignment => "`=`",
        Rule::order_by | Rule::ORDER => "`ORDER BY`",
        Rule::skip_rows | Rule::SKIP => "`SKIP`",
        Rule::limit_rows | Rule::LIMIT => "`LIMIT`",
        Rule::r#where | Rule::where_before_bar | Rule::WHERE => "`WHERE`",
        Rule::on_create => "`ON CREATE SET`",
        Rule::on_match => "`ON MATCH SET`",
        Rule::yield_items | Rule::YIELD => "`YIELD`",
        Rule::imports => "`{`",
        Rule::FOR => "`FOR`",
        Rule::if_not_exists => "`IF NOT EXISTS`",
        Rule::schema_target | Rule::node_target => "`(n:Label)` or `()-[r:TYPE]-()`",
        Rule::schema_keys => "`(n.key)`",
        Rule::REQUIRE => "`REQUIRE`",
        Rule::requirement => "`IS UNIQUE`, `IS NOT NULL` or `IS NODE KEY`",
        Rule::is_unique | Rule::is_present | Rule::is_key => "`UNIQUE`, `NOT NULL` or `NODE KEY`",
        Rule::if_exists => "`IF EXISTS`",
        Rule::ON => "`ON`",
        Rule::AS => "`AS`",
        Rule::BY => "`BY`",
        Rule::MATCH => "`MATCH`",
        Rule::CREATE => "`CREATE`",
        Rule::SET => "`SET`",
        Rule::DELETE => "`DELETE`",
        Rule::IN => "`IN`",
        Rule::THEN => "`THEN`",
        Rule::END => "`END`",
        _ => return None,
    })
}
