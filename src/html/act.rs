//! What a button or a list of the form does, as the word that stands in its
//! `data-do`. Which point and which row it is about stands on the elements
//! around it: `data-point` (index of the point), `data-row` (a row's id),
//! `data-index` (place in a list).

/// Something that a person can do in the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Sets 填报状态 to what the list shows.
    SetState,
    /// Gives the full score.
    GiveFull,
    /// 添加材料.
    AddMaterial,
    /// Moves a material before the one above it.
    RaiseMaterial,
    /// Moves a material behind the one below it.
    LowerMaterial,
    /// Takes a material off this point.
    DropMaterial,
    /// 引用已有材料: lists the chosen material here too.
    CiteMaterial,
    /// 添加测评点.
    AddItem,
    /// 移除测评点.
    DropItem,
    /// Folds or unfolds a branch of the tree.
    Fold,
    /// Opens the browser's print dialog.
    Print,
    /// Copies a chart as a picture.
    CopyPicture,
    /// Brings the state of a restore point back.
    Restore,
    /// Makes a restore point.
    KeepPoint,
    /// Puts a text that was set apart in place of what stands there.
    AdoptInPlace,
    /// Puts a text that was set apart behind what stands there.
    AdoptBehind,
    /// Drops changes that were set apart.
    DropUnmerged,
    /// Shows more of a list.
    ShowMore,
    /// Sets a figure that is chosen from a list.
    SetFigure,
    /// 试算: shows what a coefficient would be.
    TryValue,
    /// Sets a problem of 体检 aside.
    Mute,
    /// Has a problem of 体检 shown again.
    Unmute,
    /// Adds a row to 学校数据.
    AddSchool,
    /// Takes the row of the active cell out of 学校数据.
    DropSchool,
    /// Opens 粘贴导入.
    PasteSchools,
    /// Takes schools from a file.
    ImportSchools,
    /// Makes the next faulty cell of 学校数据 the active one.
    NextFault,
    /// Has 一贯制学校 split by stages, or no longer.
    SplitSchools,
    /// Counts rows of 民办 schools, or leaves them out.
    CountPrivate,
}

impl Act {
    /// All acts.
    pub const ALL: [Act; 29] = [
        Act::SetState,
        Act::GiveFull,
        Act::AddMaterial,
        Act::RaiseMaterial,
        Act::LowerMaterial,
        Act::DropMaterial,
        Act::CiteMaterial,
        Act::AddItem,
        Act::DropItem,
        Act::Fold,
        Act::Print,
        Act::CopyPicture,
        Act::Restore,
        Act::KeepPoint,
        Act::AdoptInPlace,
        Act::AdoptBehind,
        Act::DropUnmerged,
        Act::ShowMore,
        Act::SetFigure,
        Act::TryValue,
        Act::Mute,
        Act::Unmute,
        Act::AddSchool,
        Act::DropSchool,
        Act::PasteSchools,
        Act::ImportSchools,
        Act::NextFault,
        Act::SplitSchools,
        Act::CountPrivate,
    ];

    /// The word for `data-do`.
    pub const fn name(self) -> &'static str {
        match self {
            Act::SetState => "set-state",
            Act::GiveFull => "give-full",
            Act::AddMaterial => "add-material",
            Act::RaiseMaterial => "raise-material",
            Act::LowerMaterial => "lower-material",
            Act::DropMaterial => "drop-material",
            Act::CiteMaterial => "cite-material",
            Act::AddItem => "add-item",
            Act::DropItem => "drop-item",
            Act::Fold => "fold",
            Act::Print => "print",
            Act::CopyPicture => "copy-picture",
            Act::Restore => "restore",
            Act::KeepPoint => "keep-point",
            Act::AdoptInPlace => "adopt-in-place",
            Act::AdoptBehind => "adopt-behind",
            Act::DropUnmerged => "drop-unmerged",
            Act::ShowMore => "show-more",
            Act::SetFigure => "set-figure",
            Act::TryValue => "try-value",
            Act::Mute => "mute",
            Act::Unmute => "unmute",
            Act::AddSchool => "add-school",
            Act::DropSchool => "drop-school",
            Act::PasteSchools => "paste-schools",
            Act::ImportSchools => "import-schools",
            Act::NextFault => "next-fault",
            Act::SplitSchools => "split-schools",
            Act::CountPrivate => "count-private",
        }
    }

    /// The act of a word.
    pub fn named(name: &str) -> Option<Act> {
        Act::ALL.into_iter().find(|act| act.name() == name)
    }

    /// Whether it is done by choosing from a list rather than by a click.
    pub const fn is_choice(self) -> bool {
        matches!(
            self,
            Act::SetState | Act::CiteMaterial | Act::SetFigure | Act::SplitSchools | Act::CountPrivate
        )
    }
}
