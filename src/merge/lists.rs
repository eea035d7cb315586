//! Texts that are lists: two can add to them, and take from them, without touching each
//! other.

use super::sentences::{From, Stretch};
use crate::assessment::unit::{Assigned, Role, assigned, in_text};

/// What 责任单位 becomes that two have changed; `None` where a person has to decide: they
/// say different things of one unit or of who leads, each has put another one in the place of
/// one, one of them names nobody or says more than names, or the text that they come from is
/// the catalogue's and it cannot be seen who has changed a name of it.
pub(super) fn units(base: &str, theirs: &str, ours: &str) -> Option<Vec<Stretch>> {
    let said = [base, theirs, ours].map(|text| {
        assigned(text).into_iter().map(|it| (it.name, it.stated.then_some(it.role))).collect::<Vec<_>>()
    });
    let [_, of_theirs, of_ours] = said.each_ref().map(|list| {
        list.iter().filter(|(_, role)| role.is_none()).map(|(name, _)| *name).collect::<Vec<_>>()
    });
    let names_nobody = said.iter().skip(1).any(Vec::is_empty);
    let more_than_names = ![theirs, ours].into_iter().all(has_names_alone);
    if names_nobody || more_than_names || (base.trim().is_empty() && of_theirs != of_ours) {
        return None;
    }
    let [base_list, their_list, our_list] = &said;
    let all = merged(base_list, their_list, our_list)?;
    let replaced = base_list
        .iter()
        .any(|(name, _)| [their_list, our_list].into_iter().all(|list| list.iter().all(|it| it.0 != *name)));
    if replaced && [From::Theirs, From::Ours].into_iter().all(|one| all.iter().any(|it| it.0 == one)) {
        return None;
    }
    let of = |(name, role): (_, Option<Role>)| Assigned {
        name,
        role: role.unwrap_or(Role::Joint),
        stated: role.is_some(),
    };
    let units: Vec<Assigned<'_>> = all.iter().map(|(_, said)| of(*said)).collect();
    let leading = |text: &str| assigned(text).iter().filter(|it| it.role == Role::Lead).count();
    if leading(&in_text(&units)) > leading(theirs).max(leading(ours)) {
        return None;
    }
    let texts = units.into_iter().map(|unit| in_text(&[unit]));
    Some(stretches(all.iter().map(|(from, _)| *from).zip(texts), "、"))
}

/// Whether nothing of a text but what stands between names is missing in their list.
fn has_names_alone(text: &str) -> bool {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    letters(text) == letters(&in_text(&assigned(text)))
}

/// The same of words with blanks between them; there is always an answer.
pub(super) fn words(base: &str, theirs: &str, ours: &str) -> Option<Vec<Stretch>> {
    let said =
        [base, theirs, ours].map(|text| text.split_whitespace().map(|it| (it, ())).collect::<Vec<_>>());
    let [base, theirs, ours] = &said;
    let all = merged(base, theirs, ours)?.into_iter();
    Some(stretches(all.map(|(from, (word, ()))| (from, word.to_owned())), " "))
}

fn stretches(all: impl Iterator<Item = (From, String)>, gap: &str) -> Vec<Stretch> {
    let mut all: Vec<Stretch> = all.map(|(from, text)| Stretch { from, text }).collect();
    all.iter_mut().skip(1).for_each(|it| it.text.insert_str(0, gap));
    all
}

/// The entries of a list that two have changed, by their names, each with what is said of
/// it: what is here in its order, then what has come; `None` where both say different
/// things of one.
fn merged<'a, S: Copy + PartialEq>(
    base: &[(&'a str, S)],
    theirs: &[(&'a str, S)],
    ours: &[(&'a str, S)],
) -> Option<Vec<(From, (&'a str, S))>> {
    let of = |list: &[(&'a str, S)], name: &str| list.iter().find(|it| it.0 == name).map(|it| it.1);
    let come = theirs.iter().filter(|it| of(ours, it.0).is_none());
    let mut result = Vec::new();
    for (name, _) in ours.iter().chain(come) {
        let [before, there, here] = [base, theirs, ours].map(|list| of(list, name));
        let (from, said) = match () {
            () if there == here => (From::Both, here),
            () if there == before => (From::Ours, here),
            () if here == before => (From::Theirs, there),
            () => return None,
        };
        result.extend(said.map(|said| (from, (*name, said))));
    }
    Some(result)
}
