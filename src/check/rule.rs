//! The rules of 体检: what each is called, how grave it is and why it is there.

/// How grave a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// 错误: cannot be right.
    Error,
    /// 警告: contradicts itself, or is asked for and missing.
    Warning,
    /// 提示: still to be done.
    Hint,
}

impl Level {
    /// The level in the field's words.
    pub const fn label(self) -> &'static str {
        match self {
            Level::Error => "错误",
            Level::Warning => "警告",
            Level::Hint => "提示",
        }
    }
}

/// One list serves the rules, their names, levels and reasons.
macro_rules! rules {
    ($($variant:ident $id:literal $level:ident $name:literal $reason:literal),+ $(,)?) => {
        /// A rule of 体检.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs, reason = "each is what its name and reason say")]
        pub enum Rule { $($variant),+ }

        impl Rule {
            /// All of them, the gravest first.
            pub const ALL: [Rule; [$($id),+].len()] = [$(Rule::$variant),+];

            /// Its name in files; never changed.
            pub const fn id(self) -> &'static str {
                match self { $(Rule::$variant => $id),+ }
            }

            /// What it is called.
            pub const fn name(self) -> &'static str {
                match self { $(Rule::$variant => $name),+ }
            }

            /// How grave what it finds is.
            pub const fn level(self) -> Level {
                match self { $(Rule::$variant => Level::$level),+ }
            }

            /// Why it is there.
            pub const fn reason(self) -> &'static str {
                match self { $(Rule::$variant => $reason),+ }
            }
        }
    };
}

rules! {
    Refused "refused" Error "填写有误" "不能识别的得分、日期、页数或数据不参与计算，也不会被丢弃，请改正。",
    PartAboveWhole "part-above-whole" Error "部分大于总体" "其中数不应大于总数，如骨干教师数大于专任教师数。",
    NumberTwice "number-twice" Error "编号重复" "佐证材料编号应唯一，重复时无法按编号查找。",
    FullButMissed "full-but-missed" Warning "满分但指标未达标" "自评满分与量化指标未达标相互矛盾；是否扣分由填报人判断，程序不自动扣分。",
    SumDiffers "sum-differs" Warning "合计不一致" "填报的数据与学校数据的合计不一致，请核对口径。",
    Unexplained "unexplained" Warning "扣分未写原因" "得分低于分值时应写明扣分原因。",
    FullWithoutEvidence "full-without-evidence" Warning "满分但无佐证" "自评满分通常须有佐证材料。",
    WaiverMissing "waiver-missing" Warning "不适用未写理由" "标为不适用的应写明理由。",
    DoneWithoutText "done-without-text" Warning "已完成但无说明" "标为已完成的应有完成情况说明。",
    DoneWithoutScore "done-without-score" Warning "已完成但未评分" "计分指标体系中，标为已完成的应有自评得分。",
    SameSchool "same-school" Warning "同一学校登记重复" "同一学校的同一学段在学校数据里有两行，会重复计入。",
    SharedCode "shared-code" Warning "学校代码重复" "同一个学校代码用于不同名称的学校，导入时无法用来对应。",
    SharedTwice "shared-twice" Warning "两个学段填了同样的数" "同一学校的两行填了完全相同的面积或资产值，可能是把全校的数填了两遍。按各行所填计算会重复计算，按在校生折算也会相加。",
    Implausible "implausible" Warning "数值超出常见范围" "按所填数算出的值远超学校的实际可能，多半是单位填错。范围由编者所设，放得很宽，不是任何文件的规定。",
    ClassesDisagree "classes-disagree" Warning "班额与班数、学生数不符" "最大班额、56 人及以上班数、班级数和在校生数应能同时成立；其中至少有一个填错了。",
    StageAgainstType "stage-against-type" Warning "学段与学校类型不符" "小学只有小学段，初级中学只有初中段；学校类型或学段有一个填错了，按所填学段计入。",
    SameEvidence "same-evidence" Warning "佐证材料重复登记" "同名同文号的材料登记了不止一次，可改为引用已有材料。",
    HandedBack "handed-back" Warning "被退回" "汇总单位退回了这一项，请按意见修改后再报；改动以后不再提示。",
    NarrativeDiffers "narrative-differs" Hint "说明与数据不一致" "完成情况说明中的数字与本要点的数据不一致，或四舍五入后改变了是否达标；句子可能另有所指，请核对。",
    NoData "no-data" Hint "量化指标缺数据" "缺少数据时不能判断是否达标。",
    TrainingAboveFunds "training-above-funds" Hint "培训经费大于公用经费" "教师培训经费可以另有来源，大于公用经费预算总额并不矛盾；请核对两项的口径和单位。",
    SeniorMissing "senior-missing" Hint "没有高中在校生数" "完全中学、十二年一贯制学校的校舍、场地和设备常与高中部共用；没有高中在校生数，所填面积是否含高中部分无从判断，也不能按在校生折算。",
    LeftOut "left-out" Hint "未计入的行" "没有写明学段或类型不明的行不计入，其余各校照常计算；补齐后即计入。",
    ReturnDiffers "return-differs" Hint "单位回传与数据不一致" "单位交回的说明中的数字与本要点的数据不一致；句子可能另有所指，请与单位核对。",
    ReturnUnused "return-unused" Hint "单位回传还未采用" "单位交回的说明还没有写进完成情况说明，也没有审核；请到“收集”页处理。",
    NoUnits "no-units" Hint "未写责任单位" "已填报的应明确责任单位。",
    Blank "blank" Hint "未填" "尚未开始填报。",
}
