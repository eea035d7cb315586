//! The dialog 导入学校数据: every control can be found again by its address, doubts
//! stand first, and what would be lost comes before all other columns.

use zhidu::assessment::arrivals::{Known, Plan};
use zhidu::html::arrivals;
use zhidu::school::Column;
use zhidu::school::intake::Proposal;
use zhidu::school::intake::choice::Choice;

use crate::arrivals::{grid, proposed, taken};
use crate::sample::{scored, untouched};

const TABLE: &str = "学校名称\t学段\t校长\t在校生数\t教学仪器设备值（元）\n青禾小学\t小学\t王某\t1.2万\t12000000\n合计\t\t\t5\t6";

fn page(proposal: &Proposal) -> String {
    let assessment = untouched(scored());
    let plan = Plan::of(&assessment, proposal.arrivals(), Known::Update);
    arrivals("学校<数据>.xlsx", proposal, &plan, Known::Update)
}

#[test]
fn doubts_come_before_everything_that_can_be_changed() {
    let page = page(&proposed([grid(TABLE)]));
    let at = |words: &str| page.find(words).unwrap_or_else(|| panic!("{words}: {page}"));
    assert!(at("文件“学校&lt;数据&gt;.xlsx”") < at("将新增 1 行"));
    assert!(at("将新增 1 行") < at("“校长”（C 列）有 1 行有内容"));
    assert!(at("“校长”（C 列）有 1 行有内容") < at("data-choice=\"column/0/2\""));
    assert!(
        at("data-choice=\"column/0/2\"") < at("data-choice=\"column/0/0\""),
        "what would be lost comes first"
    );
    assert!(at("data-choice=\"word/0/3/万\"") < at("未取的行（1）"));
    assert!(page.contains("<option value=\"元\" selected>元</option>"));
}

#[test]
fn every_control_does_what_its_address_says() {
    let mut proposal = proposed([grid(TABLE)]);
    for (address, value, on) in
        [("column/0/2", "code", false), ("word/0/3/万", "", true), ("row/0/2", "", true)]
    {
        let choice = Choice::parse(address).unwrap();
        assert_eq!(choice.to_string(), address);
        proposal.choose(&choice, value, on);
    }
    let arrivals = proposal.arrivals();
    assert_eq!(arrivals.len(), 2);
    assert_eq!(arrivals[0].cells[&Column::Code], "王某");
    assert_eq!(arrivals[0].cells[&Column::Pupils], "12000");
    for address in ["", "known/0", "column/0", "column/x/1", "row/0/1/2", "sheet/-1", "nothing/0/0"] {
        assert_eq!(Choice::parse(address), None, "{address}");
    }
    for choice in [Choice::Known, Choice::Sheet(1), Choice::Hidden(0), Choice::Order(2), Choice::Unit(0, 4)] {
        assert_eq!(Choice::parse(&choice.to_string()), Some(choice));
    }
}

#[test]
fn what_changes_is_listed_row_by_row() {
    let mut assessment = untouched(scored());
    taken(
        &mut assessment,
        &proposed([grid("学校名称\t学段\t在校生数\n一小\t小学\t5\n二小\t小学\t6")]),
        Known::Update,
    );
    let proposal = proposed([grid("学校名称\t学段\t在校生数\n一小\t小学\t7\n二小\t小学\t6")]);
    let plan = Plan::of(&assessment, proposal.arrivals(), Known::Update);
    let page = arrivals("", &proposal, &plan, Known::Update);
    assert!(page.contains("将新增 0 行，更新 1 行，1 行与现有内容相同。"), "{page}");
    assert!(page.contains("<td>在校生数</td><td>5</td><td>7</td>"), "{page}");
}
