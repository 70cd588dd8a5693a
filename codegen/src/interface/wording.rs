//! Tokens as people write them, so that what means the same reads the same.

use super::items::{Attributes, Fields, Part, Signature, inner, split};
use super::tokens::{Kind, Token};

pub(super) fn join(module: &str, name: &str) -> String {
    if module.is_empty() { name.to_owned() } else { [module, "::", name].concat() }
}

/// The feature or platform without which there is no such thing.
pub(super) fn condition(attributes: Attributes<'_, '_>) -> Option<String> {
    attributes.iter().find(|(name, _)| *name == "cfg").map(|(_, tokens)| text(tokens))
}

/// A signature without its name: what a caller passes and gets.
pub(super) fn signature(signature: &Signature<'_, '_>) -> String {
    let Signature { is_async, generics, inputs, output, bounds, body: _ } = signature;
    let mut written = String::with_capacity(64);
    written.push_str(if *is_async { "async fn" } else { "fn" });
    // Lifetimes say nothing that the types do not.
    let generics = split(inner(generics));
    let generics = generics.filter(|one| !one.first().is_some_and(|first| first.kind == Kind::Lifetime));
    let mut close = "";
    for parameter in generics {
        written.push_str(if close.is_empty() { "<" } else { ", " });
        write(parameter, &mut written);
        close = ">";
    }
    written.push_str(close);
    written.push('(');
    for (index, argument) in split(inputs).enumerate() {
        written.push_str(if index == 0 { "" } else { ", " });
        // Whether a function changes what it was given is its own affair.
        write(
            argument.split_first().filter(|(first, _)| first.is("mut")).map_or(argument, |(_, rest)| rest),
            &mut written,
        );
    }
    written.push(')');
    if !output.is_empty() {
        written.push_str(" -> ");
        write(output, &mut written);
    }
    if !bounds.is_empty() {
        written.push(' ');
        write(bounds, &mut written);
    }
    written
}

/// The fields of a variant.
pub(super) fn fields(fields: Fields<'_, '_>) -> String {
    let (all, is_named, open, close) = match fields {
        Fields::Named(all) => (all, true, "{ ", " }"),
        Fields::Unnamed(all) => (all, false, "(", ")"),
        Fields::None => return String::new(),
    };
    let mut written = open.to_owned();
    for (index, field) in split(all).enumerate() {
        let field = Part::field(field, is_named);
        written.push_str(if index == 0 { "" } else { ", " });
        if is_named {
            written.push_str(field.name);
            written.push_str(": ");
        }
        write(field.rest, &mut written);
    }
    written + close
}

/// Tokens as people write them, without where the standard library keeps its types, which generated code spells out.
pub(super) fn text(tokens: &[Token<'_>]) -> String {
    let mut written = String::new();
    write(tokens, &mut written);
    written
}

fn write(tokens: &[Token<'_>], written: &mut String) {
    let mut rest = tokens;
    let mut previous: Option<&Token<'_>> = None;
    while let [token, after @ ..] = rest {
        rest = after;
        let starts_a_path = previous.is_none_or(|previous| !ends_a_name(previous));
        match (token.text, after) {
            // A path from the root reads as any other.
            ("::", _) if starts_a_path => continue,
            ("std", [colons, module, again, after @ ..])
                if starts_a_path
                    && colons.is("::")
                    && again.is("::")
                    && matches!(module.text, "option" | "string" | "vec" | "result") =>
            {
                rest = after;
                continue;
            }
            // What ends a list says nothing.
            (",", []) => continue,
            (",", [next, ..]) if next.kind == Kind::Close || next.is(">") => continue,
            _ => {}
        }
        if previous.is_some_and(|previous| is_apart(previous, token)) {
            written.push(' ');
        }
        written.push_str(token.text);
        previous = Some(token);
    }
}

/// Whether what comes before `::` is what it leads on from.
fn ends_a_name(token: &Token<'_>) -> bool {
    match token.kind {
        Kind::Word => !matches!(token.text, "mut" | "dyn" | "impl" | "as" | "for" | "where" | "const" | "in"),
        Kind::Close => true,
        _ => token.is(">") || token.is("::"),
    }
}

/// Whether two tokens that follow each other are apart.
fn is_apart(left: &Token<'_>, right: &Token<'_>) -> bool {
    let is_name = left.kind == Kind::Word || left.kind == Kind::Literal;
    match (left.text, right.text) {
        ("{", "}") => false,
        ("{", _) | (_, "{" | "}") => true,
        ("(" | "[" | "<" | "&" | "::" | "." | "!" | "?" | "#" | "$", _) => false,
        (_, ")" | "]" | ">" | "," | ";" | ":" | "::" | ".") => false,
        (_, "(" | "<" | "!" | "?") => !(is_name || left.kind == Kind::Close || left.text == ">"),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tokens;

    #[test]
    fn tokens_are_spaced_as_people_space_them() {
        for (source, expected) in [
            ("impl ::std::convert::AsRef<str>", "impl std::convert::AsRef<str>"),
            ("Result<A, ::std::vec::Vec<B,>,>", "Result<A, Vec<B>>"),
            ("BTreeMap<String,::serde_json::Value>", "BTreeMap<String, serde_json::Value>"),
            ("&'static [&'static [u8 ; 4]]", "&'static [&'static [u8; 4]]"),
            ("& (impl Serialize + ? Sized)", "&(impl Serialize + ?Sized)"),
            ("(u8, (u8, u8,), [(); 1])", "(u8, (u8, u8), [(); 1])"),
            ("dyn Fn (u8)->(A, B) + Send + 'a", "dyn Fn(u8) -> (A, B) + Send + 'a"),
            ("<T as Has>::One", "<T as Has>::One"),
            ("&mut ::reqwest::Url", "&mut reqwest::Url"),
            ("Some(700) , One { a : 1 } , \"x\".len( )", "Some(700), One { a: 1 }, \"x\".len()"),
        ] {
            assert_eq!(super::text(&tokens::read(source).unwrap()), expected, "{source}");
        }
    }
}
