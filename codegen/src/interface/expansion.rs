//! What the runtime's macros declare: nothing but the compiler expands macros, and it tells nobody, so calls are held against the
//! macros' own patterns and written out.

mod pattern;

use std::collections::BTreeMap;

use super::items::{Reader, What, inner, trees};
use super::tokens::{Kind, Token};
use pattern::{Bindings, Bound, Repetition};

/// The macros of a crate, by name.
#[derive(Default)]
pub(super) struct Macros<'t, 'a>(BTreeMap<&'a str, Vec<Arm<'t, 'a>>>);

/// One arm of a macro: what it takes, and what it becomes.
struct Arm<'t, 'a> {
    pattern: &'t [Token<'a>],
    text: &'t [Token<'a>],
}

impl<'t, 'a> Macros<'t, 'a> {
    /// Takes note of the macros in a source.
    pub fn learn(&mut self, source: &'t [Token<'a>]) {
        // Anything else is read again, and what is wrong with it is told then.
        let mut reader = Reader::new(source);
        while let Ok(Some(item)) = reader.item() {
            let What::MacroRules(arms) = item.what else { continue };
            // `(pattern) => { text };`
            let groups: Vec<_> = trees(arms).filter(|tree| tree.len() > 1).map(inner).collect();
            let arms = groups.chunks_exact(2).map(|arm| Arm { pattern: arm[0], text: arm[1] });
            self.0.insert(item.name, arms.collect());
        }
    }

    /// What a call of a macro becomes.
    pub fn expand(&self, name: &str, given: &[Token<'a>]) -> Option<Vec<Token<'a>>> {
        let arms = self.0.get(name)?;
        let (arm, bindings) = arms.iter().find_map(|arm| Some((arm, pattern::holds(arm.pattern, given)?)))?;
        let mut written = Vec::with_capacity(arm.text.len() * 2);
        write(arm.text, &Scope { own: &bindings, around: None }, &mut written);
        Some(written)
    }
}

/// The bindings that hold in a place: those of a round, and those of all around it.
struct Scope<'s, 't, 'a> {
    own: &'s Bindings<'t, 'a>,
    around: Option<&'s Scope<'s, 't, 'a>>,
}

impl<'t, 'a> Scope<'_, 't, 'a> {
    fn get(&self, name: &str) -> Option<&Bound<'t, 'a>> {
        let own = self.own.iter().rev().find(|(bound, _)| *bound == name).map(|(_, bound)| bound);
        own.or_else(|| self.around?.get(name))
    }
}

/// Writes the text of an arm with what was given in the place of its variables.
fn write<'a>(text: &[Token<'a>], scope: &Scope<'_, '_, 'a>, written: &mut Vec<Token<'a>>) {
    let mut rest = text;
    while let Some((token, after)) = rest.split_first() {
        rest = after;
        match token {
            Token { text: "$", .. } => match after.split_first() {
                Some((name @ Token { kind: Kind::Word, .. }, after)) => {
                    rest = after;
                    match scope.get(name.text) {
                        Some(Bound::Tokens(tokens)) => written.extend_from_slice(tokens),
                        None if name.is("crate") => written.push(*name),
                        _ => {}
                    }
                }
                _ => {
                    let Some((repetition, after)) = Repetition::read(after) else { continue };
                    rest = after;
                    let mut repeated = None;
                    pattern::variables(repetition.inner, &mut |name| {
                        if let (None, Some(Bound::Rounds(rounds))) = (&repeated, scope.get(name)) {
                            repeated = Some(rounds);
                        }
                    });
                    for (index, round) in repeated.into_iter().flat_map(|rounds| rounds.iter()).enumerate() {
                        written.extend(repetition.separator.filter(|_| index > 0));
                        write(repetition.inner, &Scope { own: round, around: Some(scope) }, written);
                    }
                }
            },
            Token { kind: Kind::Open, size, .. } => {
                let Some((content, after)) = rest.split_at_checked(size - 1) else { continue };
                let Some((close, content)) = content.split_last() else { continue };
                let start = written.len();
                written.push(*token);
                write(content, scope, written);
                written.push(*close);
                let size = written.len() - start;
                if let Some(open) = written.get_mut(start) {
                    open.size = size;
                }
                rest = after;
            }
            token => written.push(*token),
        }
    }
}
