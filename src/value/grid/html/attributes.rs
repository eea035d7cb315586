//! What the attributes of a tag and the few words of its style say of a table. Knows no
//! other styles.

use super::token::Tag;

/// What is asked of a tag.
#[derive(Default)]
pub(super) struct Attributes {
    spans: Vec<(String, usize)>,
    /// `display:none`.
    pub(super) hidden: bool,
    /// Without height.
    pub(super) flat: bool,
    /// Without width.
    pub(super) narrow: bool,
    /// Text that flows over empty neighbours, which Excel writes as a span.
    pub(super) flows: bool,
    /// The number of a list.
    pub(super) number: bool,
    /// Deleted while changes were tracked.
    pub(super) deleted: bool,
    pub(super) selected: bool,
    pub(super) exact: Option<f64>,
    pub(super) error: bool,
}

impl Attributes {
    /// What a tag says.
    pub(super) fn of(tag: &Tag<'_>) -> Attributes {
        let mut of = Attributes::default();
        for (name, value) in tag.attributes() {
            let value = value.trim();
            match name.as_str() {
                "colspan" | "rowspan" | "span" => {
                    of.spans.extend(value.parse().ok().map(|span| (name, span)))
                }
                "height" => of.flat |= is_nought(value),
                "width" => of.narrow |= is_nought(value),
                "style" => of.style(value),
                "class" => of.deleted |= value.eq_ignore_ascii_case("msoDel"),
                "selected" => of.selected = true,
                "x:num" | "sdval" => of.exact = of.exact.or(value.parse().ok()),
                "data-sheets-value" => of.exact = of.exact.or(of_sheets(value)),
                "x:err" => of.error = true,
                _ => {}
            }
        }
        of
    }

    fn style(&mut self, style: &str) {
        for declaration in style.split(';') {
            let Some((property, value)) = declaration.split_once(':') else { continue };
            let (property, value) = (property.trim().to_ascii_lowercase(), value.trim().to_ascii_lowercase());
            match property.as_str() {
                "display" => self.hidden |= value.starts_with("none"),
                "height" => self.flat |= is_nought(&value),
                "width" => self.narrow |= is_nought(&value),
                "mso-ignore" => self.flows |= value == "colspan",
                "mso-list" => self.number |= value.contains("ignore"),
                _ => {}
            }
        }
    }

    /// A span, 1 where none is given that makes sense.
    pub(super) fn span(&self, name: &str, most: usize) -> usize {
        let given = self.spans.iter().find(|it| it.0 == name);
        given.map_or(1, |it| it.1).clamp(1, most)
    }
}

/// Whether a length is 0, in whatever unit.
fn is_nought(length: &str) -> bool {
    let number = length.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '%').trim();
    number.parse() == Ok(0.0_f64)
}

/// The number that Google Sheets says: `{"1":3,"3":1234.5}`.
fn of_sheets(value: &str) -> Option<f64> {
    let value: serde_json::Value = serde_json::from_str(value).ok()?;
    value.get("3").filter(|_| value.get("1").and_then(serde_json::Value::as_u64) == Some(3))?.as_f64()
}
