//! Where a text stands in an assessment: the address that edits, undo and the
//! fields of the page share. Printing and parsing an address are inverse.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::assessment::{Answer, Assessment, CheckItem, Evidence, Figure, Head, RowId, Unit};
use crate::catalogue::{Catalogue, FigureId, PointId};
use crate::school::Column;
use crate::value::json::{Fault, Json, OfJson, from_tree};

/// The address of one text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// A text of the cover: `head/name`.
    Head(HeadField),
    /// A text of a point's answer: `answer/<point>/narrative`.
    Answer(PointId, AnswerField),
    /// A text of a material: `evidence/<row>/title`.
    Evidence(RowId, EvidenceField),
    /// A text of a user's own 测评点: `item/<point>/<row>/text`.
    CheckItem(PointId, RowId, CheckItemField),
    /// A text of a figure: `figure/<id>/raw`.
    Figure(FigureId, FigureField),
    /// A cell of 学校数据: `school/<row>/<column>`.
    School(RowId, Column),
    /// A text of a 责任单位: `unit/<row>/name`.
    Unit(RowId, UnitField),
}

/// One list of fields serves their names, reading and writing.
macro_rules! fields {
    ($(#[$doc:meta])* $field:ident of $of:ty, $write:ident {
        $($variant:ident $name:literal $label:literal => $($path:ident).+),+ $(,)?
    }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs, reason = "the names are those of the fields that they address")]
        pub enum $field { $($variant),+ }

        impl $field {
            /// All of them, in the order of the form.
            pub const ALL: [$field; [$($name),+].len()] = [$($field::$variant),+];

            /// What the field is called on the page and in the change log.
            pub const fn label(self) -> &'static str {
                match self { $($field::$variant => $label),+ }
            }

            const fn name(self) -> &'static str {
                match self { $($field::$variant => $name),+ }
            }

            fn named(name: &str) -> Option<$field> {
                $field::ALL.into_iter().find(|field| field.name() == name)
            }

            /// The text of what has it.
            pub fn of(self, of: &$of) -> &str {
                match self { $($field::$variant => &of.$($path).+),+ }
            }
        }

        fn $write(of: &mut $of, field: $field) -> &mut String {
            match field { $($field::$variant => &mut of.$($path).+),+ }
        }
    };
}

fields! {
    /// Texts of [`Head`].
    HeadField of Head, head_mut {
        Name "name" "名称" => name,
        UnitName "unit-name" "填报单位" => unit_name,
        UnitCode "unit-code" "单位代码" => unit_code,
        Year "year" "年度" => year,
        Due "due" "截止日期" => due,
        Filler "filler" "填表人" => cover.filler,
        Reviewer "reviewer" "审核人" => cover.reviewer,
        Leader "leader" "负责人" => cover.leader,
        Phone "phone" "电话" => cover.phone,
    }
}
fields! {
    /// Texts of [`Answer`].
    AnswerField of Answer, answer_mut {
        Score "score" "自评得分" => score,
        Narrative "narrative" "完成情况说明" => narrative,
        Deduction "deduction" "扣分原因" => deduction,
        Waiver "waiver" "不适用理由" => waiver,
        Units "units" "责任单位" => units,
        Filler "filler" "填报人" => filler,
    }
}
fields! {
    /// Texts of [`Evidence`]; its 编号 is fixed and has no address.
    EvidenceField of Evidence, evidence_mut {
        Title "title" "材料名称" => title,
        DocNo "doc-no" "文号" => doc_no,
        FormedOn "formed-on" "形成日期" => formed_on,
        Unit "unit" "提供单位" => unit,
        Pages "pages" "页数" => pages,
        Location "location" "存放位置" => location,
    }
}
fields! {
    /// Texts of [`CheckItem`].
    CheckItemField of CheckItem, check_item_mut {
        Text "text" "测评点" => text,
        Finding "finding" "测评情况" => finding,
    }
}

fields! {
    /// Texts of [`Figure`].
    FigureField of Figure, figure_mut {
        Raw "raw" "数值" => raw,
        Year "year" "数据年度" => year,
        Note "note" "口径或来源说明" => note,
    }
}

fields! {
    /// Texts of [`Unit`].
    UnitField of Unit, unit_mut {
        Name "name" "单位名称" => name,
        Contact "contact" "联系人" => contact,
        Due "due" "截止日期" => due,
        Data "data" "另报内容" => data,
        Received "received" "收到的回传" => received,
    }
}

impl Place {
    /// The place of an address in exactly the form that it is written in.
    pub fn parse(address: &str) -> Option<Place> {
        let mut parts = address.split('/');
        let (kind, of, row, field) = (parts.next()?, parts.next()?, parts.next(), parts.next());
        match (kind, row, field, parts.next()) {
            ("head", None, None, None) => HeadField::named(of).map(Place::Head),
            ("answer", Some(field), None, None) => {
                Some(Place::Answer(PointId::parse(of).ok()?, AnswerField::named(field)?))
            }
            ("evidence", Some(field), None, None) => {
                Some(Place::Evidence(RowId::parse(of).ok()?, EvidenceField::named(field)?))
            }
            ("figure", Some(field), None, None) => {
                Some(Place::Figure(FigureId::parse(of).ok()?, FigureField::named(field)?))
            }
            ("school", Some(column), None, None) => {
                Some(Place::School(RowId::parse(of).ok()?, Column::named(column)?))
            }
            ("unit", Some(field), None, None) => {
                Some(Place::Unit(RowId::parse(of).ok()?, UnitField::named(field)?))
            }
            ("item", Some(row), Some(field), None) => Some(Place::CheckItem(
                PointId::parse(of).ok()?,
                RowId::parse(row).ok()?,
                CheckItemField::named(field)?,
            )),
            _ => None,
        }
    }

    /// What the field is called on the page and in the change log.
    pub fn label(&self) -> &'static str {
        match self {
            Place::Head(field) => field.label(),
            Place::Answer(_, field) => field.label(),
            Place::Evidence(_, field) => field.label(),
            Place::CheckItem(_, _, field) => field.label(),
            Place::Figure(_, field) => field.label(),
            Place::School(_, column) => column.label(),
            Place::Unit(_, field) => field.label(),
        }
    }

    /// What the field shows while nothing is stored here: the 责任单位 of the
    /// catalogue, nothing elsewhere.
    pub fn preset(&self, catalogue: &Catalogue) -> String {
        match self {
            Place::Answer(point, AnswerField::Units) => {
                catalogue.point(point).map_or_else(String::new, |(_, point)| point.units.join("、"))
            }
            _ => String::new(),
        }
    }
}

impl Serialize for Place {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl OfJson for Place {
    fn of_json(json: Json<'_>) -> Result<Place, Fault> {
        Place::parse(&json.text()?).ok_or_else(|| Fault::new("不是填报内容的位置"))
    }
}
from_tree! { Place }

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Head(field) => write!(f, "head/{}", field.name()),
            Place::Answer(point, field) => write!(f, "answer/{point}/{}", field.name()),
            Place::Evidence(row, field) => write!(f, "evidence/{row}/{}", field.name()),
            Place::CheckItem(point, row, field) => write!(f, "item/{point}/{row}/{}", field.name()),
            Place::Figure(id, field) => write!(f, "figure/{id}/{}", field.name()),
            Place::School(row, column) => write!(f, "school/{row}/{}", column.name()),
            Place::Unit(row, field) => write!(f, "unit/{row}/{}", field.name()),
        }
    }
}

impl Assessment {
    /// The text at a place; empty where there is no such row.
    pub fn text(&self, place: &Place) -> &str {
        match place {
            Place::Head(field) => field.of(&self.head),
            Place::Answer(point, field) => field.of(self.answer(point)),
            Place::Evidence(row, field) => self.evidence.get(row).map_or("", |it| field.of(it)),
            Place::CheckItem(point, row, field) => self
                .answer(point)
                .check_items
                .iter()
                .find(|item| item.id == *row)
                .map_or("", |item| field.of(item)),
            Place::Figure(id, field) => field.of(self.figure(id)),
            Place::School(row, column) => self.schools.get(row).map_or("", |it| it.text(*column)),
            Place::Unit(row, field) => self.units.get(row).map_or("", |it| field.of(it)),
        }
    }

    /// The text at a place, to be changed. An answer, figure, unit or cell that does not
    /// exist yet is made; a row that does not exist is `None`.
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
            Place::Figure(id, field) => Some(figure_mut(self.figures.entry(id.clone()).or_default(), *field)),
            Place::School(row, column) => Some(self.schools.get_mut(row)?.cells.entry(*column).or_default()),
            Place::Unit(row, field) => Some(unit_mut(self.units.entry(row.clone()).or_default(), *field)),
        }
    }
}
