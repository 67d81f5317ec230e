//! Owns the guesses at what was meant where the grammar failed.

use super::error::{Correction, Hint};
use super::expectation::Failure;
use super::grammar::Rule;
use super::parse;
use super::scan::{LexemeKind, fold};

/// Words of other query languages, with what openCypher writes.
const FOREIGN: [(&str, &str); 8] = [
    ("SELECT", "write `MATCH … RETURN …`"),
    ("FROM", "write `MATCH … RETURN …`"),
    ("INTO", "write `CREATE (:Label {key: value})`"),
    ("UPDATE", "write `MATCH … SET …`"),
    (
        "GROUP",
        "rows are grouped by what is returned beside an aggregate, without a clause for it",
    ),
    ("HAVING", "write `WITH … WHERE …`"),
    (
        "LIKE",
        "write `STARTS WITH`, `ENDS WITH`, `CONTAINS` or `=~`",
    ),
    (
        "JOIN",
        "write the relationship as a pattern, as in `(a)-[:TYPE]->(b)`",
    ),
];

/// What was probably meant, if anything suggests itself.
pub(super) fn hint(failure: &Failure<'_>) -> Option<Hint> {
    symbol(failure)
        .or_else(|| keyword(failure))
        .or_else(|| misspelt(failure))
        .or_else(|| bracket(failure))
        .or_else(|| alias(failure))
}

/// A feature of other databases that begins here, with what to write in its place.
pub(super) fn unsupported(failure: &Failure<'_>) -> Option<(&'static str, &'static str)> {
    const FEATURES: [(&str, &str, &str); 8] = [
        (
            "LOAD",
            "`LOAD CSV`",
            "pass the rows as a parameter and write `UNWIND $rows AS row`",
        ),
        ("USE", "`USE`", "open the graph before the statement is run"),
        (
            "USING",
            "`USING`",
            "leave it out: the plan is chosen by the graph's counts",
        ),
        ("FILTER", "`FILTER`", "write `WITH * WHERE …`"),
        ("LET", "`LET`", "write `WITH *, expression AS variable`"),
        ("FOR", "`FOR`", "write `UNWIND list AS variable`"),
        (
            "NEXT",
            "`NEXT`",
            "write `WITH …` instead of `RETURN … NEXT`",
        ),
        (
            "SHOW",
            "`SHOW`",
            "write `CALL db.labels()`, `CALL db.relationshipTypes()` or `CALL db.propertyKeys()`",
        ),
    ];
    let is_clause = failure.expects(Rule::clause) || failure.expects(Rule::statement);
    let feature = FEATURES
        .iter()
        .find(|(word, ..)| failure.word(0).eq_ignore_ascii_case(word));
    feature
        .filter(|_| is_clause)
        .map(|(_, feature, instead)| (*feature, *instead))
}

/// What to write for a character that openCypher does not know: the whole text, if that makes a statement of it.
pub(super) fn correction(failure: &Failure<'_>, character: char) -> Option<Correction> {
    const LONGEST: usize = 300;
    let mut corrected = String::with_capacity(failure.text.len());
    let mut at = 0;
    for lexeme in &failure.lexemes {
        if let LexemeKind::Unknown(character) = lexeme.kind {
            corrected.push_str(&failure.text[at..lexeme.span.start as usize]);
            corrected.push_str(replacement(character).unwrap_or_default());
            at = lexeme.span.end as usize;
        }
    }
    corrected.push_str(&failure.text[at..]);
    if corrected.len() <= LONGEST && parse(&corrected).is_ok() {
        return Some(Correction::Text(corrected.trim().to_owned()));
    }
    replacement(character).map(Correction::Character)
}

/// The ASCII spelling of a character.
fn replacement(character: char) -> Option<&'static str> {
    Some(match character {
        '、' | '﹐' | '﹑' => ",",
        '。' | '﹒' | '｡' | '·' => ".",
        '﹔' => ";",
        '﹕' | '︰' | '∶' => ":",
        '﹙' => "(",
        '﹚' => ")",
        '﹛' => "{",
        '﹜' => "}",
        '﹝' | '〘' | '［' => "[",
        '﹞' | '〙' | '］' => "]",
        '「' | '」' | '『' | '』' | '„' | '‚' | '«' | '»' => "'",
        '｀' => "`",
        '￥' | '¥' | '﹩' => "$",
        '\u{ad}' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' => "-",
        '《' | '〈' | '⟨' | '﹤' => "<",
        '》' | '〉' | '⟩' | '﹥' => ">",
        '﹦' => "=",
        '﹢' => "+",
        '×' | '＊' | '﹡' | '⋅' | '∗' => "*",
        '÷' | '∕' => "/",
        '﹪' => "%",
        '≠' => "<>",
        '≤' | '≦' => "<=",
        '≥' | '≧' => ">=",
        '→' => "-->",
        '←' => "<--",
        '∧' => "AND",
        '∨' => "OR",
        '¬' | '￢' => "NOT",
        '∈' => "IN",
        '￤' | '│' => "|",
        _ => return None,
    })
}

fn symbol(failure: &Failure<'_>) -> Option<Hint> {
    let (before, found, after) = (failure.word(-1), failure.word(0), failure.word(1));
    let expects_operand = failure.expects(Rule::expression)
        || failure.expects(Rule::expression_before_bar)
        || failure.expects(Rule::variable);
    Some(match (before, found, after) {
        ("=", "=", _) => Hint::Instead("="),
        (_, "!", "=") | (">" | "<", "<" | ">", _) if !failure.expects(Rule::dash) => {
            Hint::Instead("<>")
        }
        (_, "&", "&") => Hint::Instead("AND"),
        (_, "|", "|") => Hint::Advice("write `OR` between conditions and `+` between strings"),
        (_, "!", _) if expects_operand => Hint::Instead("NOT"),
        (_, "#", _) => Hint::Advice("comments begin with `//`"),
        ("", "-", "-") => Hint::Advice("comments begin with `//`"),
        ("-", ">", _) if failure.expects(Rule::dash) => Hint::Instead("-->"),
        ("]", ">", _) if failure.expects(Rule::dash) => Hint::Instead("->"),
        ("-", "(", _) if failure.expects(Rule::dash) => Hint::Advice(
            "a relationship is written `-->`, `<--` or `--`, or with brackets as in `-[:TYPE]->`",
        ),
        (";", ..) => Hint::Advice("run one statement at a time"),
        _ => return None,
    })
}

fn keyword(failure: &Failure<'_>) -> Option<Hint> {
    let is = |word: &str, keyword: &str| word.eq_ignore_ascii_case(keyword);
    let (found, after) = (failure.word(0), failure.word(1));
    let ends_clause = failure.expects(Rule::clause);
    if is(found, "NOT") && is(after, "IN") {
        return Some(Hint::Advice("write `NOT a IN b`"));
    }
    let is_test = is(found, "IS") || is(failure.word(-1), "IS");
    if is_test || is(found, "NOT") && failure.expects(Rule::operator) {
        return Some(Hint::Advice(
            "write `IS NULL`, `IS NOT NULL` or `IS :: TYPE`",
        ));
    }
    if is(found, "WHERE") && ends_clause {
        return Some(Hint::Advice(
            "`WHERE` belongs right after `MATCH …` or `WITH …`; put `WITH *` before it here",
        ));
    }
    if ["ORDER", "SKIP", "OFFSET", "LIMIT"]
        .iter()
        .any(|keyword| is(found, keyword))
        && ends_clause
    {
        let advice = "`ORDER BY`, `SKIP` and `LIMIT` stand in this order after the items of `WITH` or `RETURN`, before `WHERE`";
        return Some(Hint::Advice(advice));
    }
    FOREIGN
        .iter()
        .find(|(word, _)| is(found, word))
        .map(|(_, advice)| Hint::Advice(advice))
}

/// A word that is nearly one of the keywords that could stand here.
fn misspelt(failure: &Failure<'_>) -> Option<Hint> {
    let found = failure
        .word(0)
        .chars()
        .map(fold)
        .collect::<String>()
        .to_ascii_uppercase();
    let is_word = failure
        .lexemes
        .get(failure.index)
        .is_some_and(|lexeme| lexeme.kind == LexemeKind::Word);
    let keywords = failure
        .rules
        .iter()
        .flat_map(|rule| keywords(*rule))
        .filter(|_| is_word);
    let (distance, keyword) = keywords
        .map(|keyword| (distance(&found, keyword), *keyword))
        .min()?;
    (distance <= (keyword.len() / 3).max(1) && keyword.len() > 2).then_some(Hint::Misspelt(keyword))
}

/// The keywords that a rule may begin with.
fn keywords(rule: Rule) -> &'static [&'static str] {
    match rule {
        Rule::statement => &[
            "MATCH", "OPTIONAL", "WITH", "RETURN", "CREATE", "UNWIND", "SET", "MERGE", "DELETE",
            "DETACH", "REMOVE", "CALL", "FOREACH", "INSERT", "EXPLAIN", "PROFILE", "BEGIN",
            "COMMIT", "ROLLBACK",
        ],
        Rule::query | Rule::single_query | Rule::clause => &[
            "MATCH", "OPTIONAL", "WITH", "RETURN", "CREATE", "UNWIND", "SET", "MERGE", "DELETE",
            "DETACH", "REMOVE", "CALL", "FOREACH", "INSERT",
        ],
        Rule::union | Rule::UNION => &["UNION"],
        Rule::operator => &["AND", "XOR", "CONTAINS", "STARTS", "ENDS"],
        Rule::r#where | Rule::where_before_bar | Rule::WHERE => &["WHERE"],
        Rule::order_by | Rule::ORDER => &["ORDER"],
        Rule::skip_rows | Rule::SKIP => &["SKIP", "OFFSET"],
        Rule::limit_rows | Rule::LIMIT => &["LIMIT"],
        Rule::sort_item | Rule::ASCENDING => &["ASC", "ASCENDING"],
        Rule::DESCENDING => &["DESC", "DESCENDING"],
        Rule::yield_items | Rule::YIELD => &["YIELD"],
        Rule::MATCH => &["MATCH"],
        Rule::CREATE => &["CREATE"],
        Rule::DELETE => &["DELETE"],
        Rule::SET => &["SET"],
        Rule::case_branch | Rule::search_branch | Rule::WHEN => &["WHEN"],
        Rule::THEN => &["THEN"],
        Rule::case_else | Rule::ELSE => &["ELSE"],
        Rule::END => &["END"],
        _ => &[],
    }
}

/// How many letters must be changed, added, left out or swapped with their neighbour.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().take(16).collect(), b.chars().collect());
    let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            rows[i][j] = if i == 0 || j == 0 {
                i + j
            } else {
                let changed = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
                let is_swap = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
                let swapped = if is_swap {
                    rows[i - 2][j - 2] + 1
                } else {
                    changed
                };
                changed
                    .min(swapped)
                    .min(rows[i - 1][j] + 1)
                    .min(rows[i][j - 1] + 1)
            };
        }
    }
    rows[a.len()][b.len()]
}

/// A bracket that is open at the end of the text, at a clause, or at another kind of bracket's end.
fn bracket(failure: &Failure<'_>) -> Option<Hint> {
    const LONGEST: usize = 20;
    let found = failure.word(0);
    let Some(opener) = failure.opener else {
        return matches!(found, ")" | "]" | "}").then_some(Hint::Advice("no bracket is open here"));
    };
    let is_clause = keywords(Rule::clause)
        .iter()
        .any(|keyword| found.eq_ignore_ascii_case(keyword));
    let is_its_own = matches!(
        (failure.word_of(&opener), found),
        ("(", ")") | ("[", "]") | ("{", "}")
    );
    if is_its_own || !matches!(found, "" | ";" | ")" | "]" | "}") && !is_clause {
        return None;
    }
    let start = opener.span.start as usize;
    let end = failure.lexemes[..failure.index]
        .last()
        .map_or(start, |lexeme| lexeme.span.end as usize);
    let mut opened = failure.text[start..end].to_owned();
    if let Some((cut, _)) = opened.char_indices().nth(LONGEST) {
        opened.truncate(cut);
        opened.push('…');
    }
    Some(Hint::Unclosed {
        opened,
        span: opener.span,
    })
}

/// `RETURN n.name name`
fn alias(failure: &Failure<'_>) -> Option<Hint> {
    let kind = failure.lexemes.get(failure.index)?.kind;
    let is_name = matches!(kind, LexemeKind::Word | LexemeKind::QuotedName);
    (is_name && failure.expects(Rule::AS)).then_some(Hint::Advice("a new name stands after `AS`"))
}
