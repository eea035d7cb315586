//! The file worker: carries messages between the page and [`zhidu::office`].
//!
//! | to the worker | `{id, request, bytes}`, `request` the JSON of an [`exchange::Request`], `bytes` a file's as a `Uint8Array` if it is about one |
//! | --- | --- |
//! | from it | `{id, reply}`, `reply` the JSON of an [`exchange::Reply`]; any number of `progress`, then one last |
//! | | `{id, reply, bytes}` with the file as a `Uint8Array`, its buffer handed over |
//! | | `{crash}`, the message of a panic; the worker is of no use from then on |
//!
//! It takes messages from when its module is started. Keeps nothing between two
//! requests.

use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};
use zhidu::exchange::{self, Reply};
use zhidu::office::serve;

/// Listens to the page from now on.
pub fn start() {
    std::panic::set_hook(Box::new(|panic| post(&[("crash", JsValue::from(panic.to_string()))], None)));
    let Some(scope) = scope() else { return };
    let listen = Closure::<dyn FnMut(MessageEvent)>::new(|event: MessageEvent| receive(&event.data()));
    scope.set_onmessage(Some(listen.as_ref().unchecked_ref()));
    // The listener lives as long as the worker.
    listen.forget();
}

fn receive(message: &JsValue) {
    let field = |name: &str| Reflect::get(message, &JsValue::from(name)).unwrap_or(JsValue::UNDEFINED);
    let id = field("id");
    let text = field("request").as_string().unwrap_or_default();
    let given = field("bytes").dyn_into::<Uint8Array>().map(|bytes| bytes.to_vec()).unwrap_or_default();
    let (reply, bytes) = match serde_json::from_str(&text) {
        Ok(request) => serve::answer(&request, &given, &mut |reply| send(&id, &reply, None)),
        Err(error) => (Reply::Failed { reason: format!("文件程序没有认出请求（技术信息：{error}）") }, None),
    };
    send(&id, &reply, bytes.as_deref());
}

fn send(id: &JsValue, reply: &exchange::Reply, bytes: Option<&[u8]>) {
    let reply = serde_json::to_string(reply).unwrap_or_default();
    post(&[("id", id.clone()), ("reply", JsValue::from(reply))], bytes.map(Uint8Array::from));
}

fn post(fields: &[(&str, JsValue)], bytes: Option<Uint8Array>) {
    let Some(scope) = scope() else { return };
    let message = Object::new();
    let set = |name: &str, value: &JsValue| drop(Reflect::set(&message, &JsValue::from(name), value));
    fields.iter().for_each(|(name, value)| set(name, value));
    // A message that cannot be posted has nobody to be told.
    let _ = match bytes {
        Some(bytes) => {
            set("bytes", &bytes);
            scope.post_message_with_transfer(&message, &Array::of1(&bytes.buffer()))
        }
        None => scope.post_message(&message),
    };
}

/// The scope of a worker, if this runs in one.
pub fn scope() -> Option<DedicatedWorkerGlobalScope> {
    js_sys::global().dyn_into().ok()
}
