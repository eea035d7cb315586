//! Tables of schools as offices have them: what each is taken for, what is doubtful
//! about it, and what it would change here.

use zhidu::assessment::arrivals::{Known, Plan};
use zhidu::assessment::history::apply_all;
use zhidu::assessment::{Assessment, RowId};
use zhidu::school::intake::unit::Unit;
use zhidu::school::intake::{Arrival, Passed, Proposal};
use zhidu::school::{Column, Stage};
use zhidu::value::grid::{About, Area, Book, Grid, Mark};

use crate::sample::{row, scored, untouched};

/// A table whose cells stand between tabs.
pub fn grid(text: &str) -> Grid {
    let rows = text.lines().map(|line| line.split('\t').map(str::to_owned).collect()).collect();
    Grid { rows, ..Grid::default() }
}

pub fn proposed(sheets: impl IntoIterator<Item = Grid>) -> Proposal {
    Proposal::read(Book { sheets: sheets.into_iter().collect(), ..Book::default() })
}

fn read(text: &str) -> Proposal {
    proposed([grid(text)])
}

pub fn fresh(assessment: &Assessment) -> impl FnMut() -> RowId + use<> {
    let mut next = 0xF000 + assessment.schools.len() as u128;
    move || {
        next += 1;
        row(next)
    }
}

fn texts(arrivals: &[Arrival], column: Column) -> Vec<&str> {
    arrivals.iter().map(|it| it.cells.get(&column).map_or("", String::as_str)).collect()
}

pub fn names(proposal: &Proposal) -> Vec<String> {
    texts(proposal.arrivals(), Column::Name).into_iter().map(str::to_owned).collect()
}

#[track_caller]
pub fn check(proposal: &Proposal, column: Column, wanted: &[&str]) {
    assert_eq!(texts(proposal.arrivals(), column), wanted, "{column:?}\n{:#?}", proposal.doubts());
}

#[track_caller]
pub fn says(proposal: &Proposal, words: &str) {
    let doubts = proposal.doubts();
    assert!(doubts.iter().any(|it| it.text.contains(words)), "{words}: {doubts:#?}");
}

/// Takes what is proposed.
pub fn taken(assessment: &mut Assessment, proposal: &Proposal, known: Known) -> Plan {
    let plan = Plan::of(assessment, proposal.arrivals(), known);
    let edits = plan.edits(assessment, fresh(assessment));
    apply_all(assessment, &edits).unwrap();
    plan
}

#[test]
fn units_come_from_the_head_a_row_beneath_a_line_above_or_the_format() {
    for (text, wanted) in [
        ("学校名称\t学段\t教学仪器设备值（元）\n一小\t小学\t1234500", "123.45"),
        ("学校名称\t学段\t教学仪器设备值（人民币千元）\n一小\t小学\t1234.5", "123.45"),
        ("学校名称\t学段\t教学仪器设备值\n\t\t（百元）\n一小\t小学\t12345", "123.45"),
        ("某区学校情况\n金额单位：亿元\n学校名称\t学段\t教学仪器设备值\n一小\t小学\t0.012345", "123.45"),
        ("学校名称\t学段\t教学仪器设备值\n一小\t小学\t123.45", "123.45"),
        ("学校名称\t学段\t教学仪器设备值（元）\n一小\t小学\t123.45万元", "123.45万元"),
    ] {
        check(&read(text), Column::Equipment, &[wanted]);
    }
    check(&read("学校名称\t学段\t体育运动场地面积（亩）\n一小\t小学\t3"), Column::Field, &["2000"]);
    check(&read("学校名称\t学段\t在校生数（百人）\n一小\t小学\t3.2"), Column::Pupils, &["320"]);
}

#[test]
fn a_format_that_shows_ten_thousands_is_read_as_it_shows_them() {
    let shown = |text: &str, shown: &str, head: &str| {
        let mut table = grid(&format!("学校名称\t学段\t{head}\n一小\t小学\t{text}"));
        table.marks.push(Mark { row: 1, column: 2, about: About::Shown(shown.to_owned()) });
        proposed([table])
    };
    check(&shown("12000000", "1200万", "教学仪器设备值（万元）"), Column::Equipment, &["1200"]);
    check(&shown("12000000", "1200万元", "教学仪器设备值"), Column::Equipment, &["1200"]);
    check(&shown("12345678", "1,234.6万", "教学仪器设备值（元）"), Column::Equipment, &["1234.5678"]);
    check(&shown("1200", "1200万元", "教学仪器设备值"), Column::Equipment, &["1200"]);
    check(&shown("12000000", "12000", "教学仪器设备值（千元）"), Column::Equipment, &["1200"]);
    check(&shown("320", "320人", "在校生数"), Column::Pupils, &["320"]);
    says(&shown("12000000", "1200万", "教学仪器设备值（万元）"), "按单元格显示的单位折算");
}

#[test]
fn a_unit_that_is_not_known_is_a_question() {
    let mut proposal = read("学校名称\t学段\t教学仪器设备值（美元）\n一小\t小学\t5");
    check(&proposal, Column::Equipment, &[""]);
    says(&proposal, "“美元”不认识");
    proposal.set_unit(0, 2, Unit::named("万元"));
    check(&proposal, Column::Equipment, &["5"]);
    let mut proposal = read("学校名称\t学段\t教学仪器设备值\n一小\t小学\t12000000");
    check(&proposal, Column::Equipment, &[""]);
    says(&proposal, "没有写单位");
    proposal.set_unit(0, 2, Unit::named("元"));
    check(&proposal, Column::Equipment, &["1200"]);
    says(&read("学校名称\t学段\t班级数（元）\n一小\t小学\t5"), "与本表的列不符");
    says(&read("学校名称\t学段\t专任教师数（人/百人）\n一小\t小学\t5"), "“人/百人”不认识");
}

#[test]
fn numbers_with_words_behind_them_stay_until_somebody_says_what_they_are() {
    let text = "学校名称\t学段\t在校生数\n一小\t小学\t1,234人\n二小\t小学\t1.2万\n三小\t小学\t480\n四小\t小学\t约960";
    let mut proposal = read(text);
    check(&proposal, Column::Pupils, &["1,234人", "1.2万", "480", "约960"]);
    says(&proposal, "有 1 处数字后带“万”");
    proposal.read_word(0, 2, "万", true);
    proposal.read_word(0, 2, "人", true);
    check(&proposal, Column::Pupils, &["1234", "12000", "480", "约960"]);
    proposal.read_word(0, 2, "万", false);
    check(&proposal, Column::Pupils, &["1234", "1.2万", "480", "约960"]);
    let all = "学校名称\t学段\t教学仪器设备值\n一小\t小学\t120万\n二小\t小学\t80.5万\n三小\t小学\t7万";
    check(&read(all), Column::Equipment, &["120", "80.5", "7"]);
    says(&read(all), "已按“万”折算");
}

#[test]
fn taking_a_column_for_another_leaves_what_was_said_of_the_rest() {
    let text = "学校名称\t学段\t在校生数\t教学仪器设备值\t人数\n一小\t小学\t1.2万\t12000000\t30\n二小\t小学\t480\t9\t20";
    let mut proposal = read(text);
    proposal.read_word(0, 2, "万", true);
    proposal.set_unit(0, 3, Unit::named("元"));
    proposal.assign(0, 4, Some(Column::Teachers));
    check(&proposal, Column::Pupils, &["12000", "480"]);
    check(&proposal, Column::Equipment, &["1200", "0.0009"]);
    check(&proposal, Column::Teachers, &["30", "20"]);
    // And nothing that was said of it as another column is taken over.
    proposal.assign(0, 3, None);
    proposal.assign(0, 3, Some(Column::Equipment));
    check(&proposal, Column::Equipment, &["", ""]);
    says(&proposal, "没有写单位");
}

#[test]
fn a_column_that_somebody_assigns_is_read_with_the_unit_of_its_head() {
    let head = |unit: &str| format!("学校名称\t学段\t设备（{unit}）\n一小\t小学\t12000000");
    let assigned = |text: &str| {
        let mut proposal = read(text);
        proposal.assign(0, 2, Some(Column::Equipment));
        proposal
    };
    check(&assigned(&head("元")), Column::Equipment, &["1200"]);
    check(&assigned(&head("美元")), Column::Equipment, &[""]);
    says(&assigned(&head("美元")), "“美元”不认识");
    says(&assigned(&head("平方米")), "与本表的列不符");
    check(&assigned("学校名称\t学段\t设备\n一小\t小学\t12000000"), Column::Equipment, &[""]);
    // One of two with the same head.
    let mut twins =
        read("学校名称\t学段\t教学仪器设备值（元）\t教学仪器设备值（元）\n一小\t小学\t5\t12000000");
    twins.assign(0, 3, Some(Column::Equipment));
    check(&twins, Column::Equipment, &["1200"]);
    // Where no head is known, in the order of the table.
    let cells = Column::ALL.map(|it| match it {
        Column::Name => "一小",
        Column::Equipment => "12000000",
        _ => "",
    });
    let mut unheaded = read(&cells.join("\t"));
    unheaded.assign_in_order(0);
    check(&unheaded, Column::Equipment, &[""]);
    says(&unheaded, "没有写单位");
}

#[test]
fn two_stages_side_by_side_become_two_rows() {
    let mut table = grid(
        "学校名称\t学校代码\t学校类型\t小学部\t\t\t初中部\t\t\t教学及辅助用房面积\n\t\t\t在校生数\t班级数\t专任教师数\t在校生数\t班级数\t专任教师数\t\n\t\t\t人\t个\t人\t人\t个\t人\t㎡\n云岭学校\t9900000007\t九年一贯制学校\t620\t15\t41\t390\t9\t36\t5200\n石林实验学校\t9900000008\t九年一贯制学校\t1500\t36\t98\t820\t18\t70\t11800",
    );
    for merged in [false, true] {
        if merged {
            let area = |top, left, bottom, right| Area { top, left, bottom, right };
            table.merged = vec![
                area(0, 0, 2, 0),
                area(0, 1, 2, 1),
                area(0, 2, 2, 2),
                area(0, 3, 0, 5),
                area(0, 6, 0, 8),
                area(0, 9, 1, 9),
            ];
        }
        let proposal = proposed([table.clone()]);
        check(&proposal, Column::Pupils, &["620", "390", "1500", "820"]);
        check(&proposal, Column::Classes, &["15", "9", "36", "18"]);
        check(&proposal, Column::Stage, &["小学", "初中", "小学", "初中"]);
        check(&proposal, Column::Teaching, &["5200", "", "11800", ""]);
        check(&proposal, Column::Code, &["9900000007", "9900000007", "9900000008", "9900000008"]);
        says(&proposal, "“教学及辅助用房面积”（J 列）没有分学段，填在该校的第一个学段");
    }
    check(
        &read("学校名称\t小学在校生数\t初中在校生数\n一贯学校\t5\t6\n一小\t7\t"),
        Column::Pupils,
        &["5", "6", "7"],
    );
}

#[test]
fn the_same_head_twice_is_a_question_and_the_first_does_not_win() {
    let text = "学校名称\t学段\t2024年\t2025年\n\t\t在校生数\t在校生数\n一小\t小学\t5\t6";
    let mut proposal = read(text);
    check(&proposal, Column::Pupils, &[""]);
    says(&proposal, "一列都未取");
    proposal.assign(0, 3, Some(Column::Pupils));
    check(&proposal, Column::Pupils, &["6"]);
    says(&proposal, "2025年的数据");
    let mut hidden = grid("学校名称\t学段\t在校生数\t在校生数\n一小\t小学\t5\t6\n二小\t小学\t7\t8");
    hidden.hidden_columns = vec![2];
    hidden.hidden_rows = vec![2];
    let mut proposal = proposed([hidden]);
    check(&proposal, Column::Pupils, &["6", "8"]);
    says(&proposal, "隐藏的列未取");
    says(&proposal, "有 1 行被隐藏或筛选掉");
    proposal.take_hidden(0, false);
    check(&proposal, Column::Pupils, &["6"]);
}

#[test]
fn what_is_no_school_is_left_out_counted_and_can_be_taken_in() {
    let text = "某区义务教育学校一览表\n序号\t学校名称\t学段\t在校生数\n1\t2\t3\t4\n一、小学\n1\t青禾小学\t小学\t5\n2\t石桥小学\t小学\t6\n3\t小学合计\t小学\t11\n4\t全区平均\t小学\t5.5\n5\t标准差\t\t0.5\n其中：民办学校\t\t\t2\n序号\t学校名称\t学段\t在校生数\n二、初中\n6\t望山中学\t初中\t7\n7\t合计\t\t18\n\n数据来源：教育事业统计\n单位负责人（签字）：\t\t科室负责人：\n（盖章）\n2025年3月15日";
    let mut proposal = read(text);
    check(&proposal, Column::Name, &["青禾小学", "石桥小学", "望山中学"]);
    says(&proposal, "合计或统计行 5");
    says(&proposal, "分段标题行 2");
    says(&proposal, "备注、签章行 4");
    says(&proposal, "重复的表头或栏次行 2");
    let sum = proposal.left_out().into_iter().find(|it| it.text.contains("全区平均")).unwrap();
    proposal.take_row(0, sum.row, true);
    assert_eq!(names(&proposal), ["青禾小学", "石桥小学", "全区平均", "望山中学"]);
}

#[test]
fn the_stage_comes_from_the_row_the_section_or_the_sheet() {
    let text = "学校名称\t在校生数\n一、小学\n青禾小学\t5\n二、初中\n望山中学\t7";
    check(&read(text), Column::Stage, &["小学", "初中"]);
    let mut primary = grid("学校名称\t在校生数\n青禾学校\t5");
    primary.name = "小学基本情况".to_owned();
    let mut junior = grid("学校名称\t学段\t在校生数\n望山学校\t\t7\n北山学校\t小学\t8");
    junior.name = "初中".to_owned();
    let proposal = proposed([primary, junior]);
    check(&proposal, Column::Stage, &["小学", "初中", "小学"]);
}

#[test]
fn several_sheets_are_offered_together_and_others_passed_over() {
    let sheet = |name: &str, text: &str| Grid { name: name.to_owned(), ..grid(text) };
    let mut words = sheet("字典", "学校类型\t举办者\n小学\t公办\n初级中学\t民办");
    words.hidden = true;
    let notice = sheet("填表须知", "填表须知\n1. 请各校于3月15日前报送，逾期不再受理，联系人见通知。");
    let tree = sheet("指标体系", "一级指标\t二级指标\t分值\n组织领导\t立德树人\t4");
    let mut proposal = proposed([
        words,
        notice,
        tree,
        sheet("小学", "学校名称\t在校生数\n一小\t5"),
        sheet("初中", "学校名称\t在校生数\n三中\t6"),
    ]);
    assert_eq!(names(&proposal), ["一小", "三中"]);
    let passed = [Some(Passed::Hidden), Some(Passed::Other), Some(Passed::Catalogue), None, None];
    assert_eq!(proposal.sheets.iter().map(|it| it.passed).collect::<Vec<_>>(), passed);
    says(&proposal, "“字典”是隐藏的工作表");
    proposal.take_sheet(4, false);
    assert_eq!(names(&proposal), ["一小"]);
}

#[test]
fn without_heads_a_person_says_what_the_columns_are() {
    let mut proposal = read("第一小学\t1101\t小学\n第二小学\t1102\t小学");
    assert!(proposal.waits());
    says(&proposal, "没有认出表头");
    proposal.assign(0, 0, Some(Column::Name));
    assert!(!proposal.waits());
    assert_eq!(names(&proposal), ["第一小学", "第二小学"]);
    proposal.assign_in_order(0);
    check(&proposal, Column::Code, &["1101", "1102"]);
    assert!(!proposed([grid("一级指标\t二级指标\t分值\n组织领导\t立德树人\t4")]).is_table());
}

#[test]
fn invisible_characters_tell_nothing_and_are_not_kept() {
    let mut assessment = untouched(scored());
    let clean = "学校名称\t学校代码\t学段\t在校生数\n青禾小学\t9900000001\t小学\t1234\n石桥第一小学\t\t小学\t968\n望山中学\t\t初中\t1110";
    taken(&mut assessment, &read(clean), Known::Update);
    let dirty = "学校名称\t学校代码\t学段\t在校生数\n青禾⼩学\u{a0}\t\u{202d}9900000001\u{202c}\t小学\t1234\n石桥\u{200b}第一小学\t\t小学\t\u{202d}968\u{202c}\n'望山中\u{ad}学\t\t\u{2060}初中\t1\u{202f}110";
    let proposal = read(dirty);
    let plan = Plan::of(&assessment, proposal.arrivals(), Known::Update);
    assert_eq!((plan.added(), plan.changed().count(), plan.same()), (0, 0, 3), "{plan:#?}");
    check(&proposal, Column::Code, &["9900000001", "", ""]);
}

#[test]
fn what_is_no_code_is_neither_kept_nor_a_key() {
    let mut table = grid(
        "学校名称\t学校代码\t学段\t在校生数\n一小\t########\t小学\t5\n二小\t########\t小学\t########\n三小\t9.9E+09\t小学\t7\n四小\t1234567890123450000\t小学\t8\n五小\t#N/A\t小学\t#DIV/0!\n#N/A\t6\t小学\t9",
    );
    table.marks = vec![
        Mark { row: 4, column: 1, about: About::Rounded },
        Mark { row: 5, column: 1, about: About::Error },
        Mark { row: 5, column: 3, about: About::Error },
        Mark { row: 6, column: 0, about: About::Error },
    ];
    let proposal = proposed([table]);
    check(&proposal, Column::Code, &["", "", "", "", "", "6"]);
    check(&proposal, Column::Name, &["一小", "二小", "三小", "四小", "五小", ""]);
    check(&proposal, Column::Pupils, &["5", "########", "7", "8", "#DIV/0!", "9"]);
    for words in ["列宽不足", "科学计数", "公式错误", "1 行没有学校名称"] {
        says(&proposal, words);
    }
    let mut assessment = untouched(scored());
    taken(&mut assessment, &proposal, Known::Update);
    let plan = taken(&mut assessment, &proposal, Known::Update);
    assert_eq!((plan.added(), plan.changed().count()), (0, 0));
}

#[test]
fn a_code_that_several_names_share_leads_nowhere() {
    let mut assessment = untouched(scored());
    let first = "学校名称\t学校代码\t学段\t在校生数\n一小\t7\t小学\t5\n二小\t8\t小学\t6";
    taken(&mut assessment, &read(first), Known::Update);
    let shared = read("学校名称\t学校代码\t学段\t在校生数\n新校\t7\t小学\t50\n另校\t7\t小学\t60");
    let plan = Plan::of(&assessment, shared.arrivals(), Known::Update);
    assert_eq!((plan.added(), plan.changed().count()), (2, 0));
    assert!(plan.doubts.iter().any(|it| it.text.contains("代码 7 用于几所")));
    let torn = read("学校名称\t学校代码\t学段\t在校生数\n二小\t7\t小学\t60");
    let plan = Plan::of(&assessment, torn.arrivals(), Known::Update);
    assert_eq!((plan.added(), plan.changed().count()), (0, 1));
    assert!(plan.doubts.iter().any(|it| it.text.contains("按名称对应")));
}

#[test]
fn two_lines_never_hit_one_row_silently() {
    let text = "学校名称\t学校代码\t学段\t在校生数\n青禾小学\t1\t小学\t300\n云溪小学\t3\t小学\t480\n云溪小学\t3\t小学\t481\n青禾小学\t11\t小学\t301";
    let mut proposal = read(text);
    check(&proposal, Column::Pupils, &["300", "480", "301"]);
    says(&proposal, "第 4 行“云溪小学　3　小学　481”与另一行是同一所学校的同一学段");
    says(&proposal, "“青禾小学”有几个代码（1、11）");
    let mut assessment = untouched(scored());
    taken(&mut assessment, &proposal, Known::Update);
    assert_eq!(assessment.schools.len(), 3);
    let again = taken(&mut assessment, &proposal, Known::Update);
    assert_eq!((again.added(), again.changed().count(), again.same()), (0, 0, 3));
    let twin = proposal.left_out().into_iter().find(|it| it.text.contains("481")).unwrap();
    // Whoever chooses a row of a school has it in place of the other.
    proposal.take_row(0, twin.row, true);
    check(&proposal, Column::Pupils, &["300", "481", "301"]);
    let other = proposal.left_out().into_iter().find(|it| it.text.contains("480")).unwrap();
    assert!(!other.taken);
    let plan = Plan::of(&assessment, proposal.arrivals(), Known::Update);
    assert_eq!((plan.added(), plan.changed().count()), (0, 1));
    // And with both ticked both.
    proposal.take_row(0, other.row, true);
    check(&proposal, Column::Pupils, &["300", "480", "481", "301"]);
    let plan = Plan::of(&assessment, proposal.arrivals(), Known::Update);
    assert_eq!(plan.added(), 1);
    assert!(plan.doubts.iter().any(|it| it.text.contains("都对应本表同一行")), "{plan:#?}");
}

#[test]
fn an_update_says_what_changes_and_empty_cells_take_nothing_away() {
    let mut assessment = untouched(scored());
    taken(
        &mut assessment,
        &read("学校名称\t学段\t在校生数\t艺术教师数\n一小\t小学\t5\t3\n二小\t小学\t9\t1"),
        Known::Update,
    );
    let proposal =
        read("学校名称\t学段\t在校生数\t艺术教师数\n一小\t小学部\t6\t\n二小\t小学\t9\t1\n三小\t小学\t7\t2");
    let plan = Plan::of(&assessment, proposal.arrivals(), Known::Update);
    assert_eq!((plan.added(), plan.changed().count(), plan.same()), (1, 1, 1));
    let change = &plan.changed().next().unwrap().changes;
    assert_eq!(change, &[(Column::Pupils, "5".to_owned(), "6".to_owned())]);
    let edits = plan.edits(&assessment, fresh(&assessment));
    apply_all(&mut assessment, &edits).unwrap();
    let rows: Vec<_> =
        assessment.schools_in_order().into_iter().map(|(_, it)| it.text(Column::Arts).to_owned()).collect();
    assert_eq!(rows, ["3", "1", "2"]);
    assert_eq!(Plan::of(&assessment, proposal.arrivals(), Known::Add).added(), 3);
}

#[test]
fn a_break_of_a_word_table_makes_no_school() {
    let text = "学校名称\t学校代码\t学段\t在校生数\n青禾小学\n（东校区）\t9900000001\t小学\t1234\n石桥第一小学\t9900000002\t小学\t968\n（含随班就读3）\n云溪小学\t9900000003\t小学\t480";
    let proposal = read(text);
    assert_eq!(names(&proposal), ["青禾小学（东校区）", "石桥第一小学", "云溪小学"]);
    says(&proposal, "像是被单元格内的换行截断");
}

#[test]
fn a_multiple_behind_a_number_multiplies_the_unit_of_its_column() {
    let text = "学校名称\t学段\t教学仪器设备值（千元）\n一小\t小学\t1.2万\n二小\t小学\t9800";
    let mut proposal = read(text);
    assert_eq!(proposal.sheets[0].sources[2].reading("万").as_deref(), Some("1.2万 读作 1200 万元"));
    proposal.read_word(0, 2, "万", true);
    check(&proposal, Column::Equipment, &["1200", "980"]);
    let own = "学校名称\t学段\t教学仪器设备值（万元）\n一小\t小学\t1200万\n二小\t小学\t980";
    assert_eq!(read(own).sheets[0].sources[2].reading("万").as_deref(), Some("1200万 读作 1200 万元"));
}

#[test]
fn a_name_that_is_an_error_is_not_an_empty_one() {
    let mut table = grid("学校名称\t学段\t在校生数\n望山中学\t初中\t5\n#N/A\t初中\t6");
    table.marks.push(Mark { row: 2, column: 0, about: About::Error });
    assert_eq!(names(&proposed([table])), ["望山中学", ""]);
}

#[test]
fn damaged_characters_replace_nothing_that_is_sound() {
    let mut assessment = untouched(scored());
    taken(
        &mut assessment,
        &read("学校名称\t学校代码\t学段\t在校生数\n镕基路小学\t1\t小学\t5"),
        Known::Update,
    );
    let proposal = read("学校名称\t学校代码\t学段\t在校生数\n\u{fffd}基路小学\t1\t小学\t6");
    let plan = Plan::of(&assessment, proposal.arrivals(), Known::Update);
    let changed: Vec<Column> = plan.changed().flat_map(|it| it.changes.iter().map(|it| it.0)).collect();
    assert_eq!(changed, [Column::Pupils]);
    assert!(plan.doubts.iter().any(|it| it.text.contains("损坏的字符")), "{:?}", plan.doubts);
    let unread = read("学校名称\t学校代码\t学段\t在校生数\n镕基路小学\t1\t小学\t900人");
    let plan = Plan::of(&assessment, unread.arrivals(), Known::Update);
    assert_eq!(plan.changed().count(), 0, "{:#?}", plan.changed().collect::<Vec<_>>());
}

#[test]
fn sponsor_and_area_that_are_merged_over_the_rows_of_a_school_are_of_each() {
    let proposal = read(
        "学校名称\t学校类型\t学段\t举办者\t城乡类别\t在校生数\n一贯学校\t九年制\t小学\t教育部门\t主城区\t5\n\t\t初中\t\t\t6",
    );
    check(&proposal, Column::Sponsor, &["公办", "公办"]);
    check(&proposal, Column::Area, &["城区", "城区"]);
    check(&proposal, Column::Kind, &["九年一贯制学校", "九年一贯制学校"]);
}

#[test]
fn rows_beneath_a_merged_name_are_of_the_same_school() {
    let proposal = read(
        "学校名称\t学校代码\t学校类型\t学段\t在校生数\n实验学校\t11\t九年制\t小学\t600\n\t\t\t初中\t300\n三中\t12\t初中\t初中\t5",
    );
    check(&proposal, Column::Name, &["实验学校", "实验学校", "三中"]);
    check(&proposal, Column::Kind, &["九年一贯制学校", "九年一贯制学校", "初级中学"]);
    says(&proposal, "有 1 行的学校名称为空");
    let apart = read("学校名称\t学段\t在校生数\n一小\t小学\t1\n小计\t\t1\n\t初中\t2");
    assert_eq!(names(&apart), ["一小", ""]);
}

#[test]
fn words_of_the_national_statistics_are_known() {
    let text = "学校名称\t办学类型\t学段\t举办者\t驻地城乡类型\n一小\t211\t小学\t教育部门\t主城区\n二小\t小学教学点\t小学\t县级教育部门\t村庄\n三中\t312\t初中\t民办\t镇乡结合区";
    let proposal = read(text);
    check(&proposal, Column::Kind, &["小学", "教学点", "九年一贯制学校"]);
    check(&proposal, Column::Sponsor, &["公办", "公办", "民办"]);
    check(&proposal, Column::Area, &["城区", "乡村", "镇区"]);
}

#[test]
fn columns_that_are_not_matched_are_named_but_for_those_that_hold_nothing() {
    let proposal = read("序号\t学校名称\t学段\t校长\t备注\n1\t一小\t小学\t王某\t新建");
    says(&proposal, "“校长”（D 列）有 1 行有内容");
    assert!(!proposal.doubts().iter().any(|it| it.text.contains("备注”") || it.text.contains("序号”")));
    assert_eq!(proposal.arrivals()[0].stage(), Some(Stage::Primary));
}
