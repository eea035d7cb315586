//! What a button or a list of a page does, as the word that stands in its `data-do`.
//! Acts are grouped by who does them, so that each does all of its own. Which point and
//! which row it is about stands on the elements around it: `data-point` (index of the
//! point), `data-row` (a row's id), `data-index` (place in a list).

/// Something that a person can do on a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// On every page.
    Page(PageAct),
    /// With the card of a point.
    Card(CardAct),
    /// With a row of a card.
    Row(RowAct),
    /// On 历史.
    Past(PastAct),
    /// On 体检.
    Check(CheckAct),
    /// On 学校数据.
    Schools(SchoolsAct),
    /// On 分析 and 差异系数.
    Read(ReadAct),
    /// On 合并.
    Merge(MergeAct),
    /// On 总表.
    Overview(OverviewAct),
    /// On 分工.
    Division(DivisionAct),
    /// On 收集.
    Collect(CollectAct),
}

/// Acts of one group, each with its word.
macro_rules! acts {
    ($(#[$about:meta])* $group:ident in $act:ident {
        $($(#[$doc:meta])* $variant:ident = $word:literal),+ $(,)?
    }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $group { $($(#[$doc])* $variant),+ }

        impl $group {
            /// All of the group.
            pub const ALL: [$group; [$($word),+].len()] = [$($group::$variant),+];

            /// The word for `data-do`.
            pub const fn name(self) -> &'static str {
                match self { $($group::$variant => $word),+ }
            }

            fn named(word: &str) -> Option<Act> {
                $group::ALL.into_iter().find(|act| act.name() == word).map(Act::$act)
            }
        }
    };
}

acts! {
    /// What can be done on every page.
    PageAct in Page {
        /// Folds or unfolds a branch of the tree.
        Fold = "fold",
        /// Opens the browser's print dialog.
        Print = "print",
    }
}

acts! {
    /// What can be done with the card of a point.
    CardAct in Card {
        /// Sets 填报状态 to what the list shows.
        SetState = "set-state",
        /// Sets a figure that is chosen from a list.
        SetFigure = "set-figure",
        /// Gives the full score.
        GiveFull = "give-full",
        /// 添加材料.
        AddMaterial = "add-material",
        /// 引用已有材料: lists the chosen material here too.
        CiteMaterial = "cite-material",
        /// 添加测评点.
        AddItem = "add-item",
    }
}

acts! {
    /// What can be done with a row of a card.
    RowAct in Row {
        /// Moves a material before the one above it.
        RaiseMaterial = "raise-material",
        /// Moves a material behind the one below it.
        LowerMaterial = "lower-material",
        /// Takes a material off this point.
        DropMaterial = "drop-material",
        /// 移除测评点.
        DropItem = "drop-item",
    }
}

acts! {
    /// What can be done on 历史.
    PastAct in Past {
        /// Makes a restore point.
        KeepPoint = "keep-point",
        /// Brings the state of a restore point back.
        Restore = "restore",
        /// Puts a text that was set apart in place of what stands there.
        AdoptInPlace = "adopt-in-place",
        /// Puts a text that was set apart behind what stands there.
        AdoptBehind = "adopt-behind",
        /// Drops changes that were set apart.
        DropUnmerged = "drop-unmerged",
        /// Shows more of the change log.
        ShowMore = "show-more",
    }
}

acts! {
    /// What can be done on 体检.
    CheckAct in Check {
        /// Sets a problem aside.
        Mute = "mute",
        /// Has a problem shown again.
        Unmute = "unmute",
    }
}

acts! {
    /// What can be done on 学校数据.
    SchoolsAct in Schools {
        /// Adds a row.
        Add = "add-school",
        /// Takes out the row of the active cell.
        Drop = "drop-school",
        /// Opens 粘贴导入.
        Paste = "paste-schools",
        /// Takes schools from a file.
        Import = "import-schools",
        /// Makes the next faulty cell the active one.
        NextFault = "next-fault",
        /// Has 一贯制学校 split by stages, or no longer.
        Split = "split-schools",
        /// Counts rows of 民办 schools, or leaves them out.
        CountPrivate = "count-private",
    }
}

acts! {
    /// What can be done on 分析 and 差异系数.
    ReadAct in Read {
        /// Copies a chart as a picture.
        CopyPicture = "copy-picture",
        /// 试算: shows what a coefficient would be.
        TryValue = "try-value",
    }
}

acts! {
    /// What can be done on 合并.
    MergeAct in Merge {
        /// Decides about a change, or about several at once.
        Decide = "decide",
        /// Takes a text of one's own for a change.
        Write = "write-own",
        /// 确定: does what was decided.
        Apply = "apply-merge",
        /// Does the same for each file that waits and asks nothing.
        ApplyAll = "apply-all",
        /// 取消: leaves everything as it is.
        Leave = "leave-merge",
    }
}

acts! {
    /// What can be done on 总表.
    OverviewAct in Overview {
        /// Sorts by a column, the other way round, or no longer.
        Sort = "sort-overview",
        /// Chooses all rows that are shown.
        SelectAll = "select-overview",
        /// Sets 填报状态 of the chosen points.
        SetStates = "set-states",
        /// Sets 责任单位 of the chosen points.
        SetUnits = "set-units",
        /// Sets 填报人 of the chosen points.
        SetFillers = "set-fillers",
        /// Shows what 查找替换 would replace.
        Find = "find-texts",
        /// Replaces it.
        Replace = "replace-texts",
    }
}

acts! {
    /// What can be done on 分工.
    DivisionAct in Division {
        /// Shows a row for each point.
        ByPoint = "by-point",
        /// Shows a row for each unit.
        ByUnit = "by-unit",
        /// Shows a row for each row of 学校数据.
        BySchool = "by-school",
        /// The unit is asked for the chosen rows of 学校数据.
        AskSchools = "ask-schools",
        /// Each school is asked for its own of the chosen rows.
        AskEach = "ask-each",
        /// Nobody is asked for the chosen rows by themselves.
        AskNone = "ask-none",
        /// Chooses all rows.
        SelectAll = "select-all",
        /// Chooses the points that nobody has.
        SelectUnassigned = "select-unassigned",
        /// The unit leads at the chosen points.
        Lead = "assign-lead",
        /// The unit takes part at the chosen points.
        Joint = "assign-joint",
        /// The unit answers the chosen points alone.
        Alone = "assign-alone",
        /// Takes the unit from the chosen points.
        Remove = "assign-remove",
        /// Adds a unit.
        AddUnit = "add-unit",
        /// Gives a unit another name.
        Rename = "rename-unit",
        /// Takes a unit away, or all its points.
        Drop = "drop-unit",
        /// Asks a unit for 学校数据 or a figure, or no longer.
        Ask = "ask-unit",
        /// Asks a unit for a figure that is chosen from a list.
        AskFigure = "ask-figure",
        /// Writes what a unit fills in.
        WriteOne = "write-unit",
        /// Writes what all units fill in.
        WriteAll = "write-units",
    }
}

acts! {
    /// What can be done on 收集.
    CollectAct in Collect {
        /// Opens the browser's dialog for files.
        Import = "import-returns",
        /// Copies who is missing as a text.
        CopyMissing = "copy-missing",
        /// Marks all that a unit handed in as reviewed.
        ReviewUnit = "review-unit",
        /// Marks all that units handed in and nobody has handed back as reviewed.
        ReviewAll = "review-all",
        /// Hands back all that a unit handed in.
        ReturnUnit = "return-unit",
        /// Writes the file that tells a unit what was handed back.
        WriteReturn = "write-return",
        /// Puts what a unit handed in for a point in place of the district's text.
        Adopt = "adopt",
        /// Puts it behind the district's text.
        Append = "append",
        /// Puts all that is handed in and stands nowhere behind the district's texts.
        AppendAll = "append-all",
        /// Marks it as reviewed.
        Review = "review",
        /// Hands it back.
        Return = "return",
    }
}

impl SchoolsAct {
    /// Whether it changes the table or how it counts: not for a window that only reads.
    pub const fn changes(self) -> bool {
        match self {
            SchoolsAct::NextFault => false,
            SchoolsAct::Add
            | SchoolsAct::Drop
            | SchoolsAct::Paste
            | SchoolsAct::Import
            | SchoolsAct::Split
            | SchoolsAct::CountPrivate => true,
        }
    }
}

impl Act {
    /// The act of a word.
    pub fn named(word: &str) -> Option<Act> {
        let groups = [
            PageAct::named,
            CardAct::named,
            RowAct::named,
            PastAct::named,
            CheckAct::named,
            SchoolsAct::named,
            ReadAct::named,
            MergeAct::named,
            OverviewAct::named,
            DivisionAct::named,
            CollectAct::named,
        ];
        groups.into_iter().find_map(|named| named(word))
    }

    /// Whether it is done by choosing from a list rather than by a click.
    pub const fn is_choice(self) -> bool {
        matches!(
            self,
            Act::Card(CardAct::SetState | CardAct::SetFigure | CardAct::CiteMaterial)
                | Act::Schools(SchoolsAct::Split | SchoolsAct::CountPrivate)
                | Act::Merge(MergeAct::Write)
                | Act::Division(DivisionAct::Ask | DivisionAct::AskFigure)
        )
    }
}
