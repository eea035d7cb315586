//! The part that lists the looks of cells and the formats of their numbers.

use super::super::refusal::Refusal;
use super::super::styles::Styles;
use super::super::xml::{Node, Xml};

/// Reads the part of that name.
pub(super) fn read(xml: &mut Xml<'_>) -> Result<Styles, Refusal> {
    let mut styles = Styles::default();
    let mut in_cells = false;
    loop {
        match xml.next()? {
            Node::Open(tag) => {
                let number = || tag.attribute("numFmtId").and_then(|it| it.trim().parse().ok()).unwrap_or(0);
                match tag.name() {
                    "numFmt" => styles.add_format(number(), &tag.attribute("formatCode").unwrap_or_default()),
                    "cellXfs" => in_cells = true,
                    "xf" if in_cells => styles.add_look(number()),
                    _ => {}
                }
            }
            Node::Close(end) if end.name() == "cellXfs" => in_cells = false,
            Node::Over => return Ok(styles),
            _ => {}
        }
    }
}
