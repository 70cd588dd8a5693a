//! The items of a source, read from its tokens as far as they say something of an interface.

mod reader;

use super::tokens::Token;
pub(super) use reader::Reader;

/// What stands in the place of something else.
#[derive(Debug)]
pub(super) struct Missing<'a> {
    /// What stands there; nothing at the end.
    pub found: Option<&'a str>,
    pub expected: &'static str,
}

/// An item, a member of an implementation or a trait.
pub(super) struct Item<'t, 'a> {
    pub attributes: Attributes<'t, 'a>,
    pub is_public: bool,
    /// Empty where there is none; of a macro call, the last segment of its path.
    pub name: &'a str,
    pub what: What<'t, 'a>,
}

/// What an item is. Generics are with their angle brackets, or empty.
pub(super) enum What<'t, 'a> {
    Struct {
        generics: &'t [Token<'a>],
        fields: Fields<'t, 'a>,
    },
    Enum {
        generics: &'t [Token<'a>],
        variants: &'t [Token<'a>],
    },
    Type(&'t [Token<'a>]),
    Const {
        of: &'t [Token<'a>],
        value: &'t [Token<'a>],
    },
    Fn(Signature<'t, 'a>),
    Trait {
        generics: &'t [Token<'a>],
        bounds: &'t [Token<'a>],
        members: &'t [Token<'a>],
    },
    Use(&'t [Token<'a>]),
    /// What stands in its braces, if it has some.
    Mod(Option<&'t [Token<'a>]>),
    MacroRules(&'t [Token<'a>]),
    MacroCall(&'t [Token<'a>]),
    Impl(Implementation<'t, 'a>),
    /// Nothing of which an interface consists.
    Other,
}

/// The fields of a struct or variant, each still to be read by [`field`].
#[derive(Clone, Copy)]
pub(super) enum Fields<'t, 'a> {
    Named(&'t [Token<'a>]),
    Unnamed(&'t [Token<'a>]),
    None,
}

pub(super) struct Signature<'t, 'a> {
    pub is_async: bool,
    pub generics: &'t [Token<'a>],
    pub inputs: &'t [Token<'a>],
    pub output: &'t [Token<'a>],
    /// The clause from its `where` on.
    pub bounds: &'t [Token<'a>],
    /// What stands in its braces, if it has some.
    pub body: &'t [Token<'a>],
}

pub(super) struct Implementation<'t, 'a> {
    pub generics: &'t [Token<'a>],
    /// The trait, if it is of one.
    pub of: Option<&'t [Token<'a>]>,
    /// The type.
    pub on: &'t [Token<'a>],
    pub members: &'t [Token<'a>],
}

/// The attributes of an item.
#[derive(Clone, Copy, Default)]
pub(super) struct Attributes<'t, 'a>(&'t [Token<'a>]);

/// What an attribute says: its name, and what stands in its parentheses.
pub(super) type Attribute<'t, 'a> = (&'a str, &'t [Token<'a>]);

impl<'t, 'a> Attributes<'t, 'a> {
    pub fn iter(self) -> impl Iterator<Item = Attribute<'t, 'a>> {
        let brackets = trees(self.0).filter(|tree| tree.len() > 1);
        brackets.map(|tree| {
            let mut reader = Reader::new(inner(tree));
            let name = reader.next().map_or("", |token| token.text);
            (name, reader.group("(").unwrap_or_default())
        })
    }

    pub fn has(self, name: &str) -> bool {
        self.iter().any(|(found, _)| found == name)
    }
}

/// A field, or a variant with its fields.
pub(super) struct Part<'t, 'a> {
    pub attributes: Attributes<'t, 'a>,
    pub is_public: bool,
    /// Empty where it has none.
    pub name: &'a str,
    /// The type of a field; what stands behind the name of a variant.
    pub rest: &'t [Token<'a>],
}

impl<'t, 'a> Part<'t, 'a> {
    pub fn field(tokens: &'t [Token<'a>], is_named: bool) -> Self {
        let mut reader = Reader::new(tokens);
        let (attributes, is_public) = (reader.attributes(), reader.visibility());
        let name = if is_named { reader.next().map_or("", |token| token.text) } else { "" };
        reader.eat(":");
        Self { attributes, is_public, name, rest: reader.rest }
    }

    pub fn variant(tokens: &'t [Token<'a>]) -> Self {
        let mut reader = Reader::new(tokens);
        let attributes = reader.attributes();
        let name = reader.next().map_or("", |token| token.text);
        Self { attributes, is_public: true, name, rest: reader.rest }
    }

    /// The fields of a variant.
    pub fn fields(&self) -> Fields<'t, 'a> {
        let mut reader = Reader::new(self.rest);
        match (reader.group("{"), reader.group("(")) {
            (Some(named), _) => Fields::Named(named),
            (_, Some(unnamed)) => Fields::Unnamed(unnamed),
            _ => Fields::None,
        }
    }
}

/// The trees of tokens, each from its first token to its last.
pub(super) fn trees<'t, 'a>(tokens: &'t [Token<'a>]) -> impl Iterator<Item = &'t [Token<'a>]> {
    let mut rest = tokens;
    std::iter::from_fn(move || {
        let (tree, after) = rest.split_at_checked(rest.first()?.size)?;
        rest = after;
        Some(tree)
    })
}

/// What stands within the brackets of a tree.
pub(super) fn inner<'t, 'a>(tree: &'t [Token<'a>]) -> &'t [Token<'a>] {
    match tree {
        [_, inner @ .., _] => inner,
        _ => &[],
    }
}

/// What stands between commas outside brackets of all shapes.
pub(super) fn split<'t, 'a>(tokens: &'t [Token<'a>]) -> impl Iterator<Item = &'t [Token<'a>]> {
    let mut reader = Reader::new(tokens);
    std::iter::from_fn(move || {
        if reader.rest.is_empty() {
            return None;
        }
        let part = reader.until(&[","]);
        reader.eat(",");
        Some(part)
    })
}
