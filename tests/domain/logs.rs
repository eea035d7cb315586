//! The change log: one entry per run of a field and per action, with who, when
//! and all of the difference; a year of it comes back.

use zhidu::assessment::edit::Edit;
use zhidu::assessment::history::apply_all;
use zhidu::assessment::place::{AnswerField, FigureField, HeadField, Place};
use zhidu::assessment::{Assessment, ReplicaId, State};
use zhidu::catalogue::FigureId;
use zhidu::html::log_list;
use zhidu::record::backup::{self, Backup};
use zhidu::record::log::{Entry, How, Logged, Logger, Moment, Origin};
use zhidu::record::{self, Key, Mark, RecordKind, Replica, Stamp};
use zhidu::store::{self, Table};

use crate::memory::{Memory, now};
use crate::sample::{filled, point, replica, row, scored, untouched};
use crate::steps::apply;

/// A page that types, with a clock of its own.
struct Typist {
    state: Assessment,
    log: Logger,
    ms: f64,
}

impl Typist {
    fn new() -> Typist {
        Typist { state: untouched(scored()), log: Logger::default(), ms: 0.0 }
    }

    fn apply(&mut self, edits: &[Edit], how: How, typed: Option<&Place>) {
        apply(&mut self.state, edits);
        let at = format!("2026-11-23 14:{:02}", (self.ms / 60_000.0) as u32);
        self.log.note(
            &self.state,
            edits,
            how,
            typed,
            Moment { ms: self.ms, at: &at, origin: Origin::default() },
        );
    }

    /// Types `text` as the whole text of a place, a key press after `pause`.
    fn keys(&mut self, place: &Place, text: &str, pause: f64) {
        self.ms += pause;
        let edits = self.state.typing(place, text);
        self.apply(&edits, How::Filled, Some(place));
    }

    fn entries(&self) -> Vec<Option<Entry>> {
        self.log.unstored(&self.state).into_iter().map(|(_, entry)| entry).collect()
    }

    /// Stores what is unstored and says the serial numbers of it.
    fn store(&mut self) -> Vec<u32> {
        let news: Vec<_> = self.log.unstored(&self.state).into_iter().map(|(grown, _)| grown).collect();
        self.log.stored(&news);
        news.iter().map(|(serial, _)| *serial).collect()
    }
}

fn narrative(at: u16) -> Place {
    Place::Answer(point(at), AnswerField::Narrative)
}

fn spliced(edit: &Edit) -> (&str, &str) {
    match edit {
        Edit::Splice { removed, inserted, .. } => (removed, inserted),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_run_of_typing_is_one_entry_with_its_whole_difference() {
    let mut typist = Typist::new();
    for text in ["已", "已建", "已建力", "已建", "已建立"] {
        typist.keys(&narrative(1), text, 300.0);
    }
    let entries = typist.entries();
    let [Some(entry)] = entries.as_slice() else { panic!("{entries:?}") };
    assert_eq!(spliced(&entry.edits[0]), ("", "已建立"));
    assert_eq!(entry.edits[1], Edit::SetState { point: point(1), from: State::Blank, to: State::Drafting });
    assert_eq!(entry.edits.len(), 2);
}

#[test]
fn a_pause_leaving_and_another_field_end_a_run() {
    let mut typist = Typist::new();
    typist.keys(&narrative(1), "甲", 100.0);
    typist.keys(&narrative(1), "甲乙", 2_000.0);
    typist.keys(&narrative(2), "丙", 100.0);
    typist.log.end_run();
    typist.keys(&narrative(2), "丙丁", 100.0);
    let inserted: Vec<String> =
        typist.entries().iter().map(|it| spliced(&it.as_ref().unwrap().edits[0]).1.to_owned()).collect();
    assert_eq!(inserted, ["甲", "甲乙", "丙", "丙丁"]);
}

#[test]
fn a_short_text_is_told_whole_and_of_a_long_one_what_differs() {
    let mut typist = Typist::new();
    let cover = Place::Head(HeadField::Due);
    typist.keys(&cover, "98.5", 100.0);
    typist.log.end_run();
    typist.keys(&cover, "98.9", 100.0);
    let long = "已".repeat(41);
    typist.keys(&narrative(1), &long, 100.0);
    typist.log.end_run();
    typist.keys(&narrative(1), &format!("{long}建"), 100.0);
    let entries = typist.entries();
    let told: Vec<_> = entries.iter().map(|it| spliced(&it.as_ref().unwrap().edits[0])).collect();
    assert_eq!(told[..3], [("", "98.5"), ("98.5", "98.9"), ("", long.as_str())]);
    assert_eq!(told[3], (&long[3..], &format!("{long}建")[3..]));
}

/// What is told of a change in a long text can be read, and leads from one text to the
/// other.
#[test]
fn of_a_long_text_the_sentence_is_told_that_was_changed() {
    let before =
        format!("{}。全区开设课程82门，覆盖各校；成效明显。{}", "前文".repeat(30), "后文".repeat(30));
    for (from, to, removed, inserted) in [
        ("82", "88", "全区开设课程82门，覆盖各校；", "全区开设课程88门，覆盖各校；"),
        ("成效明显。", "", "成效明显。", ""),
        ("全区", "我区", "全区开设课程82门，覆盖各校；", "我区开设课程82门，覆盖各校；"),
    ] {
        let mut typist = Typist::new();
        typist.keys(&narrative(1), &before, 100.0);
        typist.log.end_run();
        let after = before.replacen(from, to, 1);
        typist.keys(&narrative(1), &after, 100.0);
        let entries = typist.entries();
        let edit = &entries[1].as_ref().unwrap().edits[0];
        let (old, new) = spliced(edit);
        assert!(old.starts_with(removed) && new.starts_with(inserted), "{old} → {new}");
        let mut state = typist.state.clone();
        apply(&mut state, &[edit.clone().invert()]);
        assert_eq!(state.text(&narrative(1)), before);
    }
}

#[test]
fn a_run_goes_on_after_it_was_stored_and_its_entry_is_written_anew() {
    let mut typist = Typist::new();
    typist.keys(&narrative(1), "甲", 100.0);
    assert_eq!(typist.store(), [1]);
    assert_eq!(typist.entries(), []);
    typist.keys(&narrative(1), "甲乙", 100.0);
    let entries = typist.entries();
    assert_eq!(spliced(&entries[0].as_ref().unwrap().edits[0]), ("", "甲乙"));
    assert_eq!(typist.store(), [1]);
    typist.log.end_run();
    typist.keys(&narrative(1), "甲乙丙", 100.0);
    assert_eq!(typist.store(), [2]);
}

#[test]
fn what_is_typed_while_a_write_is_under_way_is_written_with_the_next() {
    let mut typist = Typist::new();
    typist.keys(&narrative(1), "甲", 100.0);
    let sent: Vec<_> = typist.log.unstored(&typist.state).into_iter().map(|(grown, _)| grown).collect();
    typist.keys(&narrative(1), "甲乙", 100.0);
    typist.log.stored(&sent);
    assert_eq!(spliced(&typist.entries()[0].as_ref().unwrap().edits[0]).1, "甲乙");
}

#[test]
fn an_entry_that_was_not_stored_in_time_keeps_to_its_own_run() {
    let mut typist = Typist::new();
    typist.keys(&narrative(1), "甲", 100.0);
    typist.keys(&narrative(2), "丙", 100.0);
    typist.keys(&narrative(1), "甲乙", 100.0);
    let entries = typist.entries();
    let inserted: Vec<&str> = entries.iter().map(|it| spliced(&it.as_ref().unwrap().edits[0]).1).collect();
    assert_eq!(inserted, ["甲", "丙", "甲乙"]);
}

#[test]
fn a_run_that_came_to_nothing_leaves_no_entry() {
    let mut typist = Typist::new();
    typist.keys(&narrative(1), "甲", 100.0);
    typist.store();
    typist.log.end_run();
    typist.keys(&Place::Head(HeadField::Year), "2027", 100.0);
    typist.keys(&Place::Head(HeadField::Year), "2026", 100.0);
    assert_eq!(typist.entries(), [None]);
}

#[test]
fn who_is_the_filler_of_the_point_or_of_the_cover_as_they_were() {
    let mut typist = Typist::new();
    let filler = Place::Answer(point(1), AnswerField::Filler);
    typist.keys(&Place::Head(HeadField::Filler), "张三", 100.0);
    typist.keys(&narrative(1), "甲", 100.0);
    typist.keys(&filler, "李四", 100.0);
    typist.log.end_run();
    typist.keys(&narrative(1), "甲乙", 100.0);
    typist.keys(&narrative(2), "丙", 100.0);
    let by: Vec<String> = typist.entries().into_iter().map(|it| it.unwrap().by).collect();
    assert_eq!(by, ["", "张三", "张三", "李四", "张三"]);
}

#[test]
fn undoing_the_entries_in_reverse_leads_back() {
    let mut typist = Typist::new();
    let before = typist.state.clone();
    typist.keys(&narrative(1), "第一句。", 100.0);
    let edits = typist.state.adding_evidence(&point(1), row(0xB1));
    typist.apply(&edits, How::Filled, None);
    typist.keys(&narrative(1), "第一句，改了。", 100.0);
    let edits = typist.state.setting_state(&point(1), State::Complete);
    typist.apply(&edits, How::Undone, None);
    let mut back = typist.state.clone();
    for entry in typist.entries().into_iter().rev().flatten() {
        let edits: Vec<Edit> = entry.edits.into_iter().rev().map(Edit::invert).collect();
        apply_all(&mut back, &edits).unwrap();
    }
    assert_eq!(back, before);
}

/// 250 working days of 200 entries each, every text with its number.
fn year() -> Vec<Logged> {
    let entry = |serial: u32| Entry {
        at: format!("2026-{:02}-{:02} 09:00", serial / 4_500 % 12 + 1, serial / 200 % 28 + 1),
        by: ["张三", "李四"][serial as usize % 2].to_owned(),
        how: How::Filled,
        source: String::new(),
        through: None,
        edits: vec![Edit::Splice {
            place: narrative((serial % 54 + 1) as u16),
            offset: 0,
            removed: String::new(),
            inserted: format!("第{serial}次修改：区政府常务会议专题研究，统筹编制、经费、用地等资源配置。"),
        }],
    };
    (1..=50_000)
        .map(|serial| Logged {
            mark: Mark {
                epoch: u64::from(serial / 200) + 1,
                serial: serial % 200 + 1,
                replica: replica(0x1E),
            },
            entry: entry(serial),
        })
        .collect()
}

#[test]
fn a_year_of_it_is_stored_read_back_and_carried_by_the_backup() {
    let log = year();
    let memory = Memory::default();
    let id = filled().head.id;
    let of = |kind| Key { assessment: id.clone(), kind };
    let stamp = Stamp { seq: 1, author: String::new() };
    let writer = Replica { id: ReplicaId::from_random(1), epoch: 1 };
    let texts = [(Table::Records, of(RecordKind::Replica).to_text(), record::write(&stamp, &writer))];
    memory.fill(texts);
    for block in log.chunks(5_000) {
        let changes = block
            .iter()
            .map(|it| (of(RecordKind::Log(it.mark.clone())), Some(record::write(&stamp, &it.entry))))
            .collect();
        now(store::commit(&memory, &id, &writer, &changes)).unwrap();
    }
    let found = now(store::past::log(&memory, &id)).unwrap();
    assert!(found == log, "in order and whole");
    let backup = Backup { replica: replica(0x1E), seq: 12, assessment: filled(), log };
    let text = backup::write(&backup);
    assert!(text.len() < backup::MAX_BYTES / 4, "{}", text.len());
    assert!(backup::read(text.as_bytes()) == Ok(backup));
}

#[test]
fn it_is_searched_by_person_point_and_text_and_shown_newest_first() {
    let log = year();
    let list = |wanted: &str| log_list(scored(), &filled(), &log, wanted, 3);
    let all = list("");
    assert!(all.contains("共 50000 条"));
    assert!(all.contains("第50000次") && all.contains("第49998次") && !all.contains("第49997次"));
    assert!(all.contains("显示更早的记录"));
    let one = list("第1234次");
    assert!(one.contains("共 1 条") && one.contains("要点 47") && !one.contains("显示更早"));
    assert!(list("李四").contains("共 25000 条"));
    assert!(list("没有这个").contains("共 0 条"));
    assert!(!list("<script>").contains("<script>"));
}

#[test]
fn a_choice_is_told_by_its_labels() {
    let basis = Place::Figure(FigureId::parse("art-rooms-basis").unwrap(), FigureField::Raw);
    let mut assessment = untouched(scored());
    let mut log = Vec::new();
    for chosen in ["one-class", "all-pupils"] {
        let edit = assessment.splice_to(&basis, chosen).unwrap();
        assessment.apply(&edit).unwrap();
        let entry = Entry { edits: vec![edit], ..year()[0].entry.clone() };
        log.push(Logged { entry, ..year()[0].clone() });
    }
    let list = log_list(scored(), &assessment, &log, "", 9);
    assert!(list.contains("<del>按同时上课的一个班</del><ins>按在校生</ins>"), "{list}");
    assert!(!list.contains("one-class"));
    assert!(log_list(scored(), &assessment, &log, "按在校生", 9).contains("共 1 条"));
}
