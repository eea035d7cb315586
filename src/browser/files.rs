//! Files out and in: a download that follows a click, and a file that a person
//! picked. Works from `file://` too.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, File, FileList, HtmlAnchorElement, TextDecoder, Url};
use zhidu::value::grid::encoding::Encoding;

/// The media type of an Excel workbook.
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// The media type of a backup.
pub const JSON: &str = "application/json";

/// The media type of several files in one.
pub const ZIP: &str = "application/zip";

/// The media type of a table of texts between commas.
pub const CSV: &str = "text/csv";

/// The files of a list.
pub fn all(files: FileList) -> Vec<File> {
    (0..files.length()).filter_map(|index| files.get(index)).collect()
}

/// Hands `bytes` to the browser as a download. `None` if the browser refuses.
pub fn download(name: &str, media_type: &str, bytes: &[u8]) -> Option<()> {
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    let parts = Array::of1(&Uint8Array::from(bytes));
    download_blob(name, &Blob::new_with_u8_array_sequence_and_options(&parts, &options).ok()?)
}

/// Whether a text was put on the clipboard: pages that came without encryption may not.
pub async fn copied(text: &str) -> bool {
    let Some(window) = web_sys::window() else { return false };
    let navigator = window.navigator();
    if !js_sys::Reflect::has(&navigator, &"clipboard".into()).unwrap_or(false) {
        return false;
    }
    let clipboard = js_sys::Reflect::get(&navigator, &"clipboard".into());
    if clipboard.is_ok_and(|it| it.is_undefined() || it.is_null()) {
        return false;
    }
    JsFuture::from(navigator.clipboard().write_text(text)).await.is_ok()
}

/// The same for what the browser holds already.
pub fn download_blob(name: &str, blob: &Blob) -> Option<()> {
    let document = web_sys::window()?.document()?;
    let url = Url::create_object_url_with_blob(blob).ok()?;
    let link: HtmlAnchorElement = document.create_element("a").ok()?.dyn_into().ok()?;
    link.set_href(&url);
    link.set_download(name);
    link.click();
    // Some browsers read the blob only after the click has been handled.
    gloo_timers::callback::Timeout::new(60_000, move || drop(Url::revoke_object_url(&url))).forget();
    Some(())
}

/// The bytes of a picked file, unless it is larger than `limit` bytes or the
/// browser cannot read it.
pub async fn read(file: &File, limit: usize) -> Result<Vec<u8>, ReadError> {
    if file.size() > limit as f64 {
        return Err(ReadError::TooLarge);
    }
    let buffer = JsFuture::from(file.array_buffer()).await.map_err(|_| ReadError::Unreadable)?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

/// The text of a file in this encoding, without its mark; what cannot be read of it is
/// U+FFFD.
pub fn decode(bytes: &[u8], encoding: Encoding) -> String {
    let decoder = TextDecoder::new_with_label(encoding.label());
    let text = decoder.and_then(|it| it.decode_with_u8_array(bytes));
    // A browser that does not know the encoding.
    text.unwrap_or_else(|_| String::from_utf8_lossy(bytes).into_owned())
}

/// Why a picked file was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadError {
    /// Above the limit.
    TooLarge,
    /// The browser refused.
    Unreadable,
}
