use crate::syntax::ast::{Clause, ExpressionKind, Literal, Statement, StatementBody};
use crate::syntax::parse;

fn printed(text: &str) -> String {
    match parse(text) {
        Ok(statement) => statement.to_string(),
        Err(error) => format!("{text}: {error}"),
    }
}

/// Both texts have one reading.
fn check_same(text: &str, other: &str) {
    assert_eq!(printed(text), printed(other));
}

/// The text is read, and printed as it is.
fn check_kept(text: &str) {
    assert_eq!(printed(text), text);
}

fn first_item(statement: &Statement) -> &ExpressionKind {
    let StatementBody::Query(query) = &statement.body else {
        panic!("{statement} is no query");
    };
    match query.first.clauses.last() {
        Some(Clause::Return(clause)) => &clause.items[0].expression.kind,
        other => panic!("RETURN stands last, not {other:?}"),
    }
}

/// The columns' names: what is written where there is no alias.
fn columns(text: &str) -> Vec<&str> {
    let statement = parse(text).expect("the text is a statement");
    let StatementBody::Query(query) = &statement.body else {
        panic!("{statement} is no query");
    };
    match query.first.clauses.last() {
        Some(Clause::Return(clause)) => clause
            .items
            .iter()
            .map(|item| &text[item.expression.span.range()])
            .collect(),
        other => panic!("RETURN stands last, not {other:?}"),
    }
}

#[test]
fn clauses_are_read() {
    for text in [
        "EXPLAIN MATCH (n) RETURN *",
        "PROFILE MATCH (n) RETURN *, n.name AS name",
        "MATCH (a:A&B|!C {k: 1} WHERE a.x > 1)-[r:T|U*1..3 {k: $p} WHERE r.x]->(b)<-[s*]-(c)-[*2..]-(d) RETURN DISTINCT a",
        "OPTIONAL MATCH p = shortestPath((a)-[*..5]->(b)), q = allShortestPaths((a)-[*]-(b)) WHERE a.x RETURN p",
        "MATCH (n) WITH n AS m, count(*) AS c ORDER BY c DESC, m SKIP 1 LIMIT 2 WHERE c > 1 RETURN m, c",
        "UNWIND [1, 2] AS x RETURN x UNION ALL RETURN 1 AS x UNION ALL RETURN 2 AS x",
        "CREATE (a:A:B $properties)-[r:T]->(b) SET a.x = 1, a = {y: 2}, b += $p, b:C:D REMOVE a.x, b:C DETACH DELETE a",
        "MERGE (a)-[r:T]->(b) ON CREATE SET r.x = 1, r.y = 2 ON MATCH SET r.x = 2",
        "CALL db.labels YIELD label AS l WHERE l STARTS WITH 'A' RETURN l",
        "CALL db.labels() YIELD *",
        "CALL db.labels() YIELD -",
        "MATCH (a) CALL (a) { MATCH (a)-[]->(b) RETURN b } CALL (*) { CREATE (x) } CALL { FINISH } RETURN b",
        "MATCH (n) FINISH",
    ] {
        assert_eq!(printed(text).replace('&', ":"), text.replace('&', ":"));
    }
    check_same("MATCH (n) RETURN n OFFSET 3", "MATCH (n) RETURN n SKIP 3");
    check_same(
        "match (n) return n order by n ascending;",
        "MATCH (n) RETURN n ORDER BY n",
    );
    check_same(
        "MERGE (n) ON MATCH SET n.x = 1 ON CREATE SET n.y = 2",
        "MERGE (n) ON CREATE SET n.y = 2 ON MATCH SET n.x = 1",
    );
    check_same("MATCH ((a)-->(b)) RETURN a", "MATCH (a)-[]->(b) RETURN a");
    check_same(
        "MATCH (a)--(b)<-->(c) RETURN a",
        "MATCH (a)-[]-(b)-[]-(c) RETURN a",
    );
    check_same(
        "MATCH (a)-[:A|:B]->(b) RETURN a",
        "MATCH (a)-[:A|B]->(b) RETURN a",
    );
}

#[test]
fn expressions_are_read() {
    for text in [
        "RETURN [x IN xs WHERE x > 1 | x + 1]",
        "RETURN [x IN xs]",
        "RETURN [(x IN xs)]",
        "RETURN [x IN xs, y IN ys]",
        "RETURN [p = (a)-[]->(b:B) WHERE b.x | p]",
        "RETURN [x IN xs WHERE x:A | x.name]",
        "RETURN all(x IN xs WHERE x), any(x IN xs WHERE x), none(x IN xs WHERE x), single(x IN xs WHERE x)",
        "RETURN reduce(sum = 0, x IN xs | sum + x)",
        "RETURN n {.name, .*, other, key: n.x + 1}",
        "RETURN CASE WHEN a THEN 1 WHEN b THEN 2 ELSE 3 END.x",
        "RETURN CASE a WHEN 1 THEN 'x' END",
        "RETURN EXISTS { MATCH (a)-[]->(b) WHERE a.x }, COUNT { MATCH (a) RETURN a }, COLLECT { MATCH (a) RETURN a }",
        "RETURN xs[0], xs[1..2], xs[..2], xs[1..], xs[..], {a: 1}['a'], $p, $0, $`a b`",
        "RETURN algo.some.function(DISTINCT a, b), count(*), size('x').y",
        "RETURN a = b < c <> d, a IS NOT NULL, b STARTS WITH c ENDS WITH d CONTAINS e =~ f",
        "MATCH (n) WHERE (n)-[:T]->() AND NOT (n)<-[]-(:A {x: 1}) OR exists((n)-[]-()) RETURN n",
        "RETURN n:A, n:(A|B), n:!A",
        "RETURN null, true, false, NaN, Infinity, 1.5, 1e300, 'it\\'s', [], {}",
        "RETURN shortestPath((a)-[*]-(b))",
        "RETURN a + b - -c, +a, -(1)",
    ] {
        check_kept(text);
    }
    check_same(
        "RETURN EXISTS { (a)-->(b) WHERE a.x }",
        "RETURN EXISTS { MATCH (a)-->(b) WHERE a.x }",
    );
    check_same(
        "MATCH (n) WHERE n:A|B RETURN n",
        "MATCH (n) WHERE n:(A|B) RETURN n",
    );
    check_same("RETURN \"a'b\"", "RETURN 'a\\'b'");
}

#[test]
fn operators_bind_as_the_standard_says() {
    check_same(
        "RETURN a OR b XOR c AND NOT d = e",
        "RETURN a OR (b XOR (c AND (NOT (d = e))))",
    );
    check_same("RETURN NOT a IS NULL", "RETURN NOT (a IS NULL)");
    check_same("RETURN a = b IN c", "RETURN a = (b IN c)");
    check_same("RETURN a + b IN c + d", "RETURN (a + b) IN (c + d)");
    check_same(
        "RETURN a - b - c * d / e ^ f ^ g",
        "RETURN (a - b) - ((c * d) / ((e ^ f) ^ g))",
    );
    check_same("RETURN -a ^ b", "RETURN (-a) ^ b");
    check_same("RETURN -a.b[0]", "RETURN -((a.b)[0])");
    check_same("RETURN a + b.c:D", "RETURN a + ((b.c):D)");
    check_same("RETURN a IS NULL = b", "RETURN (a IS NULL) = b");
    check_kept("RETURN (a OR b) AND (c = d) = e");
    check_kept("RETURN a - (b - c)");
    check_kept("RETURN a AND (b AND c)");
}

#[test]
fn a_sign_belongs_to_its_number() {
    let value = |text: &str| parse(text).map(|statement| first_item(&statement).clone());
    assert_eq!(
        value("RETURN -9223372036854775808"),
        Ok(ExpressionKind::Literal(Literal::Integer(i64::MIN)))
    );
    assert_eq!(
        value("RETURN - 0x10"),
        Ok(ExpressionKind::Literal(Literal::Integer(-16)))
    );
    assert!(matches!(
        value("RETURN -(1)"),
        Ok(ExpressionKind::Unary { .. })
    ));
    assert!(matches!(
        value("RETURN -1.x"),
        Ok(ExpressionKind::Unary { .. })
    ));
    assert!(matches!(
        value("RETURN 2 -1"),
        Ok(ExpressionKind::Binary { .. })
    ));
}

#[test]
fn columns_are_named_as_they_are_written() {
    assert_eq!(
        columns("RETURN (1+2)*3 , n . name /* c */ AS x, ( a ), a IS NULL // d"),
        ["(1+2)*3", "n . name", "( a )", "a IS NULL"]
    );
    assert_eq!(
        columns("RETURN （企．name）＋‘x’，count( * );"),
        ["（企．name）＋‘x’", "count( * )"]
    );
}

#[test]
fn names_are_unicode_and_keywords_may_be_names() {
    check_kept(
        "MATCH (企:Enterprise {名称: $名})-[:位于]->(区) RETURN 企.name AS 企业, 区 AS `a b`",
    );
    check_same(
        "MATCH (end:Match {where: 1})-[order:SET]->(all) RETURN end.return AS match",
        "MATCH (`end`:Match {where: 1})-[`order`:`SET`]->(`all`) RETURN `end`.return AS match",
    );
    check_kept("RETURN `match`, `a``b`, ``, n.`1st`, order, limit, skip, by, asc");
    check_same(
        "RETURN exists(n.x), left('a', 1), any(1)",
        "RETURN exists(n.x), left('a', 1), `any`(1)",
    );
}

#[test]
fn chinese_punctuation_is_read_as_ascii() {
    check_same(
        "MATCH （企：Enterprise ｛name： “比亚迪”｝）－［r：位于＊１…３］－＞（区） WHERE 企．规模 ＞＝ １００　AND 区 ＜＞ ‘a’ RETURN 【企．name， ｛a： ＄p｝】；",
        "MATCH (企:Enterprise {name: '比亚迪'})-[r:位于*1..3]->(区) WHERE 企.规模 >= 100 AND 区 <> 'a' RETURN [企.name, {a: $p}];",
    );
    check_same(
        "MATCH (a)⟨—[:T]–(b)−−〉(c) RETURN a",
        "MATCH (a)<-[:T]-(b)-->(c) RETURN a",
    );
    check_same("RETURN ”a“b”", "RETURN 'a“b'");
}

#[test]
fn comments_and_blanks_stand_anywhere() {
    check_same(
        "/* a */RETURN// b\r1/**/+/* ( */\u{3000}2 // c",
        "RETURN 1 + 2",
    );
    check_same(
        "\u{feff}MATCH\u{a0}(a)/* - */-/* [ */-(b)RETURN a",
        "MATCH (a)--(b) RETURN a",
    );
    check_same(
        "MATCH (n) WHERE n.x STARTS /* c */ WITH 'a' RETURN n",
        "MATCH (n) WHERE n.x STARTS WITH 'a' RETURN n",
    );
}
