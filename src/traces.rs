//! What was stored on this machine, as a small text that is kept apart from it.
//! A store that has lost everything would otherwise look like a new one.
//!
//! One line for each assessment: identity, name, last change, with tabs between
//! them; the sample leaves no trace.

use crate::assessment::AssessmentId;
use crate::record::summary::Summary;

/// An assessment that was stored at some time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    /// Which one.
    pub id: AssessmentId,
    /// Its name.
    pub name: String,
    /// When it was last changed, as the person's clock said.
    pub changed: String,
}

impl Trace {
    /// The trace that a row of 工作台 leaves; none for 示例.
    pub fn of(row: &Summary) -> Option<Trace> {
        let one_line = |text: &str| text.replace(['\t', '\n', '\r'], " ");
        (!row.example).then(|| Trace {
            id: row.id.clone(),
            name: one_line(&row.name),
            changed: one_line(&row.changed),
        })
    }
}

/// The traces that a text holds; a line that is none is passed over.
pub fn read(text: &str) -> Vec<Trace> {
    let lines = text.lines().filter_map(|line| {
        let mut parts = line.splitn(3, '\t');
        let id = AssessmentId::parse(parts.next()?).ok()?;
        let (name, changed) = (parts.next()?.to_owned(), parts.next()?.to_owned());
        Some(Trace { id, name, changed })
    });
    lines.collect()
}

/// The text of traces.
pub fn write(traces: &[Trace]) -> String {
    traces.iter().map(|it| format!("{}\t{}\t{}\n", it.id, it.name, it.changed)).collect()
}

/// The text with this trace in the place of the one of the same assessment.
pub fn with(text: &str, trace: &Trace) -> String {
    let mut traces = read(text);
    match traces.iter_mut().find(|it| it.id == trace.id) {
        Some(known) => known.clone_from(trace),
        None => traces.push(trace.clone()),
    }
    write(&traces)
}

/// The text without the trace of this assessment.
pub fn without(text: &str, id: &AssessmentId) -> String {
    let mut traces = read(text);
    traces.retain(|it| it.id != *id);
    write(&traces)
}
