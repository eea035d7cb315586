//! What the page finds its way by in the markup: attributes that say what an element is
//! about, and slots that it fills. A class is for the style sheet and never looked for.

use maud::Render;

/// Things with a name each.
macro_rules! named {
    ($(#[$about:meta])* $kind:ident { $($(#[$doc:meta])* $variant:ident = $name:literal),+ $(,)? }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $kind { $($(#[$doc])* $variant),+ }

        impl $kind {
            /// All of them.
            pub const ALL: [$kind; [$($name),+].len()] = [$($kind::$variant),+];

            /// The name.
            pub const fn name(self) -> &'static str {
                match self { $($kind::$variant => $name),+ }
            }
        }
    };
}

named! {
    /// An attribute that says what an element is about.
    Hook {
        /// What a button or a list does: the word of an act.
        Do = "data-do",
        /// The text of a field: a place.
        Doc = "data-doc",
        /// Which opening of an assessment a form belongs to.
        Assessment = "data-assessment",
        /// The card of a point: its index.
        Point = "data-point",
        /// A row of a card or list: its id.
        Row = "data-row",
        /// What needs chosen rows to be done.
        NeedsRows = "data-needs-rows",
        /// A place in a list, from 0.
        Index = "data-index",
        /// A figure: its id.
        Figure = "data-figure",
        /// A case of a measure: the figure that decides about it.
        By = "data-by",
        /// A case of a measure: for which choice it is there.
        Option = "data-option",
        /// A problem of 体检: its id.
        Problem = "data-problem",
        /// What a link leads to within its page: a selector.
        Aim = "data-aim",
        /// The cell of 学校数据 that a link leads to: a place.
        Cell = "data-cell",
        /// A row of a table that shows a part of its rows: its number, from 0.
        At = "data-at",
        /// A cell: the name of its column.
        Column = "data-column",
        /// A head of 学校数据: the name of its column.
        Head = "data-head",
        /// Sorts by a column of this name.
        Sort = "data-sort",
        /// Filters by this.
        Filter = "data-filter",
        /// Downloads the template.
        Template = "data-template",
        /// A control of 导入学校数据: its choice.
        Choice = "data-choice",
        /// A stage of schooling: its name.
        Stage = "data-stage",
        /// An indicator of 差异系数: its id.
        Indicator = "data-indicator",
        /// A control of 试算: which one.
        Trial = "data-trial",
        /// A part of 分析: its address.
        Part = "data-part",
        /// A chart: its title.
        Title = "data-title",
        /// A place that the page fills or reads: the name of a [`Slot`].
        Slot = "data-slot",
    }
}

impl Hook {
    /// The selector of what bears it.
    pub fn any(self) -> String {
        format!("[{}]", self.name())
    }

    /// The selector of what bears it with this value, which holds no quotation mark.
    pub fn is(self, value: &str) -> String {
        format!("[{}='{value}']", self.name())
    }
}

named! {
    /// A place that the page fills or reads.
    Slot {
        /// The frame of a field, behind which its problem is said.
        Field = "field",
        /// The row of state, score and units, behind which 不适用理由 comes.
        Fields = "fields",
        /// 不适用理由.
        Waiver = "waiver",
        /// How long 完成情况说明 is.
        Count = "count",
        /// 扣分原因.
        Deduction = "deduction",
        /// Help, built when it is unfolded.
        Help = "help",
        /// The heads above the materials.
        MaterialHeads = "material-heads",
        /// The materials of a point.
        Materials = "materials",
        /// Where else a material is listed.
        Shared = "shared",
        /// 测评点 of the district's own.
        Items = "items",
        /// The measures of a point.
        Measures = "measures",
        /// What a measure comes to.
        Verdict = "verdict",
        /// How that was computed.
        Working = "working",
        /// From which files a point has changed.
        News = "news",
        /// How many problems a group has.
        Problems = "problems",
        /// Words to look for.
        Words = "words",
        /// The kind of points that are shown.
        Kind = "kind",
        /// How many rows are shown.
        Shown = "shown",
        /// A state to be set.
        State = "state",
        /// The reason for it.
        Why = "why",
        /// A text to be set.
        Text = "text",
        /// What is looked for to be replaced.
        Find = "find",
        /// What is to stand instead.
        Instead = "instead",
        /// What would be replaced.
        Hits = "hits",
        /// The rows of a table.
        Body = "body",
        /// How many rows are chosen.
        Chosen = "chosen",
        /// A unit that is chosen or named.
        Unit = "unit",
        /// A table whose rows can be chosen.
        Rows = "rows",
        /// The field in which the browser's dialog for files is.
        Files = "files",
        /// Who is awaited, as a text to copy.
        Awaited = "awaited",
        /// What a folded section shows, built when it is unfolded.
        Detail = "detail",
        /// The folded differences of a restore point.
        Differences = "differences",
        /// The field of the active cell of 学校数据.
        Cell = "cell",
    }
}

impl Slot {
    /// The selector of it.
    pub fn selector(self) -> String {
        Hook::Slot.is(self.name())
    }
}

impl Render for Slot {
    fn render_to(&self, buffer: &mut String) {
        buffer.push_str(self.name());
    }
}
