//! Values that several tests share: the embedded catalogues and one
//! assessment that holds something of everything.

use std::sync::LazyLock;

use zhidu::assessment::edit::Edit;
use zhidu::assessment::place::{AnswerField, Place};
use zhidu::assessment::{
    Answer, Assessment, AssessmentId, CatalogueRef, CheckItem, Contribution, ContributionState, Cover,
    Evidence, Figure, Head, MuteId, ReplicaId, RowId, Share, State, Unit,
};
use zhidu::catalogue::{Catalogue, CatalogueId, FigureId, PointId, embedded};
use zhidu::record::Mark;
use zhidu::record::log::{Entry, How, Logged};
use zhidu::school::{Column, School};

/// All embedded catalogues.
pub fn catalogues() -> &'static [Catalogue] {
    static ALL: LazyLock<Vec<Catalogue>> =
        LazyLock::new(|| embedded().iter().map(|(_, json)| Catalogue::parse(json).unwrap()).collect());
    &ALL
}

/// The catalogue whose points have values.
pub fn scored() -> &'static Catalogue {
    catalogues().iter().find(|it| it.total().is_some()).unwrap()
}

/// A catalogue with 责任单位.
pub fn tasks() -> &'static Catalogue {
    catalogues().iter().find(|it| it.id.as_str() == "panjin-duties-2019").unwrap()
}

/// An assessment that nobody has touched.
pub fn untouched(catalogue: &Catalogue) -> Assessment {
    Assessment::new(AssessmentId::from_random(1), catalogue, "东城区", "110101", "2026")
}

/// A point of the scored catalogue.
pub fn point(ordinal: u16) -> PointId {
    PointId::new(&CatalogueId::parse("beijing-balance-2018").unwrap(), ordinal)
}

/// A row's identity.
pub fn row(number: u128) -> RowId {
    RowId::from_random(number)
}

/// A copy's identity.
pub fn replica(number: u128) -> ReplicaId {
    ReplicaId::from_random(number)
}

/// Characters that files and programs trip over, and that must come through.
pub const AWKWARD: &str = "=1+1\t\"引号\"\\ \u{1}\u{8}\u{1f}\u{7f}\u{85}\r\n\u{2028}\u{feff}\u{fffd}𠀀𰻝😀👨‍👩‍👧e\u{301}\u{202e}اب</script>";

/// One assessment with something of everything in it; never changed, because
/// the stored fixtures hold it.
pub fn filled() -> Assessment {
    let text = str::to_owned;
    let figure = |raw: &str, note: &str| Figure { raw: text(raw), year: String::new(), note: text(note) };
    let school = |place, cells: &[(Column, &str)]| School {
        place,
        cells: cells.iter().map(|(column, cell)| (*column, text(cell))).collect(),
    };
    let pupils = [(Column::Name, "第一小学"), (Column::Pupils, "1,234"), (Column::Gym, "一千")];
    Assessment {
        figures: [
            (FigureId::parse("new-pupils").unwrap(), figure("12345", "含民办学校")),
            (FigureId::parse("training").unwrap(), figure(AWKWARD, "")),
        ]
        .into(),
        schools: [(row(0xD1), school(0, &pupils)), (row(0xD2), school(1, &[]))].into(),
        mutes: [(MuteId::parse("no-evidence:beijing-balance-2018.09").unwrap(), text("材料由市级统一提供"))]
            .into(),
        ..filled_v1()
    }
}

/// As [`filled`], with what a work has that is shared out: the work of a unit, which has
/// had something in hand itself.
pub fn shared_out() -> Assessment {
    let text = str::to_owned;
    let unit = |name, contact, due, data| Unit {
        name: text(name),
        contact: text(contact),
        due: text(due),
        data: text(data),
        received: text("9f2c01ab12cd@0000000000000000-3"),
    };
    let mut work = filled();
    work.units = [
        (row(0xE1), unit("区教委", "赵六 010-1234", "2026-12-01", "new-pupils schools")),
        (row(0xE2), unit("区财政局", "", "", "")),
    ]
    .into();
    let contribution = |row, state, text: &str| Contribution {
        unit: row,
        point: Some(point(1)),
        state,
        status: State::Complete,
        text: text.to_owned(),
        deduction: "一次会议未形成纪要".to_owned(),
        waiver: String::new(),
        figures: "new-pupils=12345".to_owned(),
        score: "3".to_owned(),
        filler: "钱七".to_owned(),
        reason: String::new(),
        received: "2026-11-30 09:00".to_owned(),
        file: "区财政局.xlsx".to_owned(),
    };
    work.contributions = [
        (row(0xF1), contribution(row(0xE1), ContributionState::Reviewed, "已建立联席会议制度。")),
        (row(0xF2), contribution(row(0xE2), ContributionState::Returned, AWKWARD)),
    ]
    .into();
    work.head.share = Some(Share {
        unit: row(0xE2),
        name: text("区财政局"),
        contact: text("孙八"),
        due: text("2026-12-01"),
        points: vec![point(1), point(2)],
        figures: vec![FigureId::parse("new-pupils").unwrap()],
        schools: false,
        given: text("0000-12"),
    });
    work
}

/// As [`filled`], with what version 1 of the stored format knew.
pub fn filled_v1() -> Assessment {
    let text = str::to_owned;
    let answers = [
        (
            point(1),
            Answer {
                state: State::Complete,
                score: text("3.5"),
                narrative: text("已建立联席会议制度，全年召开 4 次会议。\n详见附件。"),
                deduction: text("一次会议未形成纪要"),
                units: text("区教委、区财政局"),
                filler: text("张三"),
                evidence: vec![row(0xA2), row(0xA1)],
                numbered: 3,
                ..Answer::default()
            },
        ),
        (
            point(2),
            Answer {
                state: State::Drafting,
                score: text("4.005"),
                narrative: text(AWKWARD),
                ..Answer::default()
            },
        ),
        (
            point(9),
            Answer {
                state: State::NotApplicable,
                waiver: text("本区没有寄宿制学校"),
                evidence: vec![row(0xA1)],
                ..Answer::default()
            },
        ),
        (point(17), Answer { state: State::Drafting, score: text("0"), ..Answer::default() }),
        (
            point(54),
            Answer {
                state: State::Drafting,
                check_items: vec![
                    CheckItem { id: row(0xC1), text: text("查看会议纪要"), finding: text("齐全") },
                    CheckItem { id: row(0xC2), text: String::new(), finding: String::new() },
                ],
                ..Answer::default()
            },
        ),
    ];
    let evidence = [
        (
            row(0xA1),
            Evidence {
                number: text("01-01"),
                title: text("关于成立领导小组的通知"),
                doc_no: text("东政办发〔2025〕12号"),
                formed_on: text("2025年9月"),
                unit: text("区政府办公室"),
                pages: text("6"),
                location: text("档案室 3 柜"),
            },
        ),
        (row(0xA2), Evidence { number: text("01-03"), title: text("会议纪要"), ..Evidence::default() }),
    ];
    let head = Head {
        id: AssessmentId::from_random(0xA55E55),
        origin: Some(AssessmentId::from_random(0x0516)),
        previous: Some(AssessmentId::from_random(0x2025)),
        catalogue: CatalogueRef {
            id: CatalogueId::parse("beijing-balance-2018").unwrap(),
            title: text("北京市推进义务教育优质均衡发展督导评价指标体系"),
            text_hash: "0123456789abcdef".repeat(4),
            rules_hash: "fedcba9876543210".repeat(4),
        },
        name: text("东城区 优质均衡 2026"),
        unit_name: text("东城区"),
        unit_code: text("110101"),
        year: text("2026"),
        due: text("2026-12-15"),
        cover: Cover {
            filler: text("张三"),
            reviewer: text("李四"),
            leader: text("王五"),
            phone: text("010-12345678"),
        },
        example: false,
        share: None,
    };
    Assessment { answers: answers.into(), evidence: evidence.into(), ..Assessment::of(head) }
}

/// Two entries of a change log.
pub fn log() -> Vec<Logged> {
    let mark = |serial| Mark { epoch: 3, serial, replica: replica(0x1E) };
    let entry = |by: &str, how, edits| Entry {
        at: "2026-11-23 14:05".to_owned(),
        by: by.to_owned(),
        how,
        source: String::new(),
        through: None,
        edits,
    };
    let narrative = Place::Answer(point(1), AnswerField::Narrative);
    let typed = Edit::splice(&narrative, "", "已建立").into_iter();
    let begun = Edit::SetState { point: point(1), from: State::Blank, to: State::Drafting };
    let undone = Edit::SetEvidence { row: row(7), from: Some(Evidence::default()), to: None };
    vec![
        Logged { mark: mark(1), entry: entry("张三", How::Filled, typed.chain([begun]).collect()) },
        Logged { mark: mark(2), entry: entry("", How::Undone, vec![undone]) },
    ]
}
