//! A syntax tree that is printed and parsed again is the same tree, and no text makes the parser panic.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{TestError, TestRunner};
use tupu::source::Span;
use tupu::syntax::ast::*;
use tupu::syntax::{is_complete, parse, statements, tokens};

#[test]
fn printing_and_parsing_gives_the_same_tree() {
    // The strategies nest deeper than a test's own stack allows.
    const STACK: usize = 256 * 1024 * 1024;
    let run = || TestRunner::new(config()).run(&statement(), |statement| check_printed(&statement));
    let thread = std::thread::Builder::new()
        .stack_size(STACK)
        .spawn(run)
        .expect("a thread starts");
    match thread.join().expect("printing and parsing never panic") {
        Err(TestError::Fail(reason, _)) => panic!("{reason}"),
        other => other.expect("the cases can be made"),
    }
}

fn check_printed(statement: &Statement) -> Result<(), TestCaseError> {
    let text = statement.to_string();
    match parse(&text) {
        Ok(parsed) => {
            prop_assert_eq!(without_spans(&parsed), without_spans(statement), "{}", text);
            prop_assert_eq!(parsed.to_string(), text);
        }
        Err(error) => prop_assert!(false, "{error} at {:?}\n{text}", error.span),
    }
    Ok(())
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn no_text_makes_the_parser_panic(words in vec(select(WORDS), 0..40), noise in any::<String>(), at in 0_usize..40) {
        let mut words: Vec<&str> = words;
        words.insert(at.min(words.len()), &noise);
        for separator in ["", " "] {
            let text = words.join(separator);
            if let Err(error) = parse(&text) {
                prop_assert!(text.get(error.span.range()).is_some(), "{:?} is no place in {text:?}", error.span);
                prop_assert!(!error.to_string().is_empty());
                let _ = error.help();
            }
            for token in tokens(&text) {
                prop_assert!(text.get(token.span.range()).is_some());
            }
            for statement in statements(&text) {
                prop_assert!(text.get(statement.span.range()).is_some());
            }
            let _ = is_complete(&text);
        }
    }
}

/// How many inputs each property is tried on; `TUPU_CASES` makes a longer run.
fn config() -> ProptestConfig {
    let cases = std::env::var("TUPU_CASES")
        .ok()
        .and_then(|cases| cases.parse().ok())
        .unwrap_or(256);
    ProptestConfig {
        cases,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

const WORDS: &[&str] = &[
    "MATCH",
    "OPTIONAL",
    "WHERE",
    "RETURN",
    "WITH",
    "UNWIND",
    "AS",
    "CREATE",
    "MERGE",
    "ON",
    "SET",
    "REMOVE",
    "DELETE",
    "CALL",
    "YIELD",
    "UNION",
    "ALL",
    "ORDER",
    "BY",
    "LIMIT",
    "CASE",
    "WHEN",
    "THEN",
    "ELSE",
    "END",
    "EXISTS",
    "COUNT",
    "NOT",
    "AND",
    "OR",
    "IN",
    "IS",
    "NULL",
    "STARTS",
    "CONTAINS",
    "all",
    "reduce",
    "shortestPath",
    "SHORTEST",
    "ANY",
    "GROUPS",
    "FOREACH",
    "INSERT",
    "TYPED",
    "::",
    "LIST<",
    "INTEGER",
    "NORMALIZED",
    "{1,3}",
    "$(",
    "||",
    "n",
    "企",
    "`q`",
    "$p",
    "1",
    "1.5",
    "0x1F",
    "'s'",
    "“s”",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "（",
    "）",
    "【",
    "】",
    "｛",
    "｝",
    ":",
    "：",
    ",",
    "，",
    ";",
    "；",
    ".",
    "..",
    "…",
    "|",
    "｜",
    "-",
    "－",
    "—",
    "<",
    ">",
    "＜",
    "＞",
    "=",
    "＝",
    "=~",
    "+=",
    "+",
    "*",
    "/",
    "%",
    "^",
    "&",
    "!",
    "!=",
    "、",
    "。",
    "//",
    "/*",
    "*/",
    "'",
    "\"",
    "`",
    "“",
    "\\",
    "＄",
    "\u{3000}",
    "\u{feff}",
];

/// The tree as text, its places left out.
fn without_spans(tree: &impl std::fmt::Debug) -> String {
    let text = format!("{tree:?}");
    let mut parts = text.split("Span { start: ");
    let mut stripped = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        stripped.push_str(part.split_once('}').map_or(part, |(_, rest)| rest));
    }
    stripped
}

const NOWHERE: Span = Span { start: 0, end: 0 };

fn name() -> impl Strategy<Value = Name> {
    const NAMES: &[&str] = &[
        "a",
        "b",
        "企业",
        "名_2",
        "order",
        "match",
        "end",
        "count",
        "all",
        "reduce",
        "exists",
        "NaN",
        "Where",
        "contains",
        "insert",
        "shortest",
        "any",
        "foreach",
        "two words",
        "`",
        "1st",
        "",
        "a.b",
        "；",
    ];
    select(NAMES).prop_map(|text| Name {
        text: text.into(),
        span: NOWHERE,
    })
}

/// Functions' names are words joined by dots, so that a dot within a word cannot be told from one between them.
fn function() -> impl Strategy<Value = Name> {
    const NAMES: &[&str] = &[
        "size",
        "algo.pageRank",
        "all",
        "shortestPath",
        "toUpper",
        "函数",
        "case",
        "a.match",
    ];
    select(NAMES).prop_map(|text| Name {
        text: text.into(),
        span: NOWHERE,
    })
}

fn literal() -> impl Strategy<Value = Literal> {
    prop_oneof![
        Just(Literal::Null),
        any::<bool>().prop_map(Literal::Boolean),
        any::<i64>().prop_map(Literal::Integer),
        (0_i64..3).prop_map(Literal::Integer),
        any::<f64>()
            .prop_filter("is finite", |value| value.is_finite())
            .prop_map(Literal::Float),
        Just(Literal::Float(f64::INFINITY)),
        any::<String>().prop_map(|text| Literal::String(text.into())),
        select(&["", "'", "\\", "”", "企业\n", "\\u0041"][..])
            .prop_map(|text| Literal::String(text.into())),
    ]
}

fn of(kind: ExpressionKind) -> Expression {
    Expression {
        kind,
        span: NOWHERE,
    }
}

fn labels(inner: BoxedStrategy<Expression>) -> impl Strategy<Value = LabelExpression> {
    let dynamic = (boxed(inner), any::<bool>())
        .prop_map(|(names, is_any)| LabelExpression::Dynamic { names, is_any });
    let leaf = prop_oneof![
        4 => name().prop_map(LabelExpression::Label),
        1 => Just(LabelExpression::Any(NOWHERE)),
        1 => dynamic,
    ];
    leaf.prop_recursive(2, 6, 3, |inner| {
        prop_oneof![
            vec(inner.clone(), 2..4).prop_map(LabelExpression::And),
            vec(inner.clone(), 2..4).prop_map(LabelExpression::Or),
            inner.prop_map(|labels| LabelExpression::Not(Box::new(labels))),
        ]
    })
}

fn expression() -> BoxedStrategy<Expression> {
    let leaf = prop_oneof![
        literal().prop_map(ExpressionKind::Literal),
        name().prop_map(ExpressionKind::Variable),
        name().prop_map(ExpressionKind::Parameter),
        Just(ExpressionKind::CountAll),
    ];
    leaf.prop_map(of)
        .prop_recursive(4, 24, 4, |inner| {
            prop_oneof![3 => operation(inner.clone()), 2 => lookup(inner.clone()), 3 => form(inner)]
                .prop_map(of)
        })
        .boxed()
}

fn boxed(inner: BoxedStrategy<Expression>) -> impl Strategy<Value = Box<Expression>> {
    inner.prop_map(Box::new)
}

fn optional(inner: BoxedStrategy<Expression>) -> impl Strategy<Value = Option<Box<Expression>>> {
    option::of(boxed(inner))
}

fn operation(inner: BoxedStrategy<Expression>) -> impl Strategy<Value = ExpressionKind> {
    use BinaryOperator as Binary;
    use ComparisonOperator as Comparison;
    let binary = select(vec![
        Binary::Add,
        Binary::Subtract,
        Binary::Multiply,
        Binary::Divide,
        Binary::Modulo,
        Binary::Power,
        Binary::In,
        Binary::StartsWith,
        Binary::EndsWith,
        Binary::Contains,
        Binary::Matches,
        Binary::Concatenate,
    ]);
    let comparison = select(vec![
        Comparison::Equal,
        Comparison::NotEqual,
        Comparison::Less,
        Comparison::LessOrEqual,
        Comparison::Greater,
        Comparison::GreaterOrEqual,
    ]);
    let unary = select(vec![
        UnaryOperator::Not,
        UnaryOperator::Minus,
        UnaryOperator::Plus,
    ]);
    prop_oneof![
        (unary, boxed(inner.clone()))
            .prop_map(|(operator, operand)| ExpressionKind::Unary { operator, operand }),
        (boxed(inner.clone()), binary, boxed(inner.clone())).prop_map(|(left, operator, right)| {
            ExpressionKind::Binary {
                left,
                operator,
                right,
            }
        }),
        (boxed(inner.clone()), vec((comparison, inner.clone()), 1..3))
            .prop_map(|(first, rest)| ExpressionKind::Comparison { first, rest }),
        vec(condition(inner.clone()), 2..4).prop_map(ExpressionKind::And),
        vec(condition(inner.clone()), 2..4).prop_map(ExpressionKind::Or),
        vec(condition(inner.clone()), 2..4).prop_map(ExpressionKind::Xor),
        (boxed(inner.clone()), any::<bool>()).prop_map(|(operand, is_negated)| {
            ExpressionKind::IsNull {
                operand,
                is_negated,
            }
        }),
        (boxed(inner.clone()), value_type(), any::<bool>()).prop_map(
            |(operand, value_type, is_negated)| ExpressionKind::IsTyped {
                operand,
                value_type,
                is_negated,
            }
        ),
        (boxed(inner), normal_form(), any::<bool>()).prop_map(|(operand, form, is_negated)| {
            ExpressionKind::IsNormalized {
                operand,
                form,
                is_negated,
            }
        }),
    ]
}

fn normal_form() -> impl Strategy<Value = NormalForm> {
    select(vec![
        NormalForm::Nfc,
        NormalForm::Nfd,
        NormalForm::Nfkc,
        NormalForm::Nfkd,
    ])
}

fn value_type() -> impl Strategy<Value = ValueType> {
    let named = select(vec![
        TypeName::Any,
        TypeName::Nothing,
        TypeName::Null,
        TypeName::PropertyValue,
        TypeName::Boolean,
        TypeName::String,
        TypeName::Integer,
        TypeName::Float,
        TypeName::Date,
        TypeName::LocalTime,
        TypeName::ZonedTime,
        TypeName::LocalDateTime,
        TypeName::ZonedDateTime,
        TypeName::Duration,
        TypeName::Map,
        TypeName::Node,
        TypeName::Relationship,
        TypeName::Path,
    ]);
    let leaf = (named, any::<bool>())
        .prop_map(|(name, is_required)| ValueType::Named { name, is_required });
    leaf.prop_recursive(3, 6, 3, |inner| {
        prop_oneof![
            (inner.clone(), any::<bool>()).prop_map(|(item, is_required)| ValueType::List {
                item: Box::new(item),
                is_required
            }),
            vec(inner, 2..4).prop_map(ValueType::Union),
        ]
    })
}

/// A branch after `CASE subject`: a value, or tests.
fn tested(inner: BoxedStrategy<Expression>) -> impl Strategy<Value = Expression> {
    use ComparisonOperator as Comparison;
    let subject = || Box::new(of(ExpressionKind::CaseSubject));
    let comparison = select(vec![
        Comparison::Equal,
        Comparison::NotEqual,
        Comparison::Less,
        Comparison::GreaterOrEqual,
    ]);
    let binary = select(vec![
        BinaryOperator::In,
        BinaryOperator::StartsWith,
        BinaryOperator::Contains,
        BinaryOperator::Matches,
    ]);
    let predicate = prop_oneof![
        vec((comparison, inner.clone()), 1..3).prop_map(move |rest| ExpressionKind::Comparison {
            first: subject(),
            rest,
        }),
        (binary, boxed(inner.clone())).prop_map(move |(operator, right)| ExpressionKind::Binary {
            left: subject(),
            operator,
            right,
        }),
        any::<bool>().prop_map(move |is_negated| ExpressionKind::IsNull {
            operand: subject(),
            is_negated
        }),
        value_type().prop_map(move |value_type| ExpressionKind::IsTyped {
            operand: subject(),
            value_type,
            is_negated: false
        }),
    ];
    let predicate = predicate.prop_map(|kind| CaseTest::Predicate(of(kind)));
    let equal = inner.clone().prop_map(CaseTest::Equal);
    let tests = (
        predicate.clone(),
        vec(prop_oneof![equal, predicate.clone()], 0..2),
    )
        .prop_map(|(first, mut tests)| {
            tests.push(first);
            of(ExpressionKind::CaseTests(tests))
        });
    prop_oneof![2 => inner, 1 => tests]
}

fn lookup(inner: BoxedStrategy<Expression>) -> impl Strategy<Value = ExpressionKind> {
    prop_oneof![
        (boxed(inner.clone()), name())
            .prop_map(|(base, key)| ExpressionKind::Property { base, key }),
        (boxed(inner.clone()), boxed(inner.clone()))
            .prop_map(|(base, index)| ExpressionKind::Index { base, index }),
        (
            boxed(inner.clone()),
            optional(inner.clone()),
            optional(inner.clone())
        )
            .prop_map(|(base, from, to)| ExpressionKind::Slice { base, from, to }),
        (boxed(inner.clone()), labels(inner))
            .prop_map(|(base, labels)| ExpressionKind::HasLabels { base, labels }),
    ]
}

#[expect(clippy::too_many_lines, reason = "a flat list of all forms")]
fn form(inner: BoxedStrategy<Expression>) -> impl Strategy<Value = ExpressionKind> {
    let quantifier = select(vec![
        Quantifier::All,
        Quantifier::Any,
        Quantifier::None,
        Quantifier::Single,
    ]);
    let predicate = || option::of(condition(inner.clone()).prop_map(Box::new));
    prop_oneof![
        vec(inner.clone(), 0..4).prop_map(ExpressionKind::List),
        vec((name(), inner.clone()), 0..3).prop_map(ExpressionKind::Map),
        (
            optional(inner.clone()),
            vec((condition(inner.clone()), inner.clone()), 1..3),
            optional(inner.clone())
        )
            .prop_map(|(subject, branches, otherwise)| ExpressionKind::Case {
                subject,
                branches,
                otherwise
            }),
        (
            boxed(inner.clone()),
            vec((tested(inner.clone()), inner.clone()), 1..3),
        )
            .prop_map(|(subject, branches)| ExpressionKind::Case {
                subject: Some(subject),
                branches,
                otherwise: None,
            }),
        (function(), any::<bool>(), vec(inner.clone(), 1..3)).prop_map(
            |(function, is_distinct, arguments)| {
                ExpressionKind::Call {
                    function,
                    is_distinct,
                    arguments,
                }
            }
        ),
        (
            name(),
            boxed(inner.clone()),
            predicate(),
            optional(inner.clone())
        )
            .prop_map(|(variable, list, predicate, projection)| {
                ExpressionKind::ListComprehension {
                    variable,
                    list,
                    predicate,
                    projection,
                }
            }),
        (
            option::of(name()),
            path(inner.clone()),
            predicate(),
            boxed(inner.clone())
        )
            .prop_map(|(variable, element, predicate, projection)| {
                ExpressionKind::PatternComprehension {
                    variable,
                    element: Box::new(element),
                    predicate,
                    projection,
                }
            }),
        (quantifier, name(), boxed(inner.clone()), predicate()).prop_map(
            |(quantifier, variable, list, predicate)| {
                ExpressionKind::Quantifier {
                    quantifier,
                    variable,
                    list,
                    predicate,
                }
            }
        ),
        (
            name(),
            boxed(inner.clone()),
            name(),
            boxed(inner.clone()),
            boxed(inner.clone())
        )
            .prop_map(|(accumulator, initial, variable, list, step)| {
                ExpressionKind::Reduce {
                    accumulator,
                    initial,
                    variable,
                    list,
                    step,
                }
            }),
        (name(), vec(projection_entry(inner.clone()), 0..3))
            .prop_map(|(variable, items)| ExpressionKind::MapProjection { variable, items }),
        shortest(inner.clone()).prop_map(|part| ExpressionKind::ShortestPath(Box::new(part))),
        (
            select(vec![
                SubqueryKind::Exists,
                SubqueryKind::Count,
                SubqueryKind::Collect
            ]),
            reading_query(inner)
        )
            .prop_map(|(kind, query)| ExpressionKind::Subquery {
                kind,
                query: Box::new(query)
            }),
    ]
}

fn projection_entry(inner: BoxedStrategy<Expression>) -> impl Strategy<Value = MapProjectionItem> {
    prop_oneof![
        name().prop_map(MapProjectionItem::Property),
        Just(MapProjectionItem::AllProperties(NOWHERE)),
        name().prop_map(MapProjectionItem::Variable),
        (name(), inner).prop_map(|(key, value)| MapProjectionItem::Entry(key, value)),
    ]
}

/// Where a pattern may stand beside other conditions.
fn condition(inner: BoxedStrategy<Expression>) -> impl Strategy<Value = Expression> {
    let pattern =
        path(inner.clone()).prop_map(|element| of(ExpressionKind::Pattern(Box::new(element))));
    prop_oneof![4 => inner, 1 => pattern]
}

fn properties(inner: BoxedStrategy<Expression>) -> impl Strategy<Value = Option<Expression>> {
    option::weighted(
        0.3,
        vec((name(), inner), 0..2).prop_map(|entries| of(ExpressionKind::Map(entries))),
    )
}

fn node(inner: BoxedStrategy<Expression>) -> impl Strategy<Value = NodePattern> {
    let predicate = option::weighted(0.2, boxed(inner.clone()));
    (
        option::of(name()),
        option::of(labels(inner.clone())),
        properties(inner),
        predicate,
    )
        .prop_map(|(variable, labels, properties, predicate)| NodePattern {
            variable,
            labels,
            properties,
            predicate,
            span: NOWHERE,
        })
}

fn relationship(inner: BoxedStrategy<Expression>) -> impl Strategy<Value = RelationshipPattern> {
    let length = (option::of(0_u32..9), option::of(0_u32..9)).prop_map(|(min, max)| Length {
        min,
        max,
        span: NOWHERE,
    });
    let direction = select(vec![
        Direction::Outgoing,
        Direction::Incoming,
        Direction::Both,
    ]);
    let predicate = option::weighted(0.2, boxed(inner.clone()));
    (
        option::of(name()),
        option::of(labels(inner.clone())),
        option::of(length),
        properties(inner),
        predicate,
        direction,
        option::weighted(0.2, path_quantifier()),
    )
        .prop_map(
            |(variable, types, length, properties, predicate, direction, quantifier)| {
                RelationshipPattern {
                    variable,
                    types,
                    quantifier: quantifier.filter(|_| length.is_none()),
                    length,
                    properties,
                    predicate,
                    direction,
                    path: None,
                    span: NOWHERE,
                }
            },
        )
}

fn path_quantifier() -> impl Strategy<Value = PathQuantifier> {
    (0_u32..4, option::of(0_u32..4)).prop_map(|(min, more)| PathQuantifier {
        min,
        max: more.map(|more| min + more),
        span: NOWHERE,
    })
}

/// A relationship, or a quantified path.
fn link(inner: BoxedStrategy<Expression>) -> impl Strategy<Value = RelationshipPattern> {
    let predicate = option::weighted(0.4, condition(inner.clone()));
    let repeated = (path(inner.clone()), predicate, path_quantifier()).prop_map(
        |(element, predicate, quantifier)| RelationshipPattern {
            variable: None,
            types: None,
            length: None,
            properties: None,
            predicate: None,
            direction: Direction::Outgoing,
            quantifier: Some(quantifier),
            path: Some(Box::new(ParenthesizedPath { element, predicate })),
            span: NOWHERE,
        },
    );
    prop_oneof![4 => relationship(inner), 1 => repeated]
}

fn element(inner: BoxedStrategy<Expression>) -> impl Strategy<Value = PatternElement> {
    let chain = vec((link(inner.clone()), node(inner.clone())), 0..3);
    (node(inner), chain).prop_map(|(start, chain)| PatternElement {
        start,
        chain,
        span: NOWHERE,
    })
}

/// A path as it may stand in an expression.
fn path(inner: BoxedStrategy<Expression>) -> impl Strategy<Value = PatternElement> {
    let chain = vec((relationship(inner.clone()), node(inner.clone())), 1..3);
    (node(inner), chain).prop_map(|(start, chain)| PatternElement {
        start,
        chain,
        span: NOWHERE,
    })
}

fn shortest(inner: BoxedStrategy<Expression>) -> impl Strategy<Value = PatternPart> {
    let selector = select(vec![PathSelector::Shortest, PathSelector::AllShortest]);
    (selector, path(inner)).prop_map(|(selector, element)| PatternPart {
        variable: None,
        selector,
        element,
        predicate: None,
        span: NOWHERE,
    })
}

fn part(inner: BoxedStrategy<Expression>) -> impl Strategy<Value = PatternPart> {
    let selector = prop_oneof![
        3 => Just(PathSelector::All),
        1 => (1_u32..4).prop_map(PathSelector::AnyPaths),
        1 => (1_u32..4).prop_map(PathSelector::ShortestPaths),
        1 => (1_u32..4).prop_map(PathSelector::ShortestGroups),
    ];
    let predicate = option::weighted(0.2, condition(inner.clone()).prop_map(Box::new));
    let all =
        (selector, element(inner.clone()), predicate).prop_map(|(selector, element, predicate)| {
            PatternPart {
                variable: None,
                selector,
                element,
                predicate,
                span: NOWHERE,
            }
        });
    (
        option::of(name()),
        prop_oneof![3 => all, 1 => shortest(inner)],
    )
        .prop_map(|(variable, part)| PatternPart { variable, ..part })
}

fn pattern(inner: BoxedStrategy<Expression>) -> impl Strategy<Value = Pattern> {
    vec(part(inner), 1..3).prop_map(|parts| Pattern { parts })
}

fn projection(
    inner: BoxedStrategy<Expression>,
    is_with: bool,
) -> impl Strategy<Value = ProjectionClause> {
    let item =
        (inner.clone(), option::of(name()), name()).prop_map(move |(expression, alias, other)| {
            let needs_alias = is_with && !matches!(expression.kind, ExpressionKind::Variable(_));
            ProjectionItem {
                expression,
                alias: if needs_alias {
                    alias.or(Some(other))
                } else {
                    alias
                },
            }
        });
    let order = vec((inner.clone(), any::<bool>()), 0..2).prop_map(|keys| {
        let sort_item = |(expression, is_descending)| SortItem {
            expression,
            is_descending,
        };
        keys.into_iter().map(sort_item).collect::<Vec<_>>()
    });
    let rows = (
        option::weighted(0.2, inner.clone()),
        option::weighted(0.2, inner.clone()),
    );
    let predicate = option::weighted(0.3, condition(inner));
    (
        any::<bool>(),
        any::<bool>(),
        vec(item, 1..3),
        order,
        rows,
        predicate,
    )
        .prop_map(
            move |(is_distinct, includes_all, items, order, (skip, limit), predicate)| {
                ProjectionClause {
                    is_distinct,
                    includes_all,
                    items,
                    order,
                    skip,
                    limit,
                    predicate: predicate.filter(|_| is_with),
                    span: NOWHERE,
                }
            },
        )
}

fn reading(inner: BoxedStrategy<Expression>) -> impl Strategy<Value = Clause> {
    let matched = (
        any::<bool>(),
        pattern(inner.clone()),
        option::of(condition(inner.clone())),
    )
        .prop_map(|(is_optional, pattern, predicate)| MatchClause {
            is_optional,
            pattern,
            predicate,
            span: NOWHERE,
        });
    let unwound = (inner.clone(), name()).prop_map(|(list, variable)| UnwindClause {
        list,
        variable,
        span: NOWHERE,
    });
    prop_oneof![
        matched.prop_map(Clause::Match),
        unwound.prop_map(Clause::Unwind),
        call(inner.clone()).prop_map(Clause::Call),
        projection(inner, true).prop_map(Clause::With),
    ]
}

fn call(inner: BoxedStrategy<Expression>) -> impl Strategy<Value = CallClause> {
    let item = (name(), name()).prop_map(|(column, variable)| YieldItem { column, variable });
    let yields =
        (vec(item, 0..3), option::of(condition(inner.clone()))).prop_map(|(items, predicate)| {
            Yield {
                items: Some(items),
                predicate,
                span: NOWHERE,
            }
        });
    (
        any::<bool>(),
        function(),
        option::of(vec(inner, 0..2)),
        option::of(yields),
    )
        .prop_map(|(is_optional, procedure, arguments, yields)| CallClause {
            is_optional,
            procedure,
            arguments,
            yields,
            span: NOWHERE,
        })
}

fn reading_query(inner: BoxedStrategy<Expression>) -> impl Strategy<Value = Query> {
    (vec(reading(inner.clone()), 0..2), projection(inner, false)).prop_map(|(mut clauses, last)| {
        clauses.push(Clause::Return(last));
        Query {
            first: SingleQuery {
                clauses,
                span: NOWHERE,
            },
            unions: Vec::new(),
        }
    })
}

fn set_item(inner: BoxedStrategy<Expression>) -> impl Strategy<Value = SetItem> {
    prop_oneof![
        (inner.clone(), name(), inner.clone()).prop_map(|(target, key, value)| SetItem::Property {
            target,
            key,
            value
        }),
        (name(), inner.clone()).prop_map(|(variable, value)| SetItem::Replace { variable, value }),
        (name(), inner.clone()).prop_map(|(variable, value)| SetItem::Merge { variable, value }),
        (inner.clone(), inner.clone(), inner.clone())
            .prop_map(|(target, key, value)| SetItem::DynamicProperty { target, key, value }),
        (name(), vec(name(), 1..3), vec(inner, 0..2)).prop_map(|(variable, labels, dynamic)| {
            SetItem::Labels {
                variable,
                labels,
                dynamic,
            }
        }),
    ]
}

fn remove_item(inner: BoxedStrategy<Expression>) -> impl Strategy<Value = RemoveItem> {
    prop_oneof![
        (inner.clone(), name()).prop_map(|(target, key)| RemoveItem::Property { target, key }),
        (inner.clone(), inner.clone())
            .prop_map(|(target, key)| RemoveItem::DynamicProperty { target, key }),
        (name(), vec(inner, 1..3)).prop_map(|(variable, dynamic)| RemoveItem::Labels {
            variable,
            labels: Vec::new(),
            dynamic,
        }),
        (name(), vec(name(), 1..3)).prop_map(|(variable, labels)| RemoveItem::Labels {
            variable,
            labels,
            dynamic: Vec::new(),
        }),
    ]
}

fn updating(inner: BoxedStrategy<Expression>) -> impl Strategy<Value = Clause> {
    let merge = (
        part(inner.clone()),
        vec(set_item(inner.clone()), 0..2),
        vec(set_item(inner.clone()), 0..2),
    );
    prop_oneof![
        pattern(inner.clone()).prop_map(|pattern| Clause::Create(CreateClause {
            pattern,
            span: NOWHERE
        })),
        merge.prop_map(|(part, on_create, on_match)| {
            Clause::Merge(MergeClause {
                part,
                on_create,
                on_match,
                span: NOWHERE,
            })
        }),
        vec(set_item(inner.clone()), 1..3).prop_map(|items| Clause::Set(SetClause {
            items,
            span: NOWHERE
        })),
        vec(remove_item(inner.clone()), 1..3).prop_map(|items| Clause::Remove(RemoveClause {
            items,
            span: NOWHERE
        })),
        (any::<bool>(), vec(inner.clone(), 1..3)).prop_map(|(is_detach, expressions)| {
            Clause::Delete(DeleteClause {
                is_detach,
                expressions,
                span: NOWHERE,
            })
        }),
        (
            name(),
            inner.clone(),
            vec(vec(set_item(inner.clone()), 1..3), 1..3)
        )
            .prop_map(|(variable, list, items)| {
                let set = |items| {
                    Clause::Set(SetClause {
                        items,
                        span: NOWHERE,
                    })
                };
                Clause::Foreach(ForeachClause {
                    variable,
                    list,
                    clauses: items.into_iter().map(set).collect(),
                    span: NOWHERE,
                })
            }),
        (
            any::<bool>(),
            option::of(vec(name(), 0..3)),
            any::<bool>(),
            reading_query(inner)
        )
            .prop_map(|(is_optional, imports, is_all, query)| {
                let imports_all = is_all && imports.is_none();
                Clause::Subquery(SubqueryClause {
                    is_optional,
                    imports,
                    imports_all,
                    query,
                    span: NOWHERE,
                })
            }),
        Just(Clause::Finish(NOWHERE)),
    ]
}

fn single_query() -> impl Strategy<Value = SingleQuery> {
    let inner = expression();
    let last = prop_oneof![
        projection(inner.clone(), false).prop_map(Clause::Return),
        updating(inner.clone())
    ];
    (vec(reading(inner), 0..3), last).prop_map(|(mut clauses, last)| {
        clauses.push(last);
        SingleQuery {
            clauses,
            span: NOWHERE,
        }
    })
}

fn statement() -> impl Strategy<Value = Statement> {
    let mode = select(vec![Mode::Run, Mode::Explain, Mode::Profile]);
    (
        mode,
        single_query(),
        vec(single_query(), 0..2),
        any::<bool>(),
    )
        .prop_map(|(mode, first, further, is_all)| {
            let unions = further
                .into_iter()
                .map(|query| Union {
                    is_all,
                    query,
                    span: NOWHERE,
                })
                .collect();
            Statement {
                mode,
                body: StatementBody::Query(Query { first, unions }),
                span: NOWHERE,
            }
        })
}
