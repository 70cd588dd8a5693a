//! Patterns of macros, as far as the runtime's macros use them: a repetition takes all that fits, and is not tried shorter.

use std::rc::Rc;

use super::super::items::{inner, trees};
use super::super::tokens::{Kind, Token};

/// What a pattern's variables hold, by name; the last of a name counts.
pub(super) type Bindings<'t, 'a> = Vec<(&'a str, Bound<'t, 'a>)>;

/// What a variable holds.
#[derive(Debug, Clone)]
pub(super) enum Bound<'t, 'a> {
    Tokens(&'t [Token<'a>]),
    /// The variables of each round of the repetition that it stands in.
    Rounds(Rc<Vec<Bindings<'t, 'a>>>),
}

/// `$( … ) separator *`
pub(super) struct Repetition<'p, 'a> {
    pub inner: &'p [Token<'a>],
    pub separator: Option<Token<'a>>,
    once: bool,
}

impl<'p, 'a> Repetition<'p, 'a> {
    /// The repetition whose `$` has been read, and what stands behind it.
    pub fn read(tokens: &'p [Token<'a>]) -> Option<(Self, &'p [Token<'a>])> {
        let first = tokens.first().filter(|first| first.kind == Kind::Open)?;
        let (group, mut rest) = tokens.split_at_checked(first.size)?;
        let mut separator = None;
        loop {
            let (token, after) = rest.split_first()?;
            rest = after;
            match token.text {
                "*" | "+" | "?" => return Some((Self { inner: inner(group), separator, once: token.is("?") }, rest)),
                _ => separator = Some(*token),
            }
        }
    }
}

/// What the variables of a pattern hold of a call that it fits as a whole.
pub(super) fn holds<'t, 'a>(pattern: &[Token<'a>], given: &'t [Token<'a>]) -> Option<Bindings<'t, 'a>> {
    let mut bindings = Bindings::new();
    let rest = fit(pattern, given, &mut bindings)?;
    rest.is_empty().then_some(bindings)
}

/// Calls a function with the names of the variables in a text or pattern.
pub(super) fn variables<'a>(tokens: &[Token<'a>], name: &mut dyn FnMut(&'a str)) {
    for pair in tokens.windows(2) {
        if let [sign, Token { text, kind: Kind::Word, .. }] = pair
            && sign.is("$")
        {
            name(text);
        }
    }
}

/// Holds a pattern against the start of what is given, and returns the rest.
fn fit<'t, 'a>(
    mut pattern: &[Token<'a>],
    mut given: &'t [Token<'a>],
    bindings: &mut Bindings<'t, 'a>,
) -> Option<&'t [Token<'a>]> {
    while let Some((token, after)) = pattern.split_first() {
        pattern = after;
        match token {
            Token { text: "$", .. } => match pattern {
                [Token { text: name, kind: Kind::Word, .. }, _, Token { text: kind, .. }, after @ ..] => {
                    pattern = after;
                    let (taken, rest) = given.split_at_checked(length(kind, given)?)?;
                    bindings.push((name, Bound::Tokens(taken)));
                    given = rest;
                }
                _ => {
                    let (repetition, after) = Repetition::read(pattern)?;
                    pattern = after;
                    given = repeat(&repetition, given, bindings);
                }
            },
            Token { kind: Kind::Open, size, .. } => {
                let found = given.first().filter(|found| found.is(token.text) && found.kind == Kind::Open)?;
                let (group, rest) = given.split_at_checked(found.size)?;
                let (wanted, after) = pattern.split_at_checked(size - 1)?;
                let (_, wanted) = wanted.split_last()?;
                if !fit(wanted, inner(group), bindings)?.is_empty() {
                    return None;
                }
                pattern = after;
                given = rest;
            }
            token => {
                let (found, rest) = given.split_first()?;
                if !found.is(token.text) {
                    return None;
                }
                given = rest;
            }
        }
    }
    Some(given)
}

fn repeat<'t, 'a>(
    repetition: &Repetition<'_, 'a>,
    mut given: &'t [Token<'a>],
    bindings: &mut Bindings<'t, 'a>,
) -> &'t [Token<'a>] {
    let mut rounds = Vec::new();
    loop {
        let start = match &repetition.separator {
            Some(separator) if !rounds.is_empty() => match given.split_first() {
                Some((token, after)) if token.is(separator.text) => after,
                _ => break,
            },
            _ => given,
        };
        let mut round = Bindings::new();
        match fit(repetition.inner, start, &mut round) {
            Some(rest) if rest.len() < given.len() => {
                given = rest;
                rounds.push(round);
            }
            _ => break,
        }
        if repetition.once {
            break;
        }
    }
    let rounds = Rc::new(rounds);
    variables(repetition.inner, &mut |name| bindings.push((name, Bound::Rounds(Rc::clone(&rounds)))));
    given
}

/// How many tokens a fragment of a kind takes.
fn length(kind: &str, given: &[Token<'_>]) -> Option<usize> {
    let first = given.first()?;
    match kind {
        "ident" => (first.kind == Kind::Word).then_some(1),
        "literal" => match first {
            Token { kind: Kind::Literal, .. } | Token { text: "true" | "false", .. } => Some(1),
            Token { text: "-", .. } => Some(2),
            _ => None,
        },
        "ty" | "path" => Some(until(given, &[",", ";", "=", "=>", ">", "|"])).filter(|length| *length > 0),
        "expr" => Some(until(given, &[",", ";"])),
        "meta" => Some(given.len()),
        _ => Some(first.size),
    }
}

/// The number of tokens ahead of a sign outside brackets of all shapes.
fn until(given: &[Token<'_>], signs: &[&str]) -> usize {
    let (mut depth, mut length) = (0_usize, 0);
    for tree in trees(given) {
        match tree {
            [Token { text: "<", .. }] => depth += 1,
            [Token { text: ">", .. }] if depth > 0 => depth -= 1,
            [token] if depth == 0 && signs.contains(&token.text) => return length,
            _ => {}
        }
        length += tree.len();
    }
    length
}
