//! 打开示例: asks the file worker for the example, so that its texts cost those
//! nothing who never look at it. Marked as an example everywhere it goes.

use zhidu::assessment::RowId;
use zhidu::catalogue::embedded;
use zhidu::exchange::{Reply, Request};
use zhidu::record::backup;

use crate::browser::ids;
use crate::browser::worker::{Cancel, WorkerError, ask};
use crate::ui::desk::Desk;
use crate::ui::home::new::start;

/// The catalogue that the example answers.
const CATALOGUE: &str = "beijing-balance-2018";

/// Has the example made, stores it and opens it; says why where that fails.
pub async fn open(desk: Desk) {
    let Some((_, catalogue)) = embedded().iter().find(|(known, _)| *known == CATALOGUE) else { return };
    let request = Request::Sample {
        catalogue: (*catalogue).to_owned(),
        id: desk.fresh_id(),
        seed: RowId::from_random(ids::random_bits()),
    };
    let why = match ask(&request, None, |_, _| {}, &Cancel::default()).await {
        Ok((Reply::Sample, Some(bytes))) => match backup::read(&bytes) {
            Ok(example) => return start(desk, example.assessment).await,
            Err(error) => error.to_string(),
        },
        Ok((Reply::Failed { reason }, _)) => reason,
        Ok(_) => "文件程序的回复无法识别".to_owned(),
        Err(WorkerError::NotStarted) => "文件程序没有启动，可能尚未取到本机，请联网后刷新再试".to_owned(),
        Err(WorkerError::Crashed(why)) => format!("文件程序意外停止（{why}），已换新，可再试一次"),
        Err(WorkerError::Cancelled) => return,
    };
    desk.notices.complain(format!("示例未能打开：{why}。新建和填报不受影响。"));
}
