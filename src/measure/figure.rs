//! What a figure is worth: as a person typed it, or as 学校数据 adds up to it.

use super::Data;
use crate::catalogue::{FigureId, FigureKind, FigureSpec, SchoolSum};
use crate::number::{Number, NumberError};
use crate::points::half_width;
use crate::school::table::Cell;

/// A figure that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A number in the figure's unit; of a step its place on the scale, from 1.
    Number(Number),
    /// 有 or 无.
    Is(bool),
    /// The id of the option that was chosen.
    Option(String),
}

/// Where a figure comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Origin {
    /// Somebody typed it.
    Typed,
    /// It is the sum of a column of 学校数据.
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
    /// None of its options.
    #[error("请从所列口径中选择")]
    Option,
}

/// The steps of a scale, as they are printed.
const STEPS: [&str; 5] = ["Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ", "Ⅴ"];
/// The same as they are typed.
const TYPED_STEPS: [&str; 5] = ["I", "II", "III", "IV", "V"];

/// Reads the text of a figure; `Ok(None)` if it is empty, which is not 0.
///
/// # Errors
/// Says why the text is not taken; it is kept all the same.
pub fn read(spec: &FigureSpec, raw: &str) -> Result<Option<Value>, FigureError> {
    let plain = half_width(raw);
    let plain = plain.trim();
    if plain.is_empty() {
        return Ok(None);
    }
    let value = match spec.kind {
        FigureKind::Count => Value::Number(Number::parse_quantity(plain, true)?),
        FigureKind::Amount => Value::Number(Number::parse_quantity(plain, false)?),
        FigureKind::Rate => Value::Number(Number::parse(plain.trim_end_matches('%'))?),
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
        FigureKind::YesNo => Value::Is(match plain {
            "有" | "是" => true,
            "无" | "否" | "没有" => false,
            _ => return Err(FigureError::YesNo),
        }),
        FigureKind::Choice => match spec.option(plain) {
            Some(option) => Value::Option(option.id.clone()),
            None => return Err(FigureError::Option),
        },
    };
    Ok(Some(value))
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
        Value::Number(number) => number.to_string(),
        Value::Is(true) => "有".to_owned(),
        Value::Is(false) => "无".to_owned(),
        Value::Option(id) => id.clone(),
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
            supplied.map_or(Given::Nothing, |(value, origin)| Given::Value(value, origin))
        }
    }
}

/// A column added up over the rows of its stages; `None` unless there are such
/// rows and each has a number there.
pub(super) fn sum(data: &Data<'_>, of: &SchoolSum) -> Option<Number> {
    let rows = data.table.rows().iter().filter(|row| !row.blank);
    let mut sum = None;
    for row in rows {
        if row.stage.is_some_and(|stage| !of.stages.contains(&stage)) {
            continue;
        }
        // A row that does not say its stage may be one of them.
        let (Some(_), Cell::Number(number)) = (row.stage, row.cell(of.sum)) else { return None };
        sum = Some(sum.unwrap_or(Number::ZERO).plus(number));
    }
    sum
}
