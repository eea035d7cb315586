//! What a figure is worth: as a person typed it, or as 学校数据 adds up to it.

use std::collections::BTreeMap;

use super::Data;
use crate::catalogue::{About, FigureId, FigureKind, FigureSpec, SchoolSum};
use crate::school::counted::{Counted, Exclusion, counted_by_clause};
use crate::school::indicator::Who;
use crate::school::table::{Cell, Row};
use crate::school::value::resource;
use crate::school::{Column, SchoolType};
use crate::value::fold::tidy;
use crate::value::number::{Number, NumberError};
use crate::value::order::sort_by;
use crate::value::points::half_width;

/// What a person says where there is nothing that a figure could be about.
pub const ABSENT: &str = "无此类对象";

/// A figure that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A number in the figure's unit; of a step its place on the scale, from 1.
    Number(Number),
    /// 有 or 无, 是 or 否.
    Is(bool),
    /// [`ABSENT`]: nothing of the kind exists in the district.
    Absent,
    /// The id of the option that was chosen.
    Option(String),
}

/// Where a figure comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Origin {
    /// Somebody typed it.
    Typed,
    /// 学校数据 supplies it: the sum of a column, or that no such school is there.
    Schools,
    /// It is what stands until another option is chosen.
    Default,
}

/// What is known of a figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Given {
    /// Nothing.
    Nothing,
    /// What was typed is not taken.
    Refused(FigureError),
    /// Its value.
    Value(Value, Origin),
}

/// Why the text of a figure is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FigureError {
    /// No number, or one that it cannot be.
    #[error("{0}")]
    Number(#[from] NumberError),
    /// No step of the scale.
    #[error("请填写 Ⅰ 至 Ⅴ")]
    Step,
    /// Neither 有 nor 无.
    #[error("请选择“有”或“无”")]
    YesNo,
    /// Neither 是 nor 否.
    #[error("请选择“是”或“否”")]
    Done,
    /// None of its options.
    #[error("请从所列口径中选择")]
    Option,
    /// More than there can be.
    #[error("不能超过 {0}")]
    AboveMost(Number),
    /// A number up to 1 where per cent are asked for: 0.95 may be 95 % or 0.95 %.
    #[error("请写明是百分之几：95% 写 95 或 95%，不足 1% 的带上百分号，如 0.95%")]
    Percent,
}

/// The unit of figures that are per cent.
const PER_CENT: &str = "%";

/// The steps of a scale, as they are printed.
const STEPS: [&str; 5] = ["Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ", "Ⅴ"];
/// The same as they are typed.
const TYPED_STEPS: [&str; 5] = ["I", "II", "III", "IV", "V"];

/// Reads the text of a figure; `Ok(None)` if it is empty, which is not 0.
///
/// # Errors
/// Says why the text is not taken; it is kept all the same.
pub fn read(spec: &FigureSpec, raw: &str) -> Result<Option<Value>, FigureError> {
    let plain = half_width(&tidy(raw));
    let plain = plain.trim();
    if plain.is_empty() {
        return Ok(None);
    }
    if is_absent(spec, plain) {
        return Ok(Some(Value::Absent));
    }
    let value = match spec.kind {
        FigureKind::Count => Value::Number(Number::parse_quantity(plain, true)?),
        FigureKind::Amount | FigureKind::Rate => {
            let digits = plain.strip_suffix('%').filter(|_| spec.unit == PER_CENT);
            let number = match spec.kind {
                FigureKind::Rate => Number::parse(digits.unwrap_or(plain))?,
                _ => Number::parse_quantity(digits.unwrap_or(plain), false)?,
            };
            if digits.is_none() && is_doubtful(spec, number) {
                return Err(FigureError::Percent);
            }
            let most = spec.most.as_deref().and_then(|most| Number::parse(most).ok());
            if let Some(most) = most.filter(|most| number > *most) {
                return Err(FigureError::AboveMost(most));
            }
            Value::Number(number)
        }
        FigureKind::Step => {
            let step = plain.trim_end_matches('级');
            let place = STEPS
                .iter()
                .zip(TYPED_STEPS)
                .position(|(printed, typed)| step == *printed || step.eq_ignore_ascii_case(typed));
            let digit = step.parse().ok().filter(|step| (1..=5).contains(step));
            let place = place.and_then(|place| u32::try_from(place + 1).ok()).or(digit);
            Value::Number(Number::whole(place.ok_or(FigureError::Step)?))
        }
        FigureKind::YesNo | FigureKind::Done => Value::Is(match plain {
            "有" | "是" => true,
            "无" | "否" | "没有" => false,
            _ if spec.kind == FigureKind::Done => return Err(FigureError::Done),
            _ => return Err(FigureError::YesNo),
        }),
        FigureKind::Choice => match spec.option(plain) {
            Some(option) => Value::Option(option.id.clone()),
            None => return Err(FigureError::Option),
        },
    };
    Ok(Some(value))
}

/// Whether a number may be meant as a part of one or as per cent.
fn is_doubtful(spec: &FigureSpec, number: Number) -> bool {
    let one = Number::whole(1).millionths();
    spec.unit == PER_CENT && number != Number::ZERO && number.millionths().abs() <= one
}

/// Whether a text says that there is nothing to count. 无 alone does where the figure
/// is a value; of things that are counted it may mean 0 as well, and is not taken.
fn is_absent(spec: &FigureSpec, plain: &str) -> bool {
    let value = matches!(spec.kind, FigureKind::Amount | FigureKind::Rate | FigureKind::Step);
    match plain {
        "无此类对象" | "无此类" | "无此对象" => spec.kind != FigureKind::Choice,
        "无" | "没有" => value,
        _ => false,
    }
}

/// The text of a figure as it is kept once its field is left: "１，２３４" becomes
/// "1234", "3级" becomes "Ⅲ"; what is not taken stays as it was typed.
pub fn normalised(spec: &FigureSpec, raw: &str) -> String {
    match read(spec, raw) {
        Ok(Some(value)) => in_words(spec, &value),
        Ok(None) => String::new(),
        Err(_) => raw.to_owned(),
    }
}

/// A value as its field shows it.
fn in_words(spec: &FigureSpec, value: &Value) -> String {
    match value {
        Value::Number(number) if spec.kind == FigureKind::Step => step(*number).to_owned(),
        Value::Number(number) if is_doubtful(spec, *number) => format!("{number}{PER_CENT}"),
        Value::Number(number) => number.to_string(),
        Value::Is(is) => word(spec.kind, *is).to_owned(),
        Value::Absent => ABSENT.to_owned(),
        Value::Option(id) => id.clone(),
    }
}

/// The word by which a figure of that kind says yes or no.
pub(crate) const fn word(kind: FigureKind, is: bool) -> &'static str {
    match (kind, is) {
        (FigureKind::Done, true) => "是",
        (FigureKind::Done, false) => "否",
        (_, true) => "有",
        (_, false) => "无",
    }
}

/// A step as it is printed.
pub(super) fn step(number: Number) -> &'static str {
    let place = STEPS.iter().zip(1_u32..).find(|(_, place)| Number::whole(*place) == number);
    place.map_or("", |(step, _)| step)
}

/// See [`Data::figure`].
pub(super) fn given(data: &Data<'_>, id: &FigureId) -> Given {
    let Some(spec) = data.catalogue.figure(id) else { return Given::Nothing };
    match read(spec, &data.assessment.figure(id).raw) {
        Ok(Some(value)) => Given::Value(value, Origin::Typed),
        Err(error) => Given::Refused(error),
        Ok(None) => {
            let default = spec.default.clone().map(|id| (Value::Option(id), Origin::Default));
            let sum = || spec.schools.as_ref().and_then(|it| sum(data, it));
            let supplied = default.or_else(|| sum().map(|sum| (Value::Number(sum), Origin::Schools)));
            let none = || spec.about.is_some_and(|about| has_none(data, about));
            let supplied = supplied.or_else(|| none().then_some((Value::Absent, Origin::Schools)));
            supplied.map_or(Given::Nothing, |(value, origin)| Given::Value(value, origin))
        }
    }
}

/// A column added up over the rows that a clause on its stages is about; `None` unless
/// there are such rows and each has a number there. Rows that cannot be used are left
/// out and leave the sum as it is.
pub(super) fn sum(data: &Data<'_>, of: &SchoolSum) -> Option<Number> {
    let mut sum = None;
    for row in rows_of(data, of) {
        let number = resource(&data.table, row, of.sum, data.splitting).ok()?;
        sum = Some(sum.unwrap_or(Number::ZERO).plus(number));
    }
    sum
}

/// The rows that are added up. A school without pupils has teachers and rooms all the
/// same.
pub(crate) fn rows_of(data: &Data<'_>, of: &SchoolSum) -> Vec<usize> {
    let stage = match of.stages.as_slice() {
        [one] => Some(*one),
        _ => None,
    };
    let Counted { mut rows, excluded } = counted_by_clause(&data.table, Who::Ordinary, stage);
    rows.extend(excluded.iter().filter(|(_, why)| *why == Exclusion::NoPupils).map(|(row, _)| *row));
    sort_by(&mut rows, Ord::cmp);
    rows
}

/// Whether 学校数据 has schools and shows that none of them is of this kind.
pub(super) fn has_none(data: &Data<'_>, about: About) -> bool {
    let rows: Vec<&Row> = data.table.rows().iter().filter(|row| !row.blank).collect();
    let typed = |kind| rows.iter().all(|row| row.kind.is_some_and(|it| it != kind));
    !rows.is_empty()
        && match about {
            About::Special => typed(SchoolType::Special),
            About::Correctional => typed(SchoolType::Correctional),
            About::Under400 => least_pupils(data).is_some_and(|least| least >= Number::whole(400)),
        }
}

/// The pupils of the smallest school, its rows taken together; `None` while a row does
/// not say how many it has.
fn least_pupils(data: &Data<'_>) -> Option<Number> {
    let counted = counted_by_clause(&data.table, Who::Ordinary, None);
    let doubtful = counted.excluded.iter().any(|(_, why)| why.is_doubtful());
    let mut schools: BTreeMap<(&str, usize), Number> = BTreeMap::new();
    for at in &counted.rows {
        let row = data.table.row(*at)?;
        let Cell::Number(pupils) = row.cell(Column::Pupils) else { return None };
        // Rows without a name are no school in common.
        let school = (row.identity(), if row.identity().is_empty() { *at } else { 0 });
        let sum = schools.entry(school).or_insert(Number::ZERO);
        *sum = sum.plus(pupils);
    }
    schools.into_values().min().filter(|_| !doubtful)
}
