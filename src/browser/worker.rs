//! The file worker as the page sees it: one request, its progress and its end.
//! A worker that crashes is thrown away and the next request gets a new one.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use js_sys::{Promise, Reflect, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{MessageEvent, Worker};
use zhidu::exchange::{Asked, Reply};

use crate::browser::shell;

/// Why a request has no reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WorkerError {
    /// The worker's program could not be fetched or started.
    NotStarted,
    /// The worker stopped working; it is replaced at the next request.
    Crashed(String),
    /// Nothing was heard of it for [`PATIENCE`]; it is replaced at the next request.
    Stuck,
    /// The person gave up.
    Cancelled,
    /// The worker says why it could not do it.
    Failed(String),
}

impl WorkerError {
    /// What happened and what to do, without the full stop.
    pub fn in_words(&self) -> String {
        match self {
            WorkerError::NotStarted => "文件程序没有启动，可能尚未取到本机，请联网后刷新再试".to_owned(),
            WorkerError::Crashed(why) => {
                format!("文件程序意外停止（技术信息：{why}），已换新，可再试一次")
            }
            WorkerError::Stuck => {
                "文件程序三分钟没有进展，已停止，已换新。这个文件可能太大或不正常，请用 Excel 或 WPS 打开检查后再试"
                    .to_owned()
            }
            WorkerError::Cancelled => "已取消".to_owned(),
            WorkerError::Failed(reason) => reason.clone(),
        }
    }
}

/// So long the worker may be silent, in milliseconds. The largest files take seconds.
const PATIENCE: u32 = 180_000;

thread_local! {
    /// Promises the worker for the next request: one that waits, or that is
    /// being started.
    static NEXT: RefCell<Option<Promise>> = const { RefCell::new(None) };
}

/// Has a worker started for a request that is likely to come.
pub fn warm_up() {
    if NEXT.with(|next| next.borrow().is_some()) {
        return;
    }
    let starting = shell::office_worker();
    NEXT.with(|next| next.replace(Some(starting.clone())));
    spawn_local(async move {
        // What could not be started is tried anew, and complained of, when asked.
        if JsFuture::from(starting).await.is_err() {
            NEXT.with(RefCell::take);
        }
    });
}

/// A way to give up a request while it runs, or before the worker has it.
#[derive(Clone, Default)]
pub struct Cancel(Rc<Cancelling>);

#[derive(Default)]
struct Cancelling {
    asked: Cell<bool>,
    running: RefCell<Option<(Worker, js_sys::Function)>>,
}

impl Cancel {
    /// Ends the worker; the request ends with [`WorkerError::Cancelled`].
    pub fn cancel(&self) {
        self.0.asked.set(true);
        if let Some((worker, end)) = self.0.running.borrow_mut().take() {
            worker.terminate();
            let _ = end.call0(&JsValue::NULL);
        }
    }
}

/// Sends a request, with the bytes of the file that it is about if there is one,
/// and waits for its last reply; `progress` hears the others.
pub async fn ask<A: Asked>(
    asked: A,
    given: Option<&[u8]>,
    mut progress: impl FnMut(String, u8) + 'static,
    cancel: &Cancel,
) -> Result<A::Answer, WorkerError> {
    let next = NEXT.with(RefCell::take).unwrap_or_else(shell::office_worker);
    let worker = JsFuture::from(next).await.ok().and_then(|worker| worker.dyn_into::<Worker>().ok());
    let worker = worker.ok_or(WorkerError::NotStarted)?;
    if cancel.0.asked.get() {
        NEXT.with(|next| next.replace(Some(Promise::resolve(&JsValue::from(worker)))));
        return Err(WorkerError::Cancelled);
    }
    let message = js_sys::Object::new();
    let json = serde_json::to_string(&asked.request()).unwrap_or_default();
    let _ = Reflect::set(&message, &"id".into(), &1.into());
    let _ = Reflect::set(&message, &"request".into(), &json.into());
    if let Some(given) = given {
        let _ = Reflect::set(&message, &"bytes".into(), &Uint8Array::from(given));
    }

    let mut settle: Option<(js_sys::Function, js_sys::Function)> = None;
    let promise = Promise::new(&mut |resolve, reject| settle = Some((resolve, reject)));
    let Some((resolve, reject)) = settle else { return Err(WorkerError::NotStarted) };

    let stuck = Rc::new(Cell::new(false));
    let wait = {
        let (reject, stuck) = (reject.clone(), stuck.clone());
        move || {
            let (reject, stuck) = (reject.clone(), stuck.clone());
            Timeout::new(PATIENCE, move || {
                stuck.set(true);
                let _ = reject.call0(&JsValue::NULL);
            })
        }
    };
    // The one before is given up with each sign of life.
    let patience = Rc::new(RefCell::new(Some(wait())));
    let on_message = {
        let (resolve, reject) = (resolve.clone(), reject.clone());
        let patience = patience.clone();
        Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let data = event.data();
            if let Some(crash) = text(&data, "crash") {
                let _ = reject.call1(&JsValue::NULL, &crash.into());
            } else if let Some(Ok(Reply::Progress { step, percent })) =
                text(&data, "reply").map(|reply| serde_json::from_str(&reply))
            {
                patience.replace(Some(wait()));
                progress(step, percent);
            } else {
                let _ = resolve.call1(&JsValue::NULL, &data);
            }
        })
    };
    let on_error = {
        let reject = reject.clone();
        Closure::<dyn FnMut(web_sys::Event)>::new(move |event: web_sys::Event| {
            event.prevent_default();
            let why = text(&event, "message").unwrap_or_default();
            let _ = reject.call1(&JsValue::NULL, &why.into());
        })
    };
    worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
    *cancel.0.running.borrow_mut() = Some((worker.clone(), resolve));
    if worker.post_message(&message).is_err() {
        return Err(WorkerError::NotStarted);
    }

    let ended = JsFuture::from(promise).await;
    patience.take();
    let cancelled = cancel.0.running.borrow_mut().take().is_none();
    worker.set_onmessage(None);
    worker.set_onerror(None);
    if cancelled {
        return Err(WorkerError::Cancelled);
    }
    let data = match ended {
        Ok(data) => data,
        Err(why) => {
            worker.terminate();
            if stuck.get() {
                return Err(WorkerError::Stuck);
            }
            return Err(WorkerError::Crashed(why.as_string().unwrap_or_default()));
        }
    };
    NEXT.with(|next| next.replace(Some(Promise::resolve(&JsValue::from(worker)))));
    let bytes = Reflect::get(&data, &"bytes".into()).ok().and_then(|it| it.dyn_into::<Uint8Array>().ok());
    let answer = match text(&data, "reply").and_then(|reply| serde_json::from_str(&reply).ok()) {
        Some(Reply::Failed { reason }) => return Err(WorkerError::Failed(reason)),
        Some(reply) => A::answer(reply, bytes.map(|bytes| bytes.to_vec())),
        None => None,
    };
    answer.ok_or_else(|| WorkerError::Crashed("无法识别的回复".to_owned()))
}

fn text(of: &JsValue, name: &str) -> Option<String> {
    Reflect::get(of, &name.into()).ok()?.as_string()
}
