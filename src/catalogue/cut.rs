//! The part of a catalogue that one 责任单位 answers.

use super::{Catalogue, FigureId, Group, Point, PointId};
use crate::value::sets::set_of;

impl Catalogue {
    /// The same document with these points alone, the groups around them and what is asked
    /// there: a work on it shows, counts, checks and writes nothing else. Its identities are
    /// those of the whole. `figures` are kept beside those that its measures take.
    pub fn cut(&self, points: &[PointId], figures: &[FigureId]) -> Catalogue {
        let kept = |point: &Point| points.contains(&point.id);
        let mut cut = Catalogue {
            groups: Vec::new(),
            points: Vec::new(),
            by_ordinal: Vec::new(),
            whole: Some(Box::new((self.text_hash(), self.rules_hash()))),
            ..self.clone()
        };
        let mut places = vec![None; self.groups.len()];
        for (index, group) in self.groups.iter().enumerate() {
            let of_group = self.points.get(group.points.clone()).unwrap_or_default();
            if !of_group.iter().any(kept) {
                continue;
            }
            let before = self.points.get(..group.points.start).unwrap_or_default();
            let start = before.iter().filter(|point| kept(point)).count();
            let end = start + of_group.iter().filter(|point| kept(point)).count();
            if let Some(place) = places.get_mut(index) {
                *place = Some(cut.groups.len());
            }
            let parent = group.parent.and_then(|it| places.get(it).copied().flatten());
            cut.groups.push(Group { parent, points: start..end, ..group.clone() });
        }
        for point in self.points.iter().filter(|point| kept(point)) {
            let group = places.get(point.group).copied().flatten().unwrap_or_default();
            cut.by_ordinal.push((point.ordinal, cut.points.len()));
            cut.points.push(Point { group, ..point.clone() });
        }
        cut.by_ordinal.sort_unstable();
        let asked = cut.points.iter().flat_map(Point::figures);
        let asked: Vec<FigureId> = set_of(asked.chain(figures)).into_iter().cloned().collect();
        cut.figures.retain(|figure| asked.contains(&figure.id));
        let named = |name: &String| cut.points.iter().any(|point| point.units.contains(name));
        cut.departments.retain(named);
        cut
    }
}
