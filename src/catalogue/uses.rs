//! What a catalogue does with 学校数据: a page that nothing on it uses is not
//! offered.

use super::{Calc, Catalogue};

/// What the measures of a catalogue take from 学校数据.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SchoolUses {
    /// Sums and counts of schools.
    pub sums: bool,
    /// 差异系数.
    pub coefficients: bool,
}

impl Catalogue {
    /// What its measures take from 学校数据.
    pub fn uses_of_schools(&self) -> SchoolUses {
        let sums = self.figures.iter().any(|figure| figure.schools.is_some());
        let mut uses = SchoolUses { sums, coefficients: false };
        let measures = self.points().iter().flat_map(|point| &point.measures);
        measures.for_each(|measure| uses.note(&measure.calc));
        uses
    }
}

impl SchoolUses {
    /// Whether 学校数据 are of use at all.
    pub const fn any(self) -> bool {
        self.sums || self.coefficients
    }

    fn note(&mut self, calc: &Calc) {
        match calc {
            Calc::Schools { .. } => self.sums = true,
            Calc::Coefficient { .. } => self.coefficients = true,
            Calc::Chosen { cases, .. } => cases.values().for_each(|case| self.note(case)),
            Calc::Ratio { .. } | Calc::Figure(_) | Calc::Yes(_) | Calc::Compare { .. } | Calc::People => {}
        }
    }
}
