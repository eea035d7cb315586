//! What is typed at random comes back as it was.

use proptest::prelude::*;
use zhidu::catalogue::Catalogue;
use zhidu::record::backup::Backup;

use super::{back, file, found, places, usual};
use crate::district::district;
use crate::sample::{catalogue, empty, long_text};

/// Texts as people and programs leave them.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        2 => Just(String::new()),
        3 => "[一-龥，。；0-9 ]{0,40}",
        2 => prop::collection::vec(any::<char>(), 0..12).prop_map(String::from_iter),
        1 => prop::sample::select(vec![
            " 前后有空格 ", "\n", "　", "=1+1", "'撇号", "_x000D_", "1e5", "007", "12％", "-", "TRUE", "2026-3-1",
            "第一段\r\n第二段", "制表\t符", "\u{1}\u{FFFE}控制", "未填", "无此类对象",
        ]).prop_map(str::to_owned),
        1 => Just(long_text()),
    ]
}

fn typed(mut backup: Backup, catalogue: &Catalogue, texts: &[(prop::sample::Index, String)]) -> Backup {
    let all = places(&backup.assessment, catalogue);
    for (at, text) in texts {
        let place = &all[at.index(all.len())];
        if let Some(edit) = backup.assessment.splice_to(place, text) {
            backup.assessment.apply(&edit).unwrap();
        }
    }
    backup
}

/// So many assessments are written and read in a usual run; `ZHIDU_ROUNDS` sets another
/// number.
fn rounds() -> u32 {
    usual("ZHIDU_ROUNDS", 500)
}

/// What is typed comes back as it was, of one catalogue: in tests of their own, so that
/// they run side by side.
macro_rules! rounds {
    ($($name:ident of $id:literal),+ $(,)?) => {
        proptest! {
            #![proptest_config(ProptestConfig {
                cases: rounds() / 4,
                max_shrink_iters: 200,
                ..ProptestConfig::default()
            })]
            $(
                #[test]
                fn $name(
                    begun in any::<bool>(),
                    texts in prop::collection::vec((any::<prop::sample::Index>(), text()), 0..60),
                ) {
                    check_typed($id, begun, &texts)?;
                }
            )+
        }
    };
}

rounds! {
    duties_come_back_as_they_were_typed of "beijing-duties-2023",
    balance_comes_back_as_it_was_typed of "beijing-balance-2018",
    reform_comes_back_as_it_was_typed of "beijing-reform-2020",
    tasks_come_back_as_they_were_typed of "panjin-duties-2019",
}

fn check_typed(id: &str, begun: bool, texts: &[(prop::sample::Index, String)]) -> Result<(), TestCaseError> {
    let catalogue = catalogue(id);
    let backup = if begun { district(&catalogue, false, true) } else { empty(&catalogue) };
    let backup = typed(backup, &catalogue, texts);
    let returned = back(&catalogue, &file(&catalogue, &backup));
    prop_assert_eq!(found(&returned), Vec::<String>::new());
    prop_assert_eq!(returned.theirs, backup.assessment);
    prop_assert_eq!(returned.remarks, vec![]);
    Ok(())
}
