//! What files have changed at points since somebody looked last.

use super::Mark;
use super::log::{How, Logged};
use crate::assessment::Assessment;
use crate::assessment::edit::{Edit, Part};
use crate::catalogue::{Catalogue, Group, PointId};
use crate::value::order::sort_by_key;
use crate::value::sets::set_of;

/// A point that files have changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct News {
    /// Its index.
    pub point: usize,
    /// The files and whose they are, in the order in which they came, each once.
    pub sources: Vec<String>,
}

/// The points that files have changed after the entry `seen`, in their order; all that any
/// has where there is no such entry.
pub fn since(catalogue: &Catalogue, now: &Assessment, log: &[Logged], seen: Option<&Mark>) -> Vec<News> {
    let mut all: Vec<News> = Vec::new();
    let merged = log.iter().filter(|it| it.entry.how == How::Merged);
    for logged in merged.filter(|it| seen.is_none_or(|seen| it.mark > *seen)) {
        for part in set_of(logged.entry.edits.iter().filter(|edit| says_something(edit)).map(Edit::part)) {
            for point in points_of(catalogue, now, &part) {
                let at = all.iter().position(|it| it.point == point).unwrap_or_else(|| {
                    all.push(News { point, sources: Vec::new() });
                    all.len() - 1
                });
                let source = &logged.entry.source;
                if let Some(news) = all.get_mut(at).filter(|it| !it.sources.contains(source)) {
                    news.sources.push(source.clone());
                }
            }
        }
    }
    sort_by_key(&mut all, |it| it.point);
    all
}

/// A unit that says nothing of a point brings no news of it.
fn says_something(edit: &Edit) -> bool {
    match edit {
        Edit::SetContribution { from: None, to: Some(to), .. } => to.says_something(),
        _ => true,
    }
}

/// How many points of each group have news.
pub fn by_group(catalogue: &Catalogue, news: &[News]) -> Vec<usize> {
    let of = |group: &Group| news.iter().filter(|it| group.points.contains(&it.point)).count();
    catalogue.groups().iter().map(of).collect()
}

fn points_of(catalogue: &Catalogue, now: &Assessment, part: &Part) -> Vec<usize> {
    let index = |id: &PointId| catalogue.point(id).map(|(index, _)| index);
    match part {
        Part::Answer(id) => index(id).into_iter().collect(),
        Part::Evidence(row) => now.points_citing(row).into_iter().filter_map(index).collect(),
        Part::Figure(id) => catalogue.points_taking(id).collect(),
        Part::Contribution(row) => {
            let about = now.contributions.get(row).and_then(|it| it.point.as_ref());
            about.and_then(index).into_iter().collect()
        }
        Part::Head | Part::School(_) | Part::Mute(_) | Part::Unit(_) => Vec::new(),
    }
}
