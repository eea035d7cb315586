//! 得分汇总 and 完成情况: what 自评表 adds up to by every level, as formulas over
//! its cells.

use crate::assessment::{Assessment, State};
use crate::catalogue::{Catalogue, CatalogueKind};
use crate::score::{Scorecard, Tally};

use super::block::height;
use super::form::{self, Places};
use super::sheet::{Cell, Column, Role, Row, Sheet, Value, address, span, whole};
use super::{caption, page, sheet_title, wrap};

/// Where the sums of all points stand, for the cover.
#[derive(Clone, Debug, Default)]
pub(super) struct Total {
    /// The sheet.
    pub sheet: String,
    /// The row of 合计, from 0.
    pub row: u32,
}

impl Total {
    /// The address of a sum from another sheet.
    pub fn reference(&self, measure: Measure) -> String {
        format!("'{}'!{}", self.sheet, address(self.row, measure.column()))
    }
}

/// What is counted or added up, one column each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Measure {
    /// How many points there are.
    Points,
    /// How many of them are in a state.
    In(State),
    /// 已评得分.
    Got,
    /// 已评项满分.
    OfScored,
    /// 满分.
    Maximum,
}

impl Measure {
    const COUNTS: [Measure; 5] = [
        Measure::Points,
        Measure::In(State::Blank),
        Measure::In(State::Drafting),
        Measure::In(State::Complete),
        Measure::In(State::NotApplicable),
    ];
    const SCORES: [Measure; 3] = [Measure::Got, Measure::OfScored, Measure::Maximum];

    /// Behind 层级 and 指标.
    fn column(self) -> usize {
        let place = Measure::COUNTS.iter().chain(&Measure::SCORES).position(|it| *it == self);
        place.unwrap_or(0) + 2
    }

    fn head(self) -> &'static str {
        match self {
            Measure::Points => "项数",
            Measure::In(state) => state.label(),
            Measure::Got => "已评\n得分",
            Measure::OfScored => "已评项\n满分",
            Measure::Maximum => "满分",
        }
    }

    /// Its value in a tally; of scores only if there is one.
    pub fn of(self, tally: &Tally) -> Value {
        match self {
            Measure::Points => whole(tally.points).into(),
            Measure::In(State::Blank) => whole(tally.blank).into(),
            Measure::In(State::Drafting) => whole(tally.drafting).into(),
            Measure::In(State::Complete) => whole(tally.complete).into(),
            Measure::In(State::NotApplicable) => whole(tally.not_applicable).into(),
            Measure::Got => form::got(tally),
            Measure::OfScored if tally.scored == 0 => form::NO_SUM.into(),
            Measure::OfScored => tally.of_scored.into(),
            Measure::Maximum => tally.maximum.into(),
        }
    }

    /// Its formula over the rows of 自评表.
    fn formula(self, rows: (u32, u32), places: &Places, numbers: usize) -> String {
        let of = |column| format!("'{}'!{}", form::NAME, span(rows, column));
        let (maximum, got) = places.scores.unwrap_or_default();
        match self {
            Measure::Points => format!("COUNTIFS({},1)", of(numbers)),
            Measure::In(state) => format!("COUNTIFS({},\"{}\")", of(places.state), state.label()),
            Measure::Got => form::unless_none(&of(got), &format!("SUM({})", of(got))),
            Measure::OfScored => {
                form::unless_none(&of(got), &format!("SUMIFS({},{},\">=0\")", of(maximum), of(got)))
            }
            Measure::Maximum => format!("SUM({})", of(maximum)),
        }
    }
}

/// The sheet, and where its last sums stand. `numbers` is the column of 自评表
/// with the number of each row within its entry.
pub(super) fn totals(
    catalogue: &Catalogue,
    assessment: &Assessment,
    card: &Scorecard,
    places: &Places,
    numbers: usize,
    when: &str,
) -> (Sheet, Total) {
    let scored = catalogue.kind == CatalogueKind::Scored;
    let name = if scored { "得分汇总" } else { "完成情况" };
    let mut measures = Measure::COUNTS.to_vec();
    if scored {
        measures.extend(Measure::SCORES);
    }
    let counts = measures.iter().map(|measure| match measure {
        Measure::Points | Measure::In(_) => 7,
        Measure::Got | Measure::OfScored | Measure::Maximum => 8,
    });
    let widths = [9, if scored { 56 } else { 64 }].into_iter().chain(counts);
    let mut sheet = Sheet {
        name: name.to_owned(),
        columns: widths.map(|width| Column { width, hidden: false }).collect(),
        page: Some(page(catalogue, assessment, false)),
        ..Sheet::default()
    };
    sheet_title(&mut sheet, catalogue, assessment, name);
    caption(&mut sheet, assessment, when);
    if scored {
        let note = "已评得分与已评项满分只计已填且有效的自评得分；未填、不适用和未被接受的得分不计入。满分为全部要点分值之和。";
        sheet.add_line(Cell::text(note, Role::Caption).unframed());
    }
    let heads: Vec<&str> =
        ["层级", "指标"].into_iter().chain(measures.iter().map(|measure| measure.head())).collect();
    sheet.add_header(&heads);

    let first = sheet.next_row();
    for ((group, tally), rows) in catalogue.groups().iter().zip(&card.groups).zip(&places.groups) {
        let level = catalogue.levels.get(group.level.saturating_sub(1)).map_or("", String::as_str);
        let indent = "　".repeat(group.level.saturating_sub(1));
        let heading = format!("{indent}{}", group.heading());
        let role = if group.level == 1 { Role::Sum } else { Role::Centre };
        let text_role = if group.level == 1 { Role::SumName } else { Role::Body };
        let lines = wrap::lines(&heading, sheet.columns.get(1).map_or(50, |column| column.width));
        let mut cells = vec![Cell::text(level, role), Cell::text(heading, text_role)];
        cells.extend(
            measures.iter().map(|measure| {
                Cell::formula(measure.formula(*rows, places, numbers), measure.of(tally), role)
            }),
        );
        sheet.rows.push(Row { height: Some(height(lines)), cells });
    }
    let rows = (first, sheet.next_row().saturating_sub(1).max(first));

    let row = sheet.next_row();
    let mut cells = vec![Cell::text("合计", Role::Sum), Cell::blank(Role::Sum)];
    cells.extend(measures.iter().map(|measure| {
        let column = measure.column();
        let sum = format!("SUMIFS({},{},{})", span(rows, column), span(rows, 0), address(first, 0));
        let formula = match measure {
            Measure::Got | Measure::OfScored => form::unless_none(&span(rows, column), &sum),
            _ => sum,
        };
        Cell::formula(formula, measure.of(&card.total), Role::Sum)
    }));
    sheet.rows.push(Row { height: Some(height(1) + 40), cells });
    sheet.merge(row, 0, row, 1);
    (sheet, Total { sheet: name.to_owned(), row })
}
