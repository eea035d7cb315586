//! The names of the crate `wasm-streams` that Leptos links for the calls of its server
//! functions. This program has no server and calls none; the real crate exports classes
//! to JavaScript, which no linker takes away again. Here every stream is empty.

use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use wasm_bindgen::{JsCast, JsValue};

/// A stream of the browser.
#[derive(Debug)]
pub struct ReadableStream(web_sys::ReadableStream);

impl ReadableStream {
    /// That stream.
    pub fn from_raw(stream: web_sys::ReadableStream) -> ReadableStream {
        ReadableStream(stream)
    }

    /// An empty one in place of what `stream` gives.
    pub fn from_stream<S>(_stream: S) -> ReadableStream
    where
        S: Stream<Item = Result<JsValue, JsValue>> + 'static,
    {
        ReadableStream(web_sys::ReadableStream::unchecked_from_js(JsValue::NULL))
    }

    /// The browser's own.
    pub fn into_raw(self) -> web_sys::ReadableStream {
        self.0
    }

    /// Nothing of what it holds.
    pub fn into_stream(self) -> Empty {
        Empty
    }
}

/// A stream that is at its end.
#[derive(Debug)]
pub struct Empty;

impl Stream for Empty {
    type Item = Result<JsValue, JsValue>;

    fn poll_next(self: Pin<&mut Self>, _context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(None)
    }
}
