//! How windows open, save, lose and take over, in time: each step as a person sees it.
//! That nothing is lost, whatever comes in whatever order, is in `keeping`.

use zhidu::assessment::place::{AnswerField, Place};
use zhidu::record::restore::Why;
use zhidu::session::opening::OpenError;
use zhidu::session::restoring::{self, HandedOut};
use zhidu::session::whole::{self, Created};
use zhidu::session::{Host, Save, editing, opening, unsaved};
use zhidu::store::replace::Reason;
use zhidu::store::{self, StoreError, Table, deleted};
use zhidu::work::Reading;

use crate::browser::{Action, Browser, put};
use crate::memory::{Fault, now};
use crate::sample::{point, untouched};
use crate::window::Window;

fn narrative(at: u16) -> Place {
    Place::Answer(point(at), AnswerField::Narrative)
}

fn act(browser: &mut Browser, actions: &[Action]) {
    actions.iter().for_each(|action| browser.act(action));
}

/// What a window shows of a point.
fn shown(browser: &Browser, window: usize, at: u16) -> String {
    browser.work(window, |work| work.assessment.text(&narrative(at)).to_owned())
}

fn reading(browser: &Browser, window: usize) -> Option<Reading> {
    browser.work(window, |work| work.reading)
}

fn save(browser: &Browser, window: usize) -> Save {
    browser.window(window).save()
}

/// Waits for something that needs time.
fn done<T: 'static>(browser: &mut Browser, ms: f64, work: impl Future<Output = T> + 'static) -> T {
    let window = browser.window(browser.active).clone();
    let result = std::rc::Rc::new(std::cell::RefCell::new(None));
    let put = std::rc::Rc::clone(&result);
    window.spawn(async move { drop(put.replace(Some(work.await))) });
    browser.run(ms);
    result.take().expect("done in this time")
}

#[test]
fn a_pause_in_typing_is_waited_for_and_a_long_run_is_not() {
    let mut browser = Browser::new();
    let commits = |browser: &Browser| browser.work(0, |work| work.seq);
    let before = commits(&browser);
    browser.act(&Action::Type(1));
    assert_eq!(save(&browser, 0), Save::Saving, "not called saved from the first key on");
    browser.run(130.0);
    assert_eq!(commits(&browser), before);
    browser.run(30.0);
    assert_eq!(commits(&browser), before + 1);
    assert!(matches!(save(&browser, 0), Save::Saved(_)));
    for _ in 0..8 {
        browser.act(&Action::Type(1));
        browser.run(50.0);
    }
    assert_eq!(commits(&browser), before + 2, "after 350 ms at most");
}

#[test]
fn the_second_window_reads_along_and_takes_over_when_it_is_asked_to() {
    let mut browser = Browser::new();
    act(&mut browser, &[Action::Type(1), Action::Flush, Action::SwitchWindow]);
    assert_eq!((reading(&browser, 0), reading(&browser, 1)), (None, Some(Reading::Elsewhere)));
    browser.active = 0;
    act(&mut browser, &[Action::Type(1), Action::Flush]);
    assert_eq!(shown(&browser, 1, 1), "〔1〕〔2〕", "it follows");
    browser.active = 1;
    browser.act(&Action::Type(1));
    assert_eq!(shown(&browser, 1, 1), "〔1〕〔2〕", "and changes nothing");
    // What the first window has just typed is stored before it lets go.
    browser.active = 0;
    browser.act(&Action::Type(2));
    browser.active = 1;
    act(&mut browser, &[Action::TakeOver, Action::Flush]);
    assert_eq!((reading(&browser, 0), reading(&browser, 1)), (Some(Reading::Elsewhere), None));
    assert_eq!(shown(&browser, 1, 2), "〔4〕");
    assert_eq!((browser.window(0).set_apart(), browser.window(1).set_apart()), (0, 0));
    act(&mut browser, &[Action::Type(2), Action::Flush]);
    assert_eq!(shown(&browser, 0, 2), "〔4〕〔5〕");
}

#[test]
fn a_window_takes_the_place_of_a_writer_that_is_gone() {
    let mut browser = Browser::new();
    act(&mut browser, &[Action::Type(1), Action::Flush, Action::SwitchWindow]);
    browser.active = 0;
    browser.close();
    browser.active = 1;
    browser.run(2_000.0);
    assert_eq!(reading(&browser, 1), None);
    act(&mut browser, &[Action::Type(1), Action::Flush]);
    assert!(browser.everything().contains("〔1〕〔2〕"));
}

#[test]
fn a_frozen_writer_finds_out_before_it_writes_and_its_words_are_set_apart() {
    let mut browser = Browser::new();
    act(&mut browser, &[Action::Type(1), Action::Freeze, Action::SwitchWindow]);
    assert_eq!(reading(&browser, 1), None, "nobody answers for the frozen one");
    act(&mut browser, &[Action::Type(1), Action::Flush, Action::SwitchWindow]);
    browser.run(1_000.0);
    assert_eq!(reading(&browser, 0), Some(Reading::Elsewhere));
    assert_eq!(shown(&browser, 0, 1), "〔2〕", "it shows what the store has");
    assert_eq!(browser.window(0).set_apart(), 1);
    let said = browser.window(0).said();
    assert!(said.iter().any(|it| it.contains("1 处修改未写入")), "{said:?}");
}

#[test]
fn what_a_dead_window_left_in_its_journal_is_taken_up_once() {
    let mut browser = Browser::new();
    act(&mut browser, &[Action::Type(1), Action::Reload { hidden_first: true }]);
    // The mark of the dead window makes the next one ask whether it is there.
    browser.run(700.0);
    assert_eq!(shown(&browser, 0, 1), "〔1〕");
    let said = browser.window(0).said();
    assert!(said.iter().any(|it| it.contains("已恢复上次意外关闭前未及保存的修改：1 处")), "{said:?}");
    browser.run(1_000.0);
    assert!(browser.world.journals.borrow().is_empty());
    browser.act(&Action::Reload { hidden_first: false });
    browser.run(700.0);
    assert_eq!(browser.window(0).said(), Vec::<String>::new());
}

#[test]
fn a_slow_write_has_the_journal_kept_and_is_still_one_write() {
    let mut browser = Browser::new();
    act(&mut browser, &[Action::Slow(300), Action::Type(1)]);
    browser.run(400.0);
    assert_eq!(save(&browser, 0), Save::Saving);
    assert_eq!(browser.world.journals.borrow().len(), 1, "kept after 100 ms");
    browser.run(1_500.0);
    assert!(matches!(save(&browser, 0), Save::Saved(_)));
    assert!(browser.world.journals.borrow().is_empty(), "and forgotten when it has arrived");
}

#[test]
fn a_full_store_is_named_and_asked_again_until_it_takes() {
    let mut browser = Browser::new();
    act(&mut browser, &[Action::Plan(0, Fault::Full), Action::Type(1), Action::Flush]);
    assert_eq!(save(&browser, 0), Save::Unsaved(StoreError::Full.in_words()));
    assert!(unsaved::has_unsaved(browser.window(0)));
    act(&mut browser, &[Action::Type(2), Action::Mend, Action::Wait(3_500)]);
    assert!(matches!(save(&browser, 0), Save::Saved(_)));
    let all = browser.everything();
    assert!(all.contains("〔1〕") && all.contains("〔2〕"));
}

#[test]
fn restore_points_are_made_before_the_first_change_of_a_day_and_each_hour() {
    let mut browser = Browser::new();
    act(&mut browser, &[Action::Type(1), Action::Flush, Action::Type(2), Action::Flush]);
    browser.run(2_000.0);
    let kinds = |browser: &Browser| -> Vec<Why> {
        let points = now(store::past::restore_points(&browser.store, &browser.id)).unwrap();
        points.iter().map(|(_, point)| point.why).collect()
    };
    assert_eq!(kinds(&browser), [], "there was nothing before the first change");
    for _ in 0..40 {
        act(&mut browser, &[Action::Type(1)]);
        browser.run(130_000.0);
    }
    assert_eq!(kinds(&browser), [Why::Hourly]);
    browser.run(86_400_000.0);
    act(&mut browser, &[Action::Type(1), Action::Flush]);
    browser.run(2_000.0);
    assert_eq!(kinds(&browser), [Why::Hourly, Why::Daily, Why::Hourly]);
    // Opened again on the same day, the first change makes no other one.
    act(&mut browser, &[Action::Reload { hidden_first: false }, Action::Flush, Action::Flush]);
    act(&mut browser, &[Action::Type(1), Action::Flush]);
    browser.run(2_000.0);
    assert_eq!(kinds(&browser).len(), 3);
}

#[test]
fn what_has_left_takes_the_place_of_no_restore_point() {
    let mut browser = Browser::new();
    act(&mut browser, &[Action::Type(1), Action::Flush]);
    browser.run(2_000.0);
    let kinds = |browser: &Browser| -> Vec<Why> {
        let points = now(store::past::restore_points(&browser.store, &browser.id)).unwrap();
        points.iter().map(|(_, point)| point.why).collect()
    };
    let out = HandedOut { file: "报送.xlsx".to_owned(), to: String::new(), seq: 1 };
    let state = restoring::stored(browser.window(0)).unwrap();
    let (window, left) = (browser.window(0).clone(), state.clone());
    done(&mut browser, 1_000.0, async move { restoring::keep_handed(&window, &left, out).await }).unwrap();
    // The same state can still become one, of a day or before a file comes, and once only.
    for why in [Why::Daily, Why::BeforeImport, Why::ByHand] {
        let (window, state) = (browser.window(0).clone(), state.clone());
        done(&mut browser, 1_000.0, async move { restoring::make(&window, &state, why).await }).unwrap();
    }
    assert_eq!(kinds(&browser), [Why::Handed, Why::Daily]);
}

#[test]
fn of_two_openings_the_last_one_wins_and_nothing_unsaved_gives_way() {
    let mut browser = Browser::new();
    let mut other = untouched(&browser.catalogue);
    other.head.id = zhidu::assessment::AssessmentId::from_random(2);
    put(&browser.store, &browser.catalogue, &other, Reason::Created, 7, None).unwrap();
    let window = browser.window(0).clone();
    browser.act(&Action::Slow(20));
    let (own, id) = (window.clone(), other.head.id.clone());
    window.spawn(async move { assert_eq!(opening::open(&own, &id).await, Err(OpenError::Superseded)) });
    browser.run(30.0);
    let own = window.clone();
    assert_eq!(done(&mut browser, 1_000.0, async move { opening::reopen(&own).await }), Ok(()));
    assert_eq!(opening::open_id(&window), Some(browser.id.clone()));
    browser.store.hurries();
    act(&mut browser, &[Action::Plan(0, Fault::Blocked), Action::Type(1), Action::Flush]);
    let (own, id) = (window.clone(), other.head.id.clone());
    let refused = done(&mut browser, 15_000.0, async move { opening::open(&own, &id).await });
    assert_eq!(refused, Err(OpenError::UnsavedWork));
    assert_eq!(shown(&browser, 0, 1), "〔1〕");
}

#[test]
fn what_is_typed_while_the_same_is_opened_anew_stays() {
    let mut browser = Browser::new();
    act(&mut browser, &[Action::Type(1), Action::Flush, Action::Slow(60)]);
    let own = browser.window(0).clone();
    browser.window(0).spawn(async move { assert_eq!(opening::reopen(&own).await, Ok(())) });
    browser.run(80.0);
    browser.act(&Action::Type(1));
    browser.run(3_000.0);
    assert_eq!(shown(&browser, 0, 1), "〔1〕〔2〕");
    browser.store.hurries();
    assert!(matches!(save(&browser, 0), Save::Saved(_)));
    assert!(browser.everything().contains("〔1〕〔2〕"));
}

#[test]
fn why_something_cannot_be_opened_is_named() {
    let mut browser = Browser::new();
    let open = |browser: &mut Browser| {
        browser.close();
        let window = Window::open(&browser.world);
        let id = browser.id.clone();
        let opened = std::rc::Rc::new(std::cell::Cell::new(None));
        let (own, put) = (window.clone(), std::rc::Rc::clone(&opened));
        window.spawn(async move { put.set(Some(opening::open(&own, &id).await)) });
        browser.world.run(2_000.0);
        window.dies();
        opened.take().unwrap()
    };
    let row = zhidu::record::read(&browser.store.texts(Table::Summaries)[0].1).unwrap().1;
    now(deleted::delete(&browser.store, &row, "2026-11-23 14:05")).unwrap();
    assert_eq!(open(&mut browser), Err(OpenError::Deleted));
    now(deleted::bring_back(&browser.store, &browser.id)).unwrap();
    assert_eq!(open(&mut browser), Ok(()));
    browser.store.plan(0, Fault::Blocked);
    assert_eq!(open(&mut browser), Err(OpenError::Store(StoreError::Blocked.in_words())));
    browser.store.restart();
    // On a full disk everything can be read, and the first write that succeeds claims it.
    browser.store.plan(0, Fault::Full);
    assert_eq!(open(&mut browser), Ok(()));
    browser.store.restart();
    let at = browser.store.texts(Table::Records).iter().position(|(key, _)| key.contains("/head/")).unwrap();
    browser.store.damage(Table::Records, at, |bytes| bytes.truncate(9));
    assert!(matches!(open(&mut browser), Err(OpenError::Unreadable(_))));
    now(store::clear(&browser.store)).unwrap();
    assert_eq!(open(&mut browser), Err(OpenError::Missing));
}

#[test]
fn where_nothing_can_be_stored_a_new_one_lives_in_its_window_until_it_can() {
    let mut browser = Browser::new();
    let mut new = untouched(&browser.catalogue);
    new.head.id = zhidu::assessment::AssessmentId::from_random(3);
    new.head.name = "新的自评".to_owned();
    browser.store.plan(0, Fault::Full);
    let (own, made) = (browser.window(0).clone(), new.clone());
    let created = done(&mut browser, 50.0, async move { whole::create(&own, made, &[]).await });
    assert!(matches!(created, Created::InMemory(_, why) if why == StoreError::Full.in_words()));
    let window = browser.window(0).clone();
    assert_eq!(opening::open_id(&window), Some(new.head.id.clone()));
    editing::type_text(&window, &narrative(1), "只在窗口里");
    assert!(matches!(window.save(), Save::Unsaved(_)));
    browser.store.restart();
    browser.run(4_000.0);
    assert!(matches!(window.save(), Save::Saved(_)));
    let found = now(store::read(&browser.store, &new.head.id)).unwrap().unwrap().loaded.unwrap();
    assert_eq!(found.assessment.text(&narrative(1)), "只在窗口里");
    assert_eq!(found.assessment.head.name, "新的自评");
}

#[test]
fn a_closed_connection_is_opened_again_without_a_word() {
    let mut browser = Browser::new();
    act(&mut browser, &[Action::Plan(0, Fault::Closed), Action::Type(1), Action::Flush]);
    assert!(matches!(save(&browser, 0), Save::Saved(_)));
    assert_eq!(browser.window(0).said(), Vec::<String>::new());
}

#[test]
fn a_step_taken_back_says_where_it_was() {
    let mut browser = Browser::new();
    act(&mut browser, &[Action::Type(2), Action::Flush]);
    let travel = editing::undo(browser.window(0));
    assert_eq!(travel.spot, Some(editing::Spot::Point(1)));
    assert_eq!(shown(&browser, 0, 2), "");
    assert_eq!(editing::redo(browser.window(0)).spot, Some(editing::Spot::Point(1)));
    assert_eq!(shown(&browser, 0, 2), "〔1〕");
    assert_eq!(editing::redo(browser.window(0)).spot, None);
}
