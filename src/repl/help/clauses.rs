//! What help says about the clauses of the language.

/// A clause, as help explains it.
#[derive(Debug)]
pub(super) struct Clause {
    /// Its first keyword or keywords.
    pub(super) name: &'static str,
    /// How it is written.
    pub(super) syntax: &'static str,
    /// One sentence in English.
    pub(super) summary: &'static str,
    /// The same in Chinese.
    pub(super) summary_chinese: &'static str,
    /// A statement to try.
    pub(super) example: &'static str,
}

/// The clauses, in the order in which a query is usually written.
pub(super) static CLAUSES: &[Clause] = &[
    Clause {
        name: "MATCH",
        syntax: "MATCH pattern, … [WHERE condition]",
        summary: "find every place in the graph that looks like the pattern",
        summary_chinese: "在图中查找符合模式的所有位置",
        example: "MATCH (e:Enterprise)-[:LOCATED_IN]->(d {name: '坪山区'}) RETURN e.name;",
    },
    Clause {
        name: "OPTIONAL MATCH",
        syntax: "OPTIONAL MATCH pattern, … [WHERE condition]",
        summary: "the same, but a row without a match stays, with null for what was not found",
        summary_chinese: "同上，但没有匹配的行保留，未找到的部分为 null",
        example: "MATCH (d:District) OPTIONAL MATCH (d)-[:ISSUED]->(p) RETURN d.name, count(p);",
    },
    Clause {
        name: "WHERE",
        syntax: "WHERE condition",
        summary: "keep the matches or rows for which the condition is true",
        summary_chinese: "只保留满足条件的匹配或行",
        example: "MATCH (n) WHERE n.name CONTAINS '坪山' RETURN labels(n), n.name;",
    },
    Clause {
        name: "RETURN",
        syntax: "RETURN [DISTINCT] expression [AS name], … [ORDER BY …] [SKIP n] [LIMIT n]",
        summary: "say what the answer's columns are",
        summary_chinese: "指定结果的各列",
        example: "MATCH (c:Cluster)<-[:FOCUSES_ON]-(x) RETURN c.name AS 产业, count(x) AS 数量 ORDER BY 数量 DESC LIMIT 10;",
    },
    Clause {
        name: "WITH",
        syntax: "WITH [DISTINCT] expression [AS name], … [ORDER BY …] [SKIP n] [LIMIT n] [WHERE condition]",
        summary: "hand rows on to the next part of the query, like a RETURN in its midst",
        summary_chinese: "把中间结果传给查询的下一部分",
        example: "MATCH (c:Cluster)<-[:FOCUSES_ON]-(d:District) WITH c, count(d) AS n WHERE n > 1 RETURN c.name, n;",
    },
    Clause {
        name: "ORDER BY",
        syntax: "ORDER BY expression [ASC|DESC], …",
        summary: "sort the rows",
        summary_chinese: "排序",
        example: "MATCH (p:Policy) RETURN p.name ORDER BY p.name DESC;",
    },
    Clause {
        name: "SKIP",
        syntax: "SKIP n",
        summary: "leave out the first rows",
        summary_chinese: "跳过前面的若干行",
        example: "MATCH (n) RETURN n.name ORDER BY n.name SKIP 10 LIMIT 10;",
    },
    Clause {
        name: "LIMIT",
        syntax: "LIMIT n",
        summary: "give no more rows than that",
        summary_chinese: "限制行数",
        example: "MATCH (n) RETURN n LIMIT 5;",
    },
    Clause {
        name: "UNWIND",
        syntax: "UNWIND list AS name",
        summary: "make a row of each item of a list",
        summary_chinese: "把列表的每一项变成一行",
        example: "UNWIND ['坪山区', '光明区'] AS 区 MATCH (d {name: 区}) RETURN d;",
    },
    Clause {
        name: "UNION",
        syntax: "query UNION [ALL] query",
        summary: "put the rows of two queries together; without ALL equal rows once",
        summary_chinese: "合并两个查询的结果；不写 ALL 时去除重复行",
        example: "MATCH (p:Park) RETURN p.name AS name UNION MATCH (f:Facility) RETURN f.name AS name;",
    },
    Clause {
        name: "CALL",
        syntax: "CALL procedure(argument, …) [YIELD column [AS name], …]   or   CALL { query }",
        summary: "run a procedure or a subquery for each row",
        summary_chinese: "对每一行调用过程或子查询",
        example: "CALL db.labels() YIELD label RETURN label ORDER BY label;",
    },
    Clause {
        name: "CREATE",
        syntax: "CREATE pattern, …",
        summary: "add nodes and relationships",
        summary_chinese: "新增节点和关系",
        example: "CREATE (:Enterprise {name: '新企业'});",
    },
    Clause {
        name: "MERGE",
        syntax: "MERGE pattern [ON CREATE SET …] [ON MATCH SET …]",
        summary: "find the pattern, or create it whole where it is not there",
        summary_chinese: "查找模式，没有时整体创建",
        example: "MERGE (c:Cluster {name: '低空经济'}) ON CREATE SET c.new = true RETURN c;",
    },
    Clause {
        name: "SET",
        syntax: "SET variable.key = value, variable += {…}, variable:Label",
        summary: "change properties, add labels",
        summary_chinese: "修改属性、添加标签",
        example: "MATCH (e {name: '比亚迪'}) SET e.checked = true RETURN e;",
    },
    Clause {
        name: "REMOVE",
        syntax: "REMOVE variable.key, variable:Label",
        summary: "take away properties and labels",
        summary_chinese: "删除属性和标签",
        example: "MATCH (e {name: '比亚迪'}) REMOVE e.checked RETURN e;",
    },
    Clause {
        name: "DELETE",
        syntax: "[DETACH] DELETE expression, …",
        summary: "delete nodes and relationships; DETACH deletes a node's relationships with it",
        summary_chinese: "删除节点和关系；DETACH 同时删除节点的关系",
        example: "MATCH (e:Enterprise {name: '新企业'}) DETACH DELETE e;",
    },
    Clause {
        name: "EXPLAIN",
        syntax: "EXPLAIN query",
        summary: "show the plan of a query without running it",
        summary_chinese: "只显示查询计划",
        example: "EXPLAIN MATCH (e:Enterprise) RETURN count(e);",
    },
    Clause {
        name: "PROFILE",
        syntax: "PROFILE query",
        summary: "run a query and show what each step of its plan did",
        summary_chinese: "执行查询并显示每一步的情况",
        example: "PROFILE MATCH (e:Enterprise) RETURN count(e);",
    },
];

/// Finds a clause by its name or by one of its words, whatever the case.
#[must_use]
pub(super) fn find(name: &str) -> Option<&'static Clause> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_name = |clause: &&Clause| clause.name.eq_ignore_ascii_case(&name);
    let has_word = |clause: &&Clause| {
        clause
            .name
            .split(' ')
            .any(|word| word.eq_ignore_ascii_case(&name))
    };
    CLAUSES
        .iter()
        .find(is_name)
        .or_else(|| CLAUSES.iter().find(has_word))
}
