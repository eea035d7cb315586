//! 打开示例: asks the file worker for the example, so that its texts cost those
//! nothing who never look at it. Marked as an example everywhere it goes.

use zhidu::assessment::RowId;
use zhidu::catalogue::library::carried;
use zhidu::exchange::MakeSample;
use zhidu::record::backup;

use crate::browser::worker::{Cancel, ask};
use crate::browser::{ids, texts};
use crate::ui::desk::Desk;
use crate::ui::home::new::start;

/// The catalogue that the example answers.
const CATALOGUE: &str = "beijing-balance-2018";

later! { handling:
    /// Has the example made, stores it and opens it; says why where that fails.
    pub async fn open(desk: Desk) -> () { make(desk).await }
}

async fn make(desk: Desk) {
    if texts::fetched(CATALOGUE).await.is_err() {
        return desk.notices.complain("示例未能打开：指标体系的文本没有取到，请检查网络后再试。".to_owned());
    }
    let today = carried().today;
    let Some((_, catalogue)) = today.iter().find(|(known, _)| *known == CATALOGUE) else { return };
    let sample = MakeSample {
        catalogue: (*catalogue).to_owned(),
        id: desk.fresh_id(),
        seed: RowId::from_random(ids::random_bits()),
    };
    let why = match ask(sample, None, |_, _| {}, &Cancel::default()).await {
        Ok(bytes) => match backup::read(&bytes) {
            Ok(example) => return start(desk, example.assessment).await,
            Err(error) => error.to_string(),
        },
        Err(error) => error.in_words(),
    };
    desk.notices.complain(format!("示例未能打开：{why}。新建和填报不受影响。"));
}
