//! The prompt as a user meets it: the program runs in a pseudo-terminal, and the tests read its screen.

#![cfg(unix)]

mod terminal;

use terminal::Terminal;

const ENTER: &str = "\r";
const TAB: &str = "\t";
const CTRL_C: &str = "\x03";
const CTRL_D: &str = "\x04";
const UP: &str = "\x1b[A";

#[test]
fn a_statement_in_chinese_over_several_lines_is_answered_with_a_table() {
    let mut terminal = Terminal::start("several_lines", 24, 80);
    terminal.send("UNWIND ['坪山区', '光明区'] AS 区\r");
    terminal.send("RETURN 区 AS 名称, size(区) AS 字数 ORDER BY 字数；\r");
    terminal.wait_for("2 rows");
    terminal.wait_for("│ 名称   │ 字数 │");
    terminal.wait_for("│ 坪山区 │    3 │");
}

#[test]
fn an_error_shows_where_it_is_and_the_prompt_goes_on() {
    let mut terminal = Terminal::start("errors", 24, 80);
    terminal.send("RETURN 企业;\r");
    terminal.wait_for("^^^^");
    terminal.send("RETURN 6 * 7 AS answer;\r");
    terminal.wait_for("42");
}

#[test]
fn an_unknown_command_is_answered_with_the_nearest() {
    let mut terminal = Terminal::start("unknown_command", 24, 80);
    terminal.send("：shcema\r");
    terminal.wait_for("did you mean `:schema`?");
}

#[test]
fn ctrl_c_cancels_a_query_and_keeps_the_session() {
    let mut terminal = Terminal::start("ctrl_c", 24, 80);
    terminal.send(":param kept 17\r");
    terminal.wait_for_prompts(2);
    terminal.send("RETURN 'begun' AS state; UNWIND range(1, 1000000000) AS x RETURN count(x);\r");
    terminal.wait_for("1 row");
    terminal.send(CTRL_C);
    terminal.wait_for("error: ");
    terminal.wait_for_prompts(3);
    terminal.send("RETURN $kept + 1 AS next;\r");
    terminal.wait_for("18");
}

#[test]
fn ctrl_c_cancels_whatever_runs_and_the_prompt_goes_on() {
    // Room for all of it, so that nothing leaves the screen.
    let mut terminal = Terminal::start("ctrl_c_all", 160, 80);
    let endless = [
        "MATCH (a), (b), (c), (d) RETURN max(id(a) + id(b) + id(c) + id(d))",
        "MATCH p = (a)-[*]-(b) RETURN max(length(p))",
        "UNWIND range(1, 1000000000000) AS x WITH x WHERE x % 100 = 0 WITH x ORDER BY -x RETURN max(x)",
        "UNWIND range(1, 1000000000000) AS x WITH x WHERE x % 100 = 0 RETURN size(collect(x))",
        "UNWIND range(1, 1000000000000) AS x WITH x WHERE x % 100 = 0 CREATE (:N {x: x})",
    ];
    for (number, statement) in (1..).zip(endless) {
        terminal.send(&format!("RETURN 1000 + {number} AS begun; {statement};\r"));
        terminal.wait_for(&(1000 + number).to_string());
        // The next one is begun by then.
        std::thread::sleep(std::time::Duration::from_millis(200));
        terminal.send(CTRL_C);
        terminal.wait_for_prompts(1 + number);
    }
    let screen = terminal.screen();
    let cancelled = screen.matches("the statement was cancelled").count();
    assert_eq!(cancelled, endless.len(), "{screen}");
    terminal.send("MATCH (n:N) RETURN 2000 + count(n) AS left;\r");
    terminal.wait_for("2000");
}

#[test]
fn ctrl_c_at_the_prompt_drops_the_line() {
    let mut terminal = Terminal::start("ctrl_c_line", 24, 80);
    terminal.send("RETURN 'dropped");
    terminal.wait_for("dropped");
    terminal.send(CTRL_C);
    terminal.wait_for_prompts(2);
    terminal.send("RETURN 'next' + 'line' AS text;\r");
    terminal.wait_for("nextline");
}

#[test]
fn ctrl_d_leaves_with_success() {
    let mut terminal = Terminal::start("ctrl_d", 24, 80);
    terminal.send(CTRL_D);
    assert_eq!(terminal.end(), 0);
}

#[test]
fn leaving_with_unsaved_changes_is_warned_of_once() {
    let mut terminal = Terminal::start("unsaved", 24, 80);
    terminal.send("CREATE (:Enterprise {name: '新企业'});\r");
    terminal.wait_for("1 node created");
    terminal.send(":quit\r");
    terminal.wait_for("`:save FILE` keeps them");
    terminal.send(":quit\r");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn a_narrow_terminal_gets_narrow_tables() {
    let mut terminal = Terminal::start("narrow", 24, 30);
    terminal.send("RETURN '一二三四五六七八九十一二三四五六七八九十' AS 长;\r");
    terminal.wait_for("1 row");
    terminal.wait_for("…");
    // A line that was too long for the screen is one line of its contents all the same.
    let screen = terminal.screen();
    let table = screen
        .lines()
        .filter(|line| line.starts_with(['┌', '│', '├', '└']));
    assert_eq!(
        table.map(tupu::render::text::width).max(),
        Some(30),
        "{screen}"
    );
}

#[test]
fn names_are_completed_from_the_graph() {
    let mut terminal = Terminal::start("completion", 40, 100);
    terminal.send("MATCH (企：Enterp");
    terminal.send(TAB);
    terminal.wait_for("（企：Enterprise".trim_start_matches('（'));
    terminal.send(CTRL_C);
    terminal.wait_for_prompts(2);
    terminal.send(":sche");
    terminal.send(TAB);
    terminal.send(ENTER);
    terminal.wait_for("(:Enterprise)");
}

#[test]
fn history_is_kept_between_sessions() {
    let mut terminal = Terminal::start("history", 24, 80);
    terminal.send("RETURN 20 + 3 AS sum;\r");
    terminal.wait_for("23");
    // Before the prompt stands there again, the terminal would take Ctrl-D for itself.
    terminal.wait_for_prompts(2);
    terminal.send(CTRL_D);
    assert_eq!(terminal.end(), 0);
    let mut terminal = terminal.restart();
    terminal.send(UP);
    terminal.wait_for("RETURN 20 + 3 AS sum;");
    terminal.send(ENTER);
    terminal.wait_for("23");
}

#[test]
fn history_that_cannot_be_kept_is_a_warning() {
    let file = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("no-folder");
    std::fs::write(&file, "").expect("the build folder can be written");
    let mut terminal = Terminal::start_in(file, 24, 80);
    terminal.wait_for("warning: history is not kept");
    terminal.send("RETURN 40 + 2 AS answer;\r");
    terminal.wait_for("42");
}

#[test]
fn more_rows_than_are_shown_are_said_to_be_there() {
    let mut terminal = Terminal::start("max_rows", 24, 80);
    terminal.send(":max-rows 3\r");
    terminal.wait_for("at most 3 rows");
    terminal.send("UNWIND range(1, 10) AS n RETURN n;\r");
    terminal.wait_for("3 of 10 rows");
    terminal.wait_for("`:max-rows all` shows every row");
}

#[test]
fn help_leads_to_a_first_question() {
    let mut terminal = Terminal::start("help", 60, 120);
    terminal.send(":help 入门\r");
    terminal.wait_for("从第一个问题开始");
    terminal.wait_for(":show 比亚迪");
}
