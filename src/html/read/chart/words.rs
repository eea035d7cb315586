//! How much room texts take. Nothing measures a text before it is drawn, so this is
//! an estimate that errs on the wide side.

/// The length of a text of this size: a full square for a Chinese character, and
/// somewhat more than half of one for any other.
pub fn width_of(text: &str, size: i32) -> i32 {
    let squares: i32 = text.chars().map(|c| if c.is_ascii() { 58 } else { 100 }).sum();
    squares * size / 100
}

/// As much of a text as fits, with a mark where something was left out.
pub fn fitted(text: &str, size: i32, room: i32) -> String {
    if width_of(text, size) <= room {
        return text.to_owned();
    }
    let mut fitted = String::new();
    for c in text.chars() {
        fitted.push(c);
        if width_of(&fitted, size) + size > room {
            fitted.pop();
            break;
        }
    }
    fitted + "…"
}
