use std::fmt::Write as _;

use expect_test::{Expect, expect};

use super::*;
use crate::format::ron;

/// Imports files that are written below their names; gives the graph as RON, or the fault.
fn import(files: &[(&str, &str)]) -> Result<String, ImportError> {
    let mut import = Import::default();
    for (name, text) in files {
        match file_kind(text.lines().next().unwrap_or_default()) {
            FileKind::Nodes => import.nodes(name, length(text), text.as_bytes())?,
            FileKind::Relationships => import.relationships(name, length(text), text.as_bytes())?,
        }
    }
    Ok(ron::write(import.finish().view(), &ron::Ids::default()))
}

fn length(text: &str) -> u64 {
    text.len() as u64
}

fn check(files: &[(&str, &str)], expected: &Expect) {
    let text = import(files).unwrap_or_else(|error| match error {
        ImportError::Format(error) => error.render(),
        other => other.to_string(),
    });
    expected.assert_eq(&text);
}

const DISTRICTS: (&str, &str) = (
    "districts.csv",
    "id:ID(District){id-type:long},name,:LABEL\n1,坪山区,District;Region\n2,龙华区,District\n",
);

#[test]
fn ids_of_different_spaces_do_not_meet() {
    check(
        &[
            DISTRICTS,
            ("cities.csv", ":ID(City),name,:LABEL\n1,深圳市,City\n"),
            (
                "parts.csv",
                ":START_ID(District),:END_ID(City),since:long,:TYPE\n1,1,2017,LOCATED_IN\n2,1,,LOCATED_IN\n",
            ),
            (
                "near.csv",
                ":TYPE,:END_ID(District),:START_ID(District)\nNEAR,1,2\n",
            ),
        ],
        &expect![[r#"
            // A property graph in the RON format of tupu.
            Graph(
                version: 1,
                nodes: [
                    Node(id: "City/深圳市", labels: [City], properties: {"name": "深圳市"}),
                    Node(id: "District/坪山区", labels: [District, Region], properties: {"name": "坪山区", "id": 1}),
                    Node(id: "District/龙华区", labels: [District], properties: {"name": "龙华区", "id": 2}),
                ],
                relationships: [
                    Relationship(from: "District/坪山区", type: LOCATED_IN, to: "City/深圳市", properties: {"since": 2017}),
                    Relationship(from: "District/龙华区", type: LOCATED_IN, to: "City/深圳市"),
                    Relationship(from: "District/龙华区", type: NEAR, to: "District/坪山区"),
                ],
            )
        "#]],
    );
}

#[test]
fn every_type_has_its_value() {
    check(
        &[(
            "values.csv",
            "name:ID,s:string,l:long,d:double,b:boolean,c:char,day:date,lt:localtime,t:time,ldt:localdatetime,\
             dt:datetime,span:duration,ls:string[],ll:long[],n:int,:IGNORE,:LABEL\n\
             甲,文字,-7,2.5,TRUE,字,2024-01-17,12:30:00,12:30:00+08:00,2024-01-17T12:30:00,\
             2024-01-17T12:30:00+08:00,P1Y2M3DT4H,a;b,1;2;3,,whatever,Value\n",
        )],
        &expect![[r#"
            // A property graph in the RON format of tupu.
            Graph(
                version: 1,
                nodes: [
                    Node(id: "Value/甲", labels: [Value], properties: {"name": "甲", "b": true, "c": "字", "d": 2.5, "day": Date("2024-01-17"), "dt": DateTime("2024-01-17T12:30+08:00"), "l": -7, "ldt": LocalDateTime("2024-01-17T12:30"), "ll": [1, 2, 3], "ls": ["a", "b"], "lt": LocalTime("12:30"), "s": "文字", "span": Duration("P1Y2M3DT4H"), "t": Time("12:30+08:00")}),
                ],
            )
        "#]],
    );
}

#[test]
fn quotes_hold_commas_quotes_and_line_breaks() {
    check(
        &[(
            "quoted.csv",
            "\u{feff}name,note,empty,missing,:LABEL\r\n\r\n\"a,b\",\"he said \"\"好\"\"\nand left\",\"\",,Note\r\n5\" disk,,,,\"Note\"",
        )],
        &expect![[r#"
            // A property graph in the RON format of tupu.
            Graph(
                version: 1,
                nodes: [
                    Node(id: "Note/5\" disk", labels: [Note], properties: {"name": "5\" disk"}),
                    Node(id: "Note/a,b", labels: [Note], properties: {"name": "a,b", "empty": "", "note": "he said \"好\"\nand left"}),
                ],
            )
        "#]],
    );
}

#[test]
fn a_row_that_does_not_fit_is_told_with_its_place() {
    for (text, expected) in [
        (
            "name,age:long\n王一,四十\n",
            expect![[r#"
            people.csv:2:4: found `四十`, expected an integer of 64 bits
            2 | 王一,四十
              |      ^^^^"#]],
        ),
        (
            "name,scores:double[]\n王一,1;二;3\n",
            expect![[r#"
            people.csv:2:4: found `1;二;3`, expected a list with `;` between its items, each a number
            2 | 王一,1;二;3
              |      ^^^^^^"#]],
        ),
        (
            "name,born:date\n王一,2024-02-30\n",
            expect![[r#"
            people.csv:2:4: found `2024-02-30`, expected a date like 2024-01-17
            2 | 王一,2024-02-30
              |      ^^^^^^^^^^"#]],
        ),
        (
            "name,age:long\n王一\n",
            expect![[r#"
            people.csv:2:1: found a row of 1 fields, expected 2, as in the header
            2 | 王一
              | ^^^^"#]],
        ),
        (
            "name,age:long\n王一,1,2\n",
            expect![[r#"
            people.csv:2:6: found a row of 3 fields, expected 2, as in the header
            2 | 王一,1,2
              |        ^"#]],
        ),
        (
            "name,age:long\n\"王一,1\n",
            expect![[r#"
            people.csv:2:1: found a quote that nothing closes, expected a second `"` before the end of the file
            2 | "王一,1
              | ^"#]],
        ),
        (
            "name,age:long\n\"王\"一,1\n",
            expect![[r#"
            people.csv:2:4: found `一` after the closing quote, expected `,` or the end of the line; a quote inside of quotes is written twice
            2 | "王"一,1
              |     ^^"#]],
        ),
    ] {
        check(&[("people.csv", text)], &expected);
    }
}

#[test]
fn a_header_that_makes_no_sense_is_told() {
    for (text, expected) in [
        (
            "name,place:point\n",
            expect![[r#"
            more.csv:1:6: found `place:point`, expected a type: string, long, int, double, float, boolean, short, byte, char, date, localtime, time, localdatetime, datetime, duration, or one of them with [] for a list
            1 | name,place:point
              |      ^^^^^^^^^^^"#]],
        ),
        (
            "name,name:long\n",
            expect![[r#"
            more.csv:1:6: `name:long` is given twice
            1 | name,name:long
              |      ^^^^^^^^^
            more.csv:1:1: the first is here
            1 | name,name:long
              | ^^^^"#]],
        ),
        (
            "name,:NAME\n",
            expect![[r#"
            more.csv:1:6: found `:NAME`, expected a name, as in `name:type`, or one of ID, LABEL, START_ID, END_ID, TYPE, IGNORE after `:`
            1 | name,:NAME
              |      ^^^^^"#]],
        ),
        (
            "id:ID{id-type:double}\n",
            expect![[r#"
            more.csv:1:1: found `id:ID{id-type:double}`, expected an id of the type string, long or int
            1 | id:ID{id-type:double}
              | ^^^^^^^^^^^^^^^^^^^^^"#]],
        ),
        (
            ":START_ID,:END_ID\n1,2\n",
            expect![[r#"
            more.csv:1:1: found a header without it, expected a column :TYPE
            1 | :START_ID,:END_ID
              | ^^^^^^^^^"#]],
        ),
        (
            ":START_ID,:LABEL,:TYPE\n",
            expect![[r#"
            more.csv:1:11: found `:LABEL`, expected a column of relationships: :START_ID, :END_ID, :TYPE or a property
            1 | :START_ID,:LABEL,:TYPE
              |           ^^^^^^"#]],
        ),
        (
            ":START_ID(Park),:END_ID(District),:TYPE\n",
            expect![[r#"
            more.csv:1:1: found `:START_ID(Park)`, expected an id space that a file of nodes defines: `District`
            1 | :START_ID(Park),:END_ID(District),:TYPE
              | ^^^^^^^^^^^^^^^"#]],
        ),
    ] {
        check(&[DISTRICTS, ("more.csv", text)], &expected);
    }
}

#[test]
fn ids_are_defined_once_and_before_they_are_used() {
    let near =
        |row: &str| format!(":START_ID(District),:END_ID(District),:TYPE\n1,2,NEAR\n{row}\n");
    for (text, expected) in [
        (
            "id:ID(District){id-type:long}\n3\n2\n".to_owned(),
            expect![[r#"
                more.csv:3:1: the id "2" is defined twice
                3 | 2
                  | ^
                help: districts.csv defines it before; nodes of different kinds may share ids in different id spaces: `:ID(Person)`, `:ID(City)`"#]],
        ),
        (
            "id:ID(District){id-type:long}\n二\n".to_owned(),
            expect![[r#"
                more.csv:2:1: found `二`, expected an integer of 64 bits
                2 | 二
                  | ^^"#]],
        ),
        (
            near("1,99,NEAR"),
            expect![[r#"
            more.csv:3:3: nothing has the id "99"
            3 | 1,99,NEAR
              |   ^^
            help: ids of the space District are defined in districts.csv"#]],
        ),
        (
            near(",2,NEAR"),
            expect![[r#"
            more.csv:3:1: found nothing, expected an id that is an integer of 64 bits
            3 | ,2,NEAR
              | ^"#]],
        ),
        (
            near("1,2,"),
            expect![[r#"
            more.csv:3:5: found nothing, expected a relationship type
            3 | 1,2,
              |     ^"#]],
        ),
    ] {
        check(&[DISTRICTS, ("more.csv", &text)], &expected);
    }
}

#[test]
fn ids_may_be_few_and_far_between() {
    let ids = [-5_i64, 0, 7, 1_000_000_000_000, i64::MAX];
    let mut nodes = "id:ID{id-type:long}\n".to_owned();
    let mut relationships = ":START_ID,:END_ID,:TYPE\n".to_owned();
    for (index, id) in ids.iter().enumerate() {
        writeln!(nodes, "{id}").expect("writing to a string");
        let end = ids[(index + 1) % ids.len()];
        writeln!(relationships, "{id},{end},T").expect("writing to a string");
    }
    let mut import = Import::default();
    import
        .nodes("n", length(&nodes), nodes.as_bytes())
        .expect("ids are integers");
    import
        .relationships("r", length(&relationships), relationships.as_bytes())
        .expect("ids are there");
    let graph = import.finish();
    let view = graph.view();
    let key = view.key("id").expect("the id is a property too");
    let ends: Vec<_> = view
        .relationships()
        .map(|relationship| {
            let (_, end) = view.endpoints(relationship).expect("it is there");
            view.node_property(end, key)
                .as_integer()
                .expect("an integer")
        })
        .collect();
    assert_eq!(ends, [0, 7, 1_000_000_000_000, i64::MAX, -5]);
}

#[test]
fn many_rows_keep_their_order_and_their_first_fault() {
    let mut text = ":START_ID(District),:END_ID(District),n:long,:TYPE\n".to_owned();
    for number in 0..20_000 {
        let relationship_type = ["NEAR", "FAR"][number / 7 % 2];
        writeln!(text, "1,2,{number},{relationship_type}").expect("writing to a string");
    }
    let mut good = Import::default();
    good.nodes(DISTRICTS.0, length(DISTRICTS.1), DISTRICTS.1.as_bytes())
        .expect("the rows fit");
    good.relationships("r.csv", length(&text), text.as_bytes())
        .expect("the rows fit");
    let graph = good.finish();
    let view = graph.view();
    let key = view.key("n").expect("a property");
    let numbers = view
        .relationships()
        .map(|id| view.relationship_property(id, key).as_integer());
    assert!(numbers.eq((0..20_000).map(Some)));

    let broken = text
        .replace("1,2,15000,", "1,3,15000,")
        .replace("1,2,19000,", "1,2,x,");
    check(
        &[DISTRICTS, ("r.csv", &broken)],
        &expect![[r#"
        r.csv:15002:3: nothing has the id "3"
        15002 | 1,3,15000,NEAR
              |   ^
        help: ids of the space District are defined in districts.csv"#]],
    );
}

#[test]
fn rows_are_read_the_same_wherever_the_file_is_cut() {
    let note = |number: usize| match number % 4 {
        0 => format!("第{number}条"),
        1 => format!("a\n\"\"b\"\",{number}\n\n").repeat(number % 7 + 1),
        2 => String::new(),
        _ => "长".repeat(number),
    };
    let mut text = "name,note,:LABEL\n".to_owned();
    for number in 0..60 {
        write!(text, "{number},\"{}\",Note\r\n\n", note(number)).expect("writing to a string");
    }
    let mut import = Import::default();
    import
        .nodes("notes.csv", length(&text), text.as_bytes())
        .expect("the rows fit");
    let graph = import.finish();
    let view = graph.view();
    let (name, found) = (view.key("name"), view.key("note"));
    let (name, found) = name.zip(found).expect("both are properties");
    let rows: Vec<_> = view
        .nodes()
        .map(|id| (view.node_property(id, name), view.node_property(id, found)))
        .collect();
    let expected: Vec<_> = (0..60)
        .map(|number| (number.to_string(), note(number).replace("\"\"", "\"")))
        .map(|(name, note)| (name.into(), note.into()))
        .collect();
    assert_eq!(rows, expected);
    let broken = text.replace("\n56,", "\n56,,");
    let line = broken[..broken.find("\n56,").expect("it is there")]
        .matches('\n')
        .count()
        + 2;
    let error = import_error(&broken);
    assert!(error.starts_with(&format!("notes.csv:{line}:")), "{error}");
}

#[test]
fn what_is_no_text_is_told_with_its_place() {
    let mut bytes = "name\n".as_bytes().to_vec();
    bytes.extend("区\n".repeat(40).as_bytes());
    bytes.push(0xff);
    let outcome = Import::default().nodes("n.csv", 0, bytes.as_slice());
    let ImportError::NotText { offset } = outcome.expect_err("it is no text") else {
        panic!("another error");
    };
    assert_eq!(offset, bytes.len() - 1);
}

fn import_error(text: &str) -> String {
    let outcome = Import::default().nodes("notes.csv", 0, text.as_bytes());
    outcome.expect_err("a row does not fit").to_string()
}
