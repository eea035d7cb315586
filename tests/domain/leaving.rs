//! What becomes of a text when its field is left.

use proptest::prelude::*;
use zhidu::assessment::place::{AnswerField, EvidenceField, FigureField, HeadField, Place};
use zhidu::catalogue::FigureId;
use zhidu::leaving::{Left, leave};
use zhidu::school::Column;

use crate::random;
use crate::sample::{AWKWARD, point, row, scored, tasks};

fn score() -> Place {
    Place::Answer(point(1), AnswerField::Score)
}

fn material(field: EvidenceField) -> Place {
    Place::Evidence(row(1), field)
}

fn figure(id: &str) -> Place {
    Place::Figure(FigureId::parse(id).unwrap(), FigureField::Raw)
}

#[track_caller]
fn check(place: Place, typed: &str, kept: &str, fault: Option<&str>) {
    let expected = Left { text: kept.to_owned(), removed: 0, fault: fault.map(str::to_owned) };
    assert_eq!(leave(&place, typed, scored()), expected, "{typed:?} at {place:?}");
}

#[test]
fn accepted_values_take_their_usual_form() {
    check(score(), "１．５０", "1.5", None);
    check(score(), " ", "", None);
    check(material(EvidenceField::FormedOn), "2023-09", "2023年9月", None);
    check(material(EvidenceField::Pages), "６页", "6", None);
    check(Place::Head(HeadField::Due), "2026年12月5日", "2026-12-05", None);
    check(figure("new-pupils"), "１，２３４", "1234", None);
    check(figure("monitoring-level"), "3级", "Ⅲ", None);
    check(Place::School(row(1), Column::Kind), "完中", "完全中学", None);
    check(Place::School(row(1), Column::Pupils), " 1,234 ", "1234", None);
}

#[test]
fn refused_values_stay_as_they_were_typed() {
    check(score(), "abc", "abc", Some("不是数字"));
    check(score(), "-1", "-1", Some("不能为负数"));
    check(score(), "4.005", "4.005", Some("小数最多两位"));
    check(score(), " ４．０１", " ４．０１", Some("不能超过本要点分值 4 分"));
    let form = "日期请写成 2023年、2023年9月 或 2023年9月5日";
    check(material(EvidenceField::FormedOn), " 去年 ", " 去年 ", Some(form));
    check(material(EvidenceField::FormedOn), "日", "日", Some(form));
    check(material(EvidenceField::Pages), "若干", "若干", Some("页数应为大于 0 的整数"));
    check(Place::Head(HeadField::Due), "2026年12月", "2026年12月", Some(form));
    check(figure("new-pupils"), "12.5", "12.5", Some("应为整数"));
    check(figure("new-pupils"), "约三百", "约三百", Some("不是数字"));
    check(figure("monitoring-level"), "Ⅵ", "Ⅵ", Some("请填写 Ⅰ 至 Ⅴ"));
    check(Place::School(row(1), Column::Pupils), "-3", "-3", Some("不能为负数"));
    check(Place::School(row(1), Column::Stage), "高中", "高中", Some("请填写：小学、初中"));
    check(Place::Head(HeadField::Due), "2026-2-30", "2026-2-30", Some("没有这一天，请核对年月日"));
    check(Place::Head(HeadField::Year), " ２０２６年", "2026年", None);
    check(Place::Head(HeadField::Year), "今年", "今年", Some("请写明年份，如 2026 或 2025—2026学年"));
}

#[test]
fn other_texts_are_kept_to_the_character() {
    for field in [AnswerField::Narrative, AnswerField::Deduction, AnswerField::Waiver, AnswerField::Units] {
        check(Place::Answer(point(1), field), AWKWARD, AWKWARD, None);
        check(Place::Answer(point(1), field), "  １．５  ", "  １．５  ", None);
    }
    check(material(EvidenceField::Title), "=HYPERLINK(\"x\")", "=HYPERLINK(\"x\")", None);
    check(Place::Head(HeadField::Name), "２０２６ 学年", "２０２６ 学年", None);
}

#[test]
fn removed_characters_are_counted_and_the_rest_is_read() {
    let left = leave(&score(), "1\0.5\u{FFFF}", scored());
    assert_eq!(left, Left { text: "1.5".to_owned(), removed: 2, fault: None });
    let left = leave(&score(), "a\0", scored());
    assert_eq!(left, Left { text: "a".to_owned(), removed: 1, fault: Some("不是数字".to_owned()) });
}

#[test]
fn a_score_without_a_maximum_is_not_judged() {
    let left = leave(&score(), "９", tasks());
    assert_eq!(left, Left { text: "９".to_owned(), removed: 0, fault: None });
}

proptest! {
    #[test]
    fn leaving_again_changes_nothing(typed in random::text(), number in "[0-9０-９.年月日页 -]{0,12}") {
        let places = EvidenceField::ALL.map(material).into_iter().chain([
            score(),
            Place::Head(HeadField::Due),
            Place::Answer(point(1), AnswerField::Narrative),
        ]);
        for (place, typed) in places.flat_map(|place| [(place.clone(), &typed), (place, &number)]) {
            let once = leave(&place, typed, scored());
            let twice = leave(&place, &once.text, scored());
            prop_assert_eq!(&twice, &Left { removed: 0, ..once });
        }
    }
}
