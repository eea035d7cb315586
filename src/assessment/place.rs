//! Where a text stands in an assessment: the address that edits, undo and the
//! fields of the page share.

use crate::assessment::{Answer, Assessment, CheckItem, Evidence, Head, RowId};
use crate::catalogue::PointId;

/// The address of one text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// A text of the cover.
    Head(HeadField),
    /// A text of a point's answer.
    Answer(PointId, AnswerField),
    /// A text of a material.
    Evidence(RowId, EvidenceField),
    /// A text of a user's own 测评点.
    CheckItem(PointId, RowId, CheckItemField),
}

/// Texts of [`Head`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names are those of the fields that they address")]
pub enum HeadField {
    Name,
    UnitName,
    UnitCode,
    Year,
    Due,
    Filler,
    Reviewer,
    Leader,
    Phone,
}

/// Texts of [`Answer`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names are those of the fields that they address")]
pub enum AnswerField {
    Score,
    Narrative,
    Deduction,
    Waiver,
    Units,
    Filler,
}

/// Texts of [`Evidence`]; its 编号 is fixed and has no address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names are those of the fields that they address")]
pub enum EvidenceField {
    Title,
    DocNo,
    FormedOn,
    Unit,
    Pages,
    Location,
}

/// Texts of [`CheckItem`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names are those of the fields that they address")]
pub enum CheckItemField {
    Text,
    Finding,
}

impl AnswerField {
    /// The name of the field on the page and in the change log.
    pub const fn label(self) -> &'static str {
        match self {
            AnswerField::Score => "自评得分",
            AnswerField::Narrative => "完成情况说明",
            AnswerField::Deduction => "扣分原因",
            AnswerField::Waiver => "不适用理由",
            AnswerField::Units => "责任单位",
            AnswerField::Filler => "填报人",
        }
    }
}

impl EvidenceField {
    /// All fields of a material, in the order of their columns.
    pub const ALL: [EvidenceField; 6] = [
        EvidenceField::Title,
        EvidenceField::DocNo,
        EvidenceField::FormedOn,
        EvidenceField::Unit,
        EvidenceField::Pages,
        EvidenceField::Location,
    ];

    /// The name of the column.
    pub const fn label(self) -> &'static str {
        match self {
            EvidenceField::Title => "材料名称",
            EvidenceField::DocNo => "文号",
            EvidenceField::FormedOn => "形成日期",
            EvidenceField::Unit => "提供单位",
            EvidenceField::Pages => "页数",
            EvidenceField::Location => "存放位置",
        }
    }
}

impl Assessment {
    /// The text at a place; empty where there is no such row.
    pub fn text(&self, place: &Place) -> &str {
        match place {
            Place::Head(field) => head(&self.head, *field),
            Place::Answer(point, field) => answer(self.answer(point), *field),
            Place::Evidence(row, field) => self.evidence.get(row).map_or("", |it| evidence(it, *field)),
            Place::CheckItem(point, row, field) => self
                .answer(point)
                .check_items
                .iter()
                .find(|item| item.id == *row)
                .map_or("", |item| check_item(item, *field)),
        }
    }

    /// The text at a place, to be changed. An answer that does not exist yet
    /// is made; a row that does not exist is `None`.
    pub(super) fn text_mut(&mut self, place: &Place) -> Option<&mut String> {
        match place {
            Place::Head(field) => Some(head_mut(&mut self.head, *field)),
            Place::Answer(point, field) => {
                Some(answer_mut(self.answers.entry(point.clone()).or_default(), *field))
            }
            Place::Evidence(row, field) => self.evidence.get_mut(row).map(|it| evidence_mut(it, *field)),
            Place::CheckItem(point, row, field) => self
                .answers
                .get_mut(point)?
                .check_items
                .iter_mut()
                .find(|item| item.id == *row)
                .map(|item| check_item_mut(item, *field)),
        }
    }
}

/// One list of fields serves reading and writing.
macro_rules! texts {
    ($read:ident, $write:ident, $of:ty, $field:ident { $($variant:ident => $($path:ident).+),+ $(,)? }) => {
        fn $read(of: &$of, field: $field) -> &str {
            match field { $($field::$variant => &of.$($path).+),+ }
        }
        fn $write(of: &mut $of, field: $field) -> &mut String {
            match field { $($field::$variant => &mut of.$($path).+),+ }
        }
    };
}

texts!(head, head_mut, Head, HeadField {
    Name => name,
    UnitName => unit_name,
    UnitCode => unit_code,
    Year => year,
    Due => due,
    Filler => cover.filler,
    Reviewer => cover.reviewer,
    Leader => cover.leader,
    Phone => cover.phone,
});
texts!(answer, answer_mut, Answer, AnswerField {
    Score => score,
    Narrative => narrative,
    Deduction => deduction,
    Waiver => waiver,
    Units => units,
    Filler => filler,
});
texts!(evidence, evidence_mut, Evidence, EvidenceField {
    Title => title,
    DocNo => doc_no,
    FormedOn => formed_on,
    Unit => unit,
    Pages => pages,
    Location => location,
});
texts!(check_item, check_item_mut, CheckItem, CheckItemField {
    Text => text,
    Finding => finding,
});
