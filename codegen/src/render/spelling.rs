//! How the paths of items are spelled: items are written with whole paths to the runtime and to standard types; in its module
//! an item names the former by its own name, and the latter as every module knows them.

use std::collections::BTreeSet;
use std::fmt::{self, Write};

use proc_macro2::{Group, Literal, TokenStream, TokenTree};
use syn::visit_mut::{VisitMut, visit_expr_path_mut, visit_path_mut, visit_type_path_mut};
use syn::{ExprPath, Item, Macro, MetaList, Path, QSelf, TypePath};

use super::imports::Used;
use super::prelude::is_known;

/// Spells the paths of items.
#[derive(Debug)]
pub struct Spelling {
    /// Names that mean something else in the generated modules than in the standard library.
    hidden: BTreeSet<String>,
}

impl Spelling {
    /// `hidden` are names that mean something else in the modules of the items.
    pub fn new(hidden: BTreeSet<String>) -> Self {
        Self { hidden }
    }

    /// Spells an item of a module so many steps below the one beside the runtime, and notes which names it uses. Whether it names
    /// the runtime by its own name.
    pub fn spell(&self, item: &mut Item, depth: usize, used: &mut Used) -> bool {
        let mut speller = Speller { spelling: self, depth, used, names_the_runtime: false };
        speller.visit_item_mut(item);
        let names_the_runtime = speller.names_the_runtime;
        used.note_item(item);
        names_the_runtime
    }
}

struct Speller<'a> {
    spelling: &'a Spelling,
    depth: usize,
    used: &'a mut Used,
    names_the_runtime: bool,
}

impl VisitMut for Speller<'_> {
    fn visit_expr_path_mut(&mut self, path: &mut ExprPath) {
        let before = path.path.segments.len();
        visit_expr_path_mut(self, path);
        follow(path.qself.as_mut(), before - path.path.segments.len());
    }

    fn visit_type_path_mut(&mut self, path: &mut TypePath) {
        let before = path.path.segments.len();
        visit_type_path_mut(self, path);
        follow(path.qself.as_mut(), before - path.path.segments.len());
    }

    fn visit_path_mut(&mut self, path: &mut Path) {
        visit_path_mut(self, path);
        let passed = match path.segments.first() {
            Some(first) if first.ident == "std" => {
                let mut names = path.segments.iter().skip(1).map(|segment| &segment.ident);
                match (names.next(), names.next()) {
                    (Some(module), Some(name)) if self.is_known(&module.to_string(), &name.to_string()) => 2,
                    _ => 0,
                }
            }
            Some(_) if path.leading_colon.is_none() && self.leads_to_the_runtime(path) => {
                self.names_the_runtime = true;
                self.depth
            }
            _ => 0,
        };
        if passed > 0 {
            path.leading_colon = None;
            path.segments = std::mem::take(&mut path.segments).into_iter().skip(passed).collect();
        }
    }

    fn visit_macro_mut(&mut self, call: &mut Macro) {
        self.visit_path_mut(&mut call.path);
        call.tokens = self.tokens(std::mem::take(&mut call.tokens), true).into_iter().collect();
    }

    fn visit_meta_list_mut(&mut self, list: &mut MetaList) {
        // Only serde is given paths in strings.
        let is_serde = list.path.is_ident("serde");
        let mut tokens = self.tokens(std::mem::take(&mut list.tokens), false);
        if is_serde {
            tokens.iter_mut().for_each(|token| self.standard_path(token));
        }
        list.tokens = tokens.into_iter().collect();
    }
}

impl Speller<'_> {
    fn is_known(&self, module: &str, name: &str) -> bool {
        is_known(module, name) && !self.spelling.hidden.contains(name)
    }

    /// The root stands beside the runtime.
    fn leads_to_the_runtime(&self, path: &Path) -> bool {
        let mut segments = path.segments.iter();
        let leads_up = segments.by_ref().take(self.depth).all(|segment| segment.ident == "super");
        self.depth > 0 && leads_up && segments.next().is_some_and(|segment| segment.ident == "runtime")
    }

    /// The arguments of macros and attributes, which are no syntax yet. Those of a macro may name whatever an item does.
    fn tokens(&mut self, tokens: TokenStream, is_of_macro: bool) -> Vec<TokenTree> {
        let mut spelled: Vec<TokenTree> = Vec::new();
        for token in tokens {
            match token {
                TokenTree::Group(group) => {
                    let (delimiter, span, content) = (group.delimiter(), group.span(), group.stream());
                    // What nobody else holds is taken apart without a copy.
                    drop(group);
                    let mut content = self.tokens(content, is_of_macro);
                    if is_of_macro && matches!(content.first(), Some(TokenTree::Ident(name)) if name == "serde") {
                        content.iter_mut().for_each(|token| self.standard_path(token));
                    }
                    let mut group = Group::new(delimiter, content.into_iter().collect());
                    group.set_span(span);
                    spelled.push(group.into());
                }
                TokenTree::Literal(literal) => spelled.push(self.path_to_the_runtime(literal).into()),
                token => spelled.push(token),
            }
            match spelled.last() {
                Some(TokenTree::Ident(_)) if is_of_macro => self.standard_type(&mut spelled),
                Some(TokenTree::Punct(sign)) if sign.as_char() == ':' => self.runtime(&mut spelled),
                _ => {}
            }
        }
        if is_of_macro {
            spelled.iter().for_each(|token| {
                if let TokenTree::Ident(name) = token {
                    self.used.note(name);
                }
            });
        }
        spelled
    }

    /// Spells a path `::std::string::String` that the tokens end with.
    fn standard_type(&self, tokens: &mut Vec<TokenTree>) {
        let Some(start) = tokens.len().checked_sub(9) else { return };
        let [
            TokenTree::Punct(_),
            TokenTree::Punct(_),
            TokenTree::Ident(root),
            TokenTree::Punct(_),
            TokenTree::Punct(_),
            TokenTree::Ident(module),
            TokenTree::Punct(_),
            TokenTree::Punct(_),
            TokenTree::Ident(name),
        ] = &tokens[start..]
        else {
            return;
        };
        if root == "std" && self.is_known(&module.to_string(), &name.to_string()) {
            tokens.drain(start..start + 8);
        }
    }

    /// Spells a path `super::runtime::` that the tokens end with.
    fn runtime(&mut self, tokens: &mut Vec<TokenTree>) {
        let (ups, own) = (3 * self.depth, 3);
        let Some(start) = tokens.len().checked_sub(ups + own).filter(|_| ups > 0) else { return };
        let is_step = |step: &[TokenTree], wanted: &str| match step {
            [TokenTree::Ident(name), TokenTree::Punct(one), TokenTree::Punct(other)] => {
                name == wanted && one.as_char() == ':' && other.as_char() == ':'
            }
            _ => false,
        };
        let steps = &tokens[start..];
        if is_step(&steps[ups..], "runtime") && steps[..ups].chunks(3).all(|step| is_step(step, "super")) {
            self.names_the_runtime = true;
            tokens.drain(start..start + ups);
        }
    }

    /// A string that is a path to the runtime, `"super::runtime::present"`.
    fn path_to_the_runtime(&mut self, literal: Literal) -> Literal {
        if self.depth == 0 || !begins(&literal, "\"super::") {
            return literal;
        }
        let text = literal.to_string();
        let path = (0..self.depth)
            .try_fold(text.strip_prefix('"').unwrap_or_default(), |path, _| path.strip_prefix("super::"));
        match path.filter(|path| path.starts_with("runtime::")) {
            Some(path) => {
                self.names_the_runtime = true;
                Literal::string(path.trim_end_matches('"'))
            }
            None => literal,
        }
    }

    /// A string that is a path to a standard type, `"::std::option::Option::is_none"`, in what serde is told.
    fn standard_path(&self, token: &mut TokenTree) {
        match token {
            TokenTree::Group(group) => {
                let mut content: Vec<TokenTree> = group.stream().into_iter().collect();
                content.iter_mut().for_each(|token| self.standard_path(token));
                *token = Group::new(group.delimiter(), content.into_iter().collect()).into();
            }
            TokenTree::Literal(literal) if begins(literal, "\"::std::") => {
                let text = literal.to_string();
                let path = text.strip_prefix("\"::std::").and_then(|rest| rest.strip_suffix('"'));
                if let Some((module, rest)) = path.and_then(|path| path.split_once("::"))
                    && self.is_known(module, rest.split("::").next().unwrap_or_default())
                {
                    *literal = Literal::string(rest);
                }
            }
            _ => {}
        }
    }
}

/// Whether a literal begins so; most are long, and begin otherwise.
fn begins(literal: &Literal, start: &str) -> bool {
    struct Start<'a>(&'a str, bool);
    impl Write for Start<'_> {
        fn write_str(&mut self, text: &str) -> fmt::Result {
            self.1 = text.starts_with(self.0);
            // The rest is of no interest.
            Err(fmt::Error)
        }
    }
    let mut start = Start(start, false);
    let _ = write!(start, "{literal}");
    start.1
}

/// In `<T as Trait>::Item`, the segments of the trait are counted; fewer are left once it is shortened.
fn follow(qualified: Option<&mut QSelf>, shortened_by: usize) {
    if let Some(qualified) = qualified {
        qualified.position = qualified.position.saturating_sub(shortened_by);
    }
}
