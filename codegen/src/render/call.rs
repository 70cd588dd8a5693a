//! Calls of the runtime's macros as source text: prettyplease writes a macro's tokens in one run, wherever lines break.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;

pub(super) const INDENT: &str = "    ";

/// The longest line of a call.
pub(super) const WIDTH: usize = 100;

/// How the call that sends an operation begins where it is broken.
const SENT: &str = "runtime::sent!(";

/// A macro call as an item: on one line where that is short, else a line for each argument, and for each entry of an argument
/// in braces. The entries of a value share lines.
pub fn unparse(call: &syn::Macro) -> String {
    let path = compact(&call.path.to_token_stream());
    let line = format!("{path}!({});\n", compact(&call.tokens).trim_end_matches(", "));
    let is_value = call.path.segments.last().is_some_and(|last| last.ident.to_string().ends_with("example"));
    let is_nested = call.tokens.clone().into_iter().any(|token| has_entries(&token));
    if line.len() <= WIDTH && (is_value || !is_nested) {
        return line;
    }
    let arguments = split(call.tokens.clone());
    let mut source = format!("{path}!(");
    match arguments.as_slice() {
        [alone] if alone.last().is_some_and(is_braced) => write_argument(alone, is_value, "", &mut source),
        arguments => {
            for (index, argument) in arguments.iter().enumerate() {
                // A trailing comma is not what every macro takes.
                source.push_str(if index == 0 { "\n" } else { ",\n" });
                source.push_str(INDENT);
                write_argument(argument, is_value, INDENT, &mut source);
            }
            source.push('\n');
        }
    }
    source.push_str(");\n");
    source
}

/// The call in an item by which an operation is sent, with a line for each arm where prettyplease has broken it in any place.
pub fn by_arm(source: String) -> String {
    if !source.contains(SENT) {
        return source;
    }
    let mut laid_out = String::with_capacity(source.len());
    let mut lines = source.lines();
    while let Some(line) = lines.next() {
        laid_out.push_str(line);
        laid_out.push('\n');
        if !line.ends_with(SENT) {
            continue;
        }
        let indent = &line[..line.len() - line.trim_start().len()];
        let arms = lines.by_ref().take_while(|line| line.trim() != ")").map(str::trim).collect::<Vec<_>>().join(" ");
        let (mut depth, mut is_text, mut start) = (0_usize, false, 0);
        let mut push = |arm: &str, end: &str| laid_out.push_str(&format!("{indent}{INDENT}{}{end}\n", arm.trim()));
        let mut characters = arms.char_indices();
        while let Some((at, character)) = characters.next() {
            match character {
                '"' => is_text = !is_text,
                '\\' if is_text => drop(characters.next()),
                _ if is_text => {}
                '(' | '[' | '{' => depth += 1,
                ')' | ']' | '}' => depth = depth.saturating_sub(1),
                ',' if depth == 0 => {
                    push(&arms[start..at], ",");
                    start = at + 1;
                }
                _ => {}
            }
        }
        push(&arms[start..], "");
        laid_out.push_str(&format!("{indent})\n"));
    }
    laid_out
}

fn write_argument(argument: &[TokenTree], is_value: bool, indent: &str, source: &mut String) {
    let Some((TokenTree::Group(group), before)) = argument.split_last() else {
        source.push_str(&compact(&argument.iter().cloned().collect()));
        return;
    };
    if group.delimiter() != Delimiter::Brace {
        source.push_str(&compact(&argument.iter().cloned().collect()));
        return;
    }
    source.push_str(&compact(&before.iter().cloned().collect()));
    source.push_str(" {");
    let mut line = WIDTH;
    for (index, entry) in split(group.stream()).iter().enumerate() {
        let entry = compact(&entry.iter().cloned().collect());
        source.push_str(if index == 0 { "" } else { "," });
        line += ", ".len() + entry.len();
        if is_value && line < WIDTH {
            source.push(' ');
        } else {
            source.push_str(&format!("\n{indent}{INDENT}"));
            line = indent.len() + INDENT.len() + entry.len();
        }
        source.push_str(&entry);
    }
    source.push_str(&format!("\n{indent}}}"));
}

fn is_braced(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace)
}

/// Whether a token stands for several entries in braces.
fn has_entries(token: &TokenTree) -> bool {
    is_braced(token) && matches!(token, TokenTree::Group(group) if split(group.stream()).len() > 1)
}

/// The tokens between commas, but for those in angle brackets.
fn split(tokens: TokenStream) -> Vec<Vec<TokenTree>> {
    let mut parts = vec![Vec::new()];
    let mut depth = 0_usize;
    let mut previous = ' ';
    for token in tokens {
        let sign = if let TokenTree::Punct(punct) = &token { punct.as_char() } else { ' ' };
        match sign {
            '<' => depth += 1,
            // An arrow closes nothing.
            '>' if !"-=".contains(previous) => depth = depth.saturating_sub(1),
            _ => {}
        }
        previous = sign;
        match parts.last_mut() {
            _ if sign == ',' && depth == 0 => parts.push(Vec::new()),
            Some(part) => part.push(token),
            None => {}
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}

/// Tokens as a person would space them.
pub(super) fn compact(tokens: &TokenStream) -> String {
    let mut source = String::new();
    for token in tokens.clone() {
        match token {
            TokenTree::Group(group) => {
                let inner = compact(&group.stream());
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Brace => (" { ", " }"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::None => ("", ""),
                };
                source.push_str(open);
                source.push_str(&inner);
                source.push_str(close);
            }
            TokenTree::Punct(punct) => match punct.as_char() {
                ',' => source.push_str(", "),
                ';' => source.push_str("; "),
                // The second of a closure's.
                '|' if source.ends_with(|last: char| last.is_alphanumeric() || last == '_') => source.push_str("| "),
                ':' if source.ends_with("::") || punct.spacing() == proc_macro2::Spacing::Joint => source.push(':'),
                ':' if source.ends_with(':') => source.push(':'),
                ':' => source.push_str(": "),
                '=' if source.ends_with('=') => source.push_str("= "),
                '=' if punct.spacing() == proc_macro2::Spacing::Joint => source.push_str(" ="),
                '=' => source.push_str(" = "),
                '>' if source.ends_with('=') => source.push_str("> "),
                '>' => {
                    source.truncate(source.trim_end_matches(", ").len());
                    source.push('>');
                }
                other => source.push(other),
            },
            token => {
                if source.ends_with(|last: char| last.is_alphanumeric() || "_\">)".contains(last)) {
                    source.push(' ');
                }
                source.push_str(&token.to_string());
            }
        }
    }
    source
}
