//! The texts of the catalogues, which come beside the program: the one in use at once,
//! the others when the browser has time.

use js_sys::{Array, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use zhidu::catalogue::library::{carried, carry};

use crate::browser::prefs;

/// Which catalogue was opened last; `src/shell/floor.js` reads it to fetch its text
/// together with the program.
const IN_USE: &str = "text";

#[wasm_bindgen]
extern "C" {
    /// Promises the texts of a catalogue, today's first; an empty list for an unknown one.
    #[wasm_bindgen(js_namespace = zhidu, js_name = catalogueTexts)]
    fn catalogue_texts(id: &str) -> Promise;

    /// The ids of all catalogues whose texts can be fetched.
    #[wasm_bindgen(js_namespace = zhidu, js_name = catalogues)]
    fn catalogues() -> Vec<String>;
}

/// A text that belongs to the program could not be fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotFetched;

/// Sees to it that the program has the texts of a catalogue, if there is one of that id.
///
/// # Errors
/// If they belong to the program but cannot be had now.
pub async fn fetched(id: &str) -> Result<(), NotFetched> {
    if is_here(id) {
        return Ok(());
    }
    let texts = JsFuture::from(catalogue_texts(id)).await.map_err(|_| NotFetched)?;
    let texts: Vec<String> = Array::from(&texts).iter().filter_map(|text| text.as_string()).collect();
    if let Some((today, earlier)) = texts.split_first() {
        carry(id, today, &earlier.iter().map(String::as_str).collect::<Vec<_>>());
    }
    Ok(())
}

/// Whether the program has all texts, so that none is to be waited for.
pub fn complete() -> bool {
    catalogues().iter().all(|id| is_here(id))
}

fn is_here(id: &str) -> bool {
    carried().today.iter().any(|(known, _)| *known == id)
}

/// As [`fetched`], of all catalogues.
///
/// # Errors
/// If one of them cannot be had now.
pub async fn all_fetched() -> Result<(), NotFetched> {
    for id in catalogues() {
        fetched(&id).await?;
    }
    Ok(())
}

/// Notes which catalogue is in use.
pub fn in_use(id: &str) {
    if prefs::get(IN_USE).as_deref() != Some(id) {
        prefs::set(IN_USE, id);
    }
}
