//! A chart as a picture: into the clipboard where the browser lets it, else into a
//! file.

use js_sys::{Array, Object, Promise, Reflect, encode_uri_component};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, CanvasRenderingContext2d, ClipboardItem, HtmlCanvasElement, HtmlImageElement, SvgElement,
};

use super::files;

/// The media type of a picture.
const PNG: &str = "image/png";
/// Dots for each unit of a drawing: sharp in print too.
const SCALE: f64 = 3.0;

/// Where a picture has gone.
pub enum Copied {
    /// Into the clipboard.
    ToClipboard,
    /// Into a file that was downloaded.
    ToFile,
}

/// Copies a drawing, or downloads it under a name. `None` if the browser makes no
/// picture of it.
pub async fn copy(drawing: &SvgElement, file_name: &str) -> Option<Copied> {
    let canvas = drawn(drawing).await?;
    let picture = JsFuture::from(blob_of(&canvas)).await.ok()?.dyn_into::<Blob>().ok()?;
    if to_clipboard(&picture).await.is_ok() {
        return Some(Copied::ToClipboard);
    }
    files::download_blob(file_name, &picture)?;
    Some(Copied::ToFile)
}

async fn drawn(drawing: &SvgElement) -> Option<HtmlCanvasElement> {
    let document = web_sys::window()?.document()?;
    let size = drawing.get_attribute("viewBox")?;
    let mut size = size.split(' ').skip(2).filter_map(|side| side.parse::<f64>().ok());
    let (width, height) = (size.next()? * SCALE, size.next()? * SCALE);
    // A picture without a size of its own is drawn by some browsers at any size.
    let copy: SvgElement = drawing.clone_node_with_deep(true).ok()?.unchecked_into();
    copy.set_attribute("width", &width.to_string()).ok()?;
    copy.set_attribute("height", &height.to_string()).ok()?;
    let image = HtmlImageElement::new().ok()?;
    let source = String::from(encode_uri_component(&copy.outer_html()));
    image.set_src(&format!("data:image/svg+xml;charset=utf-8,{source}"));
    JsFuture::from(image.decode()).await.ok()?;
    let canvas: HtmlCanvasElement = document.create_element("canvas").ok()?.unchecked_into();
    // Drawings are some hundred units wide.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a drawing has a small size")]
    let (columns, rows) = (width as u32, height as u32);
    canvas.set_width(columns);
    canvas.set_height(rows);
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.unchecked_into();
    context.draw_image_with_html_image_element_and_dw_and_dh(&image, 0.0, 0.0, width, height).ok()?;
    Some(canvas)
}

fn blob_of(canvas: &HtmlCanvasElement) -> Promise {
    Promise::new(&mut |done, failed| {
        if let Err(why) = canvas.to_blob_with_type(&done, PNG) {
            // Nobody waits any more if this fails as well.
            let _ = failed.call1(&JsValue::NULL, &why);
        }
    })
}

/// # Errors
/// The browser has no such clipboard, as on plain http, or does not let the page
/// write to it.
async fn to_clipboard(picture: &Blob) -> Result<(), JsValue> {
    let navigator = web_sys::window().ok_or(JsValue::NULL)?.navigator();
    let has_clipboard = Reflect::get(&navigator, &"clipboard".into())?.is_object();
    let has_items = Reflect::has(&js_sys::global(), &"ClipboardItem".into())?;
    if !has_clipboard || !has_items {
        return Err(JsValue::NULL);
    }
    let of_type = Object::new();
    Reflect::set(&of_type, &PNG.into(), picture)?;
    let item = ClipboardItem::new_with_record_from_str_to_blob_promise(&of_type)?;
    JsFuture::from(navigator.clipboard().write(&Array::of1(&item))).await?;
    Ok(())
}
