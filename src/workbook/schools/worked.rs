//! What a school comes to in an indicator, as formulas over its row, and over the
//! other rows of the school where it is split by stages.

use crate::measure::Data;
use crate::school::counted::Counted;
use crate::school::indicator::{Indicator, Per, Term};
use crate::school::standing::{Standing, standing};
use crate::school::table::{self, Row as SchoolRow};
use crate::school::value::Splitting;
use crate::school::{Column, Sort, Stage};
use crate::value::limit::Verdict;
use crate::value::number::Number;

use super::{DOUBTFUL, LEFT_OUT, Places, Shown, left_out};
use crate::workbook::digits::Digits;
use crate::workbook::live::{self, Side};
use crate::workbook::sheet::{Cell, Role, address, fixed};

/// The value of an indicator at a row, and its verdict.
pub(super) fn computed(
    data: &Data<'_>,
    places: &Places,
    shown: &Shown,
    counts: &Counted,
    at: usize,
    row: &SchoolRow,
) -> [Cell; 2] {
    let blank = || Cell::blank(Role::Centre);
    let text = |text: &str| Cell::text(text, Role::Centre);
    if let Some(why) = left_out(counts, at) {
        return [blank(), text(if why.is_doubtful() { DOUBTFUL } else { LEFT_OUT })];
    }
    if counts.rows.binary_search(&at).is_err() {
        return [blank(), blank()];
    }
    // 特殊教育学校 and 专门学校 may be of no stage; both stages have their limit.
    let stage = row.stage.unwrap_or(Stage::Primary);
    let applied = shown.limit(stage);
    let limit = applied.map(|it| it.limit);
    let Standing { value, verdict, .. } = standing(&data.table, at, shown.indicator, limit, data.splitting);
    let Ok(value) = value else {
        return [blank(), text(Verdict::Missing.label())];
    };
    let Some((over, under)) = sides(data, places, shown.indicator, at, row) else {
        return [blank(), text(Verdict::Missing.label())];
    };
    let formula = match &under {
        Some(under) => format!("{}/{}", over.text, under.text),
        None => over.text.clone(),
    };
    let counted = shown.indicator.terms().iter().all(|term| term.column().sort() == Sort::Count);
    let digits = match &under {
        None if counted => Digits::Whole,
        _ => Digits::beside(value.to_f64(), limit.map(|it| it.value().to_f64()), 2),
    };
    let worked_out = Cell::formula(formula, value.to_f64(), Role::Centre).shown(digits);
    let (Some(verdict), Some(limit)) = (verdict, limit) else { return [worked_out, text("—")] };
    let limit_cell = Side::of(fixed(places.limit_row(stage), shown.column), limit.value());
    let held = under.map_or_else(|| limit_cell.clone(), |under| limit_cell.times(&under));
    let judged = match live::condition(&over, limit.op(), &held) {
        Some(condition) => Cell::formula(live::verdict(&condition), verdict.label(), Role::Centre),
        None => text(verdict.label()),
    };
    [worked_out, judged]
}

/// What is divided, times its factor, and by what, as cells of the sheet.
fn sides(
    data: &Data<'_>,
    places: &Places,
    indicator: Indicator,
    at: usize,
    row: &SchoolRow,
) -> Option<(Side, Option<Side>)> {
    let cell = |at: usize, column: Column| match data.table.row(at)?.cell(column) {
        table::Cell::Number(number) => {
            let place = places.at.get(at).copied().flatten()?;
            Some(Side::of(address(place, Places::column(column)), number))
        }
        _ => None,
    };
    let split = data.splitting == Splitting::ByStage && indicator.splits() && row.is_mixed();
    let own = [at];
    let rows = if split { data.table.together(at) } else { &own };
    let mut terms = Vec::new();
    for term in indicator.terms() {
        let minus = matches!(term, Term::Minus(_));
        terms.extend(rows.iter().filter_map(|at| Some((minus, cell(*at, term.column())?))));
    }
    let over = Side::sum(terms).times_whole(indicator.factor());
    if !split {
        return match indicator.per() {
            Per::One => Some((over, None)),
            Per::Column(column) => Some((over, Some(cell(at, column)?))),
        };
    }
    let weight = |text: &str| Number::parse(text).ok().map(|value| Side::of(text, value));
    let (junior, senior) = (weight("1.1")?, weight("1.32")?);
    let mut weighed = Vec::new();
    for at in rows {
        let pupils = cell(*at, Column::Pupils)?;
        weighed.push((
            false,
            match data.table.row(*at)?.stage? {
                Stage::Primary => pupils,
                Stage::Junior => junior.times(&pupils),
            },
        ));
    }
    // Every row may repeat the pupils of 高中; the largest number counts.
    let known = |at: &&usize| data.table.row(**at)?.number(Column::Senior);
    let most = rows.iter().filter(|at| known(at).is_some()).max_by_key(known);
    weighed.extend(most.and_then(|at| Some((false, senior.times(&cell(*at, Column::Senior)?)))));
    let over = if row.stage? == Stage::Junior { over.times(&junior) } else { over };
    let mut under = Side::sum(weighed);
    if !under.text.starts_with('(') {
        under.text = format!("({})", under.text);
    }
    Some((over, Some(under)))
}
