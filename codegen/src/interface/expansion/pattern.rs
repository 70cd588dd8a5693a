//! Patterns of macros, as far as the runtime's macros use them: a repetition takes all that fits, and is not tried shorter.

use std::collections::BTreeMap;
use std::rc::Rc;

use proc_macro2::{Spacing, TokenStream, TokenTree};

/// What a pattern's variables hold, by name.
pub(super) type Bindings = BTreeMap<String, Bound>;

/// What a variable holds.
#[derive(Debug, Clone)]
pub(super) enum Bound {
    Tokens(TokenStream),
    /// The variables of each round of the repetition that it stands in.
    Rounds(Rc<Vec<Bindings>>),
}

/// `$( … ) separator *`
pub(super) struct Repetition {
    pub inner: Vec<TokenTree>,
    pub separator: Option<TokenTree>,
    once: bool,
}

impl Repetition {
    /// The repetition whose `$` has been read, and what stands behind it.
    pub fn read(tokens: &[TokenTree]) -> Option<(Self, &[TokenTree])> {
        let (TokenTree::Group(group), mut rest) = tokens.split_first()? else { return None };
        let mut separator = None;
        loop {
            let (token, after) = rest.split_first()?;
            rest = after;
            match token {
                TokenTree::Punct(sign) if "*+?".contains(sign.as_char()) => {
                    let (inner, once) = (group.stream().into_iter().collect(), sign.as_char() == '?');
                    return Some((Self { inner, separator, once }, rest));
                }
                token => separator = Some(token.clone()),
            }
        }
    }
}

/// What the variables of a pattern hold of a call that it fits as a whole.
pub(super) fn holds(pattern: &[TokenTree], given: &[TokenTree]) -> Option<Bindings> {
    let mut bindings = Bindings::new();
    let rest = fit(pattern, given, &mut bindings)?;
    rest.is_empty().then_some(bindings)
}

/// The names of the variables in a text or pattern.
pub(super) fn variables(tokens: &[TokenTree], names: &mut Vec<String>) {
    for (index, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Punct(sign) if sign.as_char() == '$' => {
                names.extend(match tokens.get(index + 1) {
                    Some(TokenTree::Ident(name)) => Some(name.to_string()),
                    _ => None,
                });
            }
            TokenTree::Group(group) => variables(&group.stream().into_iter().collect::<Vec<_>>(), names),
            _ => {}
        }
    }
}

/// Holds a pattern against the start of what is given, and returns the rest.
fn fit<'a>(mut pattern: &[TokenTree], mut given: &'a [TokenTree], bindings: &mut Bindings) -> Option<&'a [TokenTree]> {
    while let Some((token, after)) = pattern.split_first() {
        pattern = after;
        match token {
            TokenTree::Punct(sign) if sign.as_char() == '$' => match pattern {
                [TokenTree::Ident(name), TokenTree::Punct(_), TokenTree::Ident(kind), after @ ..] => {
                    pattern = after;
                    let (taken, rest) = given.split_at(length(&kind.to_string(), given)?);
                    bindings.insert(name.to_string(), Bound::Tokens(taken.iter().cloned().collect()));
                    given = rest;
                }
                _ => {
                    let (repetition, after) = Repetition::read(pattern)?;
                    pattern = after;
                    given = repeat(&repetition, given, bindings);
                }
            },
            TokenTree::Group(group) => {
                let (TokenTree::Group(found), rest) = given.split_first()? else { return None };
                let (inner, found_inner) = (tokens(group.stream()), tokens(found.stream()));
                let is_whole = fit(&inner, &found_inner, bindings)?.is_empty();
                if !is_whole || group.delimiter() != found.delimiter() {
                    return None;
                }
                given = rest;
            }
            token => {
                let (found, rest) = given.split_first()?;
                if found.to_string() != token.to_string() {
                    return None;
                }
                given = rest;
            }
        }
    }
    Some(given)
}

fn repeat<'a>(repetition: &Repetition, mut given: &'a [TokenTree], bindings: &mut Bindings) -> &'a [TokenTree] {
    let mut rounds = Vec::new();
    loop {
        let start = match &repetition.separator {
            Some(separator) if !rounds.is_empty() => match given.split_first() {
                Some((token, after)) if token.to_string() == separator.to_string() => after,
                _ => break,
            },
            _ => given,
        };
        let mut round = Bindings::new();
        match fit(&repetition.inner, start, &mut round) {
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
    let mut names = Vec::new();
    variables(&repetition.inner, &mut names);
    let rounds = Rc::new(rounds);
    bindings.extend(names.into_iter().map(|name| (name, Bound::Rounds(Rc::clone(&rounds)))));
    given
}

/// How many tokens a fragment of a kind takes.
fn length(kind: &str, given: &[TokenTree]) -> Option<usize> {
    let first = given.first()?;
    match kind {
        "ident" => matches!(first, TokenTree::Ident(_)).then_some(1),
        "literal" => match first {
            TokenTree::Literal(_) => Some(1),
            TokenTree::Ident(word) if *word == "true" || *word == "false" => Some(1),
            TokenTree::Punct(sign) if sign.as_char() == '-' => Some(2).filter(|length| given.len() >= *length),
            _ => None,
        },
        "ty" | "path" => Some(until(given, ",;=>|")).filter(|length| *length > 0),
        "expr" => Some(until(given, ",;")),
        "meta" => Some(given.len()),
        _ => Some(1),
    }
}

/// The number of tokens ahead of a sign outside angle brackets.
fn until(given: &[TokenTree], signs: &str) -> usize {
    let mut depth = 0_usize;
    let mut joint = false;
    for (index, token) in given.iter().enumerate() {
        let TokenTree::Punct(sign) = token else {
            joint = false;
            continue;
        };
        match sign.as_char() {
            '<' => depth += 1,
            // An arrow closes nothing.
            '>' if joint => {}
            '>' if depth > 0 => depth -= 1,
            other if depth == 0 && signs.contains(other) => return index,
            _ => {}
        }
        joint = sign.as_char() == '-' && sign.spacing() == Spacing::Joint;
    }
    given.len()
}

fn tokens(stream: TokenStream) -> Vec<TokenTree> {
    stream.into_iter().collect()
}
