//! The columns of 学校数据: what each is called, counted in and checked for.

use super::{CellError, SchoolType, plain, stage_named};
use crate::value::fold::tidy;
use crate::value::json::names;
use crate::value::number::Number;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// Any text.
    Text,
    /// One of the words that [`Column::words`] gives.
    Word,
    /// A whole number from 0.
    Count,
    /// A decimal number from 0.
    Amount,
}

/// One list serves the names, heads and units of the columns.
macro_rules! columns {
    ($($variant:ident $name:literal $label:literal $unit:literal $sort:ident [$($synonym:literal),*]),+ $(,)?) => {
        /// A column of 学校数据.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs, reason = "each is what its label says")]
        pub enum Column { $($variant),+ }

        names! { by name Column }

        impl Column {
            /// All of them, in the order of the table.
            pub const ALL: [Column; [$($name),+].len()] = [$(Column::$variant),+];

            /// Its name in files.
            pub const fn name(self) -> &'static str {
                match self { $(Column::$variant => $name),+ }
            }

            /// Its head.
            pub const fn label(self) -> &'static str {
                match self { $(Column::$variant => $label),+ }
            }

            /// The unit of its numbers; empty where there is none.
            pub const fn unit(self) -> &'static str {
                match self { $(Column::$variant => $unit),+ }
            }

            /// What it holds.
            pub const fn sort(self) -> Sort {
                match self { $(Column::$variant => Sort::$sort),+ }
            }

            /// Other heads that mean it.
            pub const fn synonyms(self) -> &'static [&'static str] {
                match self { $(Column::$variant => &[$($synonym),*]),+ }
            }
        }
    };
}

columns! {
    Name "name" "学校名称" "" Text ["学校", "单位名称", "校名", "学校（机构）名称", "学校全称", "机构名称", "学校（校区）名称", "校区名称"],
    Code "code" "学校代码" "" Text ["学校标识码", "学校（机构）标识码", "机构代码", "标识码", "代码"],
    Kind "kind" "学校类型" "" Word ["类型", "办学类型", "学校类别", "办学类型名称"],
    Stage "stage" "学段" "" Word ["学校学段", "教育阶段", "类别"],
    Sponsor "sponsor" "举办者" "" Word ["办学性质", "公办/民办", "公民办", "举办者类型", "办别"],
    Area "area" "城乡类别" "" Word ["城乡分类", "所在地城乡类型", "驻地城乡类型", "城乡"],
    Pupils "pupils" "在校生数" "人" Count ["在校生", "学生数", "在校学生数", "在校学生", "学生总数", "在校生总数", "在校人数"],
    Senior "senior" "高中在校生数" "人" Count ["高中生数", "高中学生数", "高中在校生"],
    Classes "classes" "班级数" "个" Count ["班数", "教学班数", "教学班", "班级"],
    LargestClass "largest-class" "最大班额" "人" Count ["最大班人数", "班额最大值", "最大班级人数"],
    Classes56 "classes-56" "56人及以上班数" "个" Count ["56人以上班数", "大班额班数", "大班额数", "大班额"],
    Teachers "teachers" "专任教师数" "人" Count ["专任教师", "教师数", "教职工（专任教师）数", "专任教师总数"],
    Degree "degree" "高于规定学历教师数" "人" Count ["高于规定学历", "高于规定学历专任教师数", "高学历教师数"],
    Backbone "backbone" "区级以上骨干教师数" "人" Count ["骨干教师数", "骨干教师", "县级以上骨干教师数", "县（区）级以上骨干教师数", "区（县）级以上骨干教师数", "县级及以上骨干教师数", "区级及以上骨干教师数"],
    Sports "sports" "体育专任教师数" "人" Count ["体育教师数", "体育教师", "体育专任教师"],
    Arts "arts" "艺术专任教师数" "人" Count ["艺术教师数", "艺术教师", "艺术（美术、音乐）专任教师数", "艺术（音乐、美术）专任教师数", "音乐美术专任教师数", "艺术专任教师"],
    Certified "certified" "持教师资格证专任教师数" "人" Count ["持证教师数", "持证人数", "持证上岗教师数", "持教师资格证教师数"],
    Trained "trained" "5年完成360学时教师数" "人" Count ["完成360学时教师数", "360学时完成人数", "培训达标教师数"],
    Teaching "teaching-area" "教学及辅助用房面积" "㎡" Amount ["教学及辅助用房", "教学及教学辅助用房面积", "教学及辅助用房建筑面积", "教学及辅助用房面积（含室内体育用房）"],
    IndoorSport "indoor-sport" "其中室内体育用房面积" "㎡" Amount ["室内体育用房面积", "其中：室内体育用房面积", "室内体育用房", "其中：室内体育用房"],
    Gym "gym" "体育馆面积" "㎡" Amount ["体育馆", "体育馆建筑面积"],
    Field "field" "体育运动场地面积" "㎡" Amount ["运动场地面积", "运动场地", "体育运动场地", "体育场面积", "体育场", "运动场面积", "体育运动场面积"],
    ArtRooms "art-rooms" "音乐美术专用教室面积" "㎡" Amount ["音美专用教室面积", "音乐、美术专用教室面积", "专用教室面积"],
    Equipment "equipment" "教学仪器设备资产值" "万元" Amount ["教学仪器设备值", "教学仪器设备", "教学、科研仪器设备资产值", "仪器设备值", "教学设备值", "教学仪器设备资产", "教学仪器设备总值"],
    Multimedia "multimedia" "网络多媒体教室数" "间" Count ["多媒体教室数", "网络多媒体教室", "网络多媒体教室间数", "多媒体教室"],
    Funds "funds" "公用经费预算总额" "万元" Amount ["公用经费", "年度公用经费预算总额", "公用经费预算", "公用经费总额"],
    Training "training-funds" "教师培训经费" "万元" Amount ["培训经费", "教师培训经费预算", "教师培训费", "培训费"],
}

impl Column {
    /// The column of this name in files, if there is one.
    pub fn named(name: &str) -> Option<Column> {
        Column::ALL.into_iter().find(|it| it.name() == name)
    }

    /// Its head with its unit: "教学仪器设备资产值（万元）".
    pub fn head(self) -> String {
        match self.unit() {
            "" => self.label().to_owned(),
            unit => format!("{}（{unit}）", self.label()),
        }
    }

    /// The words that it holds, where it holds words.
    pub fn words(self) -> Vec<&'static str> {
        match self {
            Column::Kind => SchoolType::ALL.map(SchoolType::label).to_vec(),
            Column::Stage => vec!["小学", "初中"],
            Column::Sponsor => vec!["公办", "民办"],
            Column::Area => vec!["城区", "镇区", "乡村"],
            _ => Vec::new(),
        }
    }

    /// The number that a text in this column is; `Ok(None)` if it is empty or the
    /// column holds no numbers.
    ///
    /// # Errors
    /// Says why the text is not taken; it is kept all the same.
    pub fn read(self, text: &str) -> Result<Option<Number>, CellError> {
        match self.sort() {
            // The ideographic space is white space as well.
            _ if text.trim().is_empty() => Ok(None),
            Sort::Text => Ok(None),
            Sort::Word if self.knows(text) => Ok(None),
            Sort::Word => Err(CellError::Word(self.words().join("、"))),
            Sort::Count | Sort::Amount => {
                Ok(Some(Number::parse_quantity(&tidy(text), self.sort() == Sort::Count)?))
            }
        }
    }

    /// A text of this column as it is kept once its cell is left: "１，２３４" becomes
    /// "1234", 完中 becomes 完全中学; what is not taken stays as it was typed.
    pub fn normalised(self, text: &str) -> String {
        match self.sort() {
            Sort::Text => tidy(text),
            Sort::Word => self.word(text).map_or_else(|| text.to_owned(), str::to_owned),
            Sort::Count | Sort::Amount => match self.read(text) {
                Ok(Some(number)) => number.to_string(),
                Ok(None) => String::new(),
                Err(_) => text.to_owned(),
            },
        }
    }

    fn knows(self, text: &str) -> bool {
        self.word(text).is_some()
    }

    /// The word of the column that a text means.
    fn word(self, text: &str) -> Option<&'static str> {
        match self {
            Column::Kind => SchoolType::named(text).map(SchoolType::label),
            Column::Stage => stage_named(text).map(super::Stage::label),
            _ => {
                let text = plain(text);
                let own = self.words().into_iter().find(|word| text.starts_with(word));
                own.or_else(|| {
                    let means = |(word, _): &&(&str, &str)| *word == text;
                    self.other_words().iter().find(means).map(|(_, own)| *own)
                })
            }
        }
    }

    /// The words of the national statistics (教育事业统计, 统计用城乡划分代码), each with
    /// that of the column.
    const fn other_words(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Column::Sponsor => &[
                ("教育部门", "公办"),
                ("教育部门办", "公办"),
                ("省级教育部门", "公办"),
                ("地级教育部门", "公办"),
                ("市级教育部门", "公办"),
                ("县级教育部门", "公办"),
                ("区级教育部门", "公办"),
                ("其他部门", "公办"),
                ("其他部门办", "公办"),
                ("县级其他部门", "公办"),
                ("地方企业", "公办"),
                ("地方企业办", "公办"),
                ("事业单位", "公办"),
                ("部队", "公办"),
                ("集体", "公办"),
                ("公立", "公办"),
                ("政府", "公办"),
                ("私立", "民办"),
                ("社会力量", "民办"),
                ("民间", "民办"),
            ],
            Column::Area => &[
                ("主城区", "城区"),
                ("城乡结合区", "城区"),
                ("城乡结合部", "城区"),
                ("城市", "城区"),
                ("111", "城区"),
                ("112", "城区"),
                ("镇中心区", "镇区"),
                ("镇乡结合区", "镇区"),
                ("镇乡结合部", "镇区"),
                ("特殊区域", "镇区"),
                ("县镇", "镇区"),
                ("121", "镇区"),
                ("122", "镇区"),
                ("123", "镇区"),
                ("乡中心区", "乡村"),
                ("村庄", "乡村"),
                ("农村", "乡村"),
                ("210", "乡村"),
                ("220", "乡村"),
            ],
            _ => &[],
        }
    }
}
