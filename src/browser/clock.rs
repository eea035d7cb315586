//! The person's clock. For display and for pauses in typing; never for order.

use js_sys::Date;

/// Milliseconds of a clock that never goes backwards, from an arbitrary origin.
pub fn monotonic_ms() -> f64 {
    web_sys::window().and_then(|window| window.performance()).map_or(0.0, |clock| clock.now())
}

/// Date and time as the person reads them: "2026-11-23 14:05".
pub fn date_and_time() -> String {
    let now = Date::new_0();
    format!("{} {:02}:{:02}", date_of(&now), now.get_hours(), now.get_minutes())
}

/// The time as the person reads it: "14:05:09".
pub fn time() -> String {
    let now = Date::new_0();
    format!("{:02}:{:02}:{:02}", now.get_hours(), now.get_minutes(), now.get_seconds())
}

/// Today as "2026-11-23".
pub fn date() -> String {
    date_of(&Date::new_0())
}

/// How many days ago a date like "2026-11-23" was; negative if it is to come.
pub fn days_since(date: &str) -> Option<i64> {
    let [then, today] = [date, &self::date()].map(Date::parse);
    let days = ((today - then) / 86_400_000.0).round();
    days.is_finite().then_some(days as i64)
}

/// The current year.
pub fn year() -> u32 {
    Date::new_0().get_full_year()
}

fn date_of(date: &Date) -> String {
    format!("{}-{:02}-{:02}", date.get_full_year(), date.get_month() + 1, date.get_date())
}
