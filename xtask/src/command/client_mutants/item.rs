//! The items of a source file, by the names that faults give them.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::parse::{Parse, ParseStream};
use syn::{Field, Ident, ImplItem, Item, ItemImpl, ItemMacro, ItemTrait, TraitItem, Variant};

/// The name of an item as a fault writes it, taken apart.
#[derive(Debug, PartialEq, Eq)]
pub struct Named<'n> {
    /// The type or trait whose member it is.
    of: Option<&'n str>,
    /// The trait that the type implements by it.
    by: Option<&'n str>,
    /// Whether it is a field or a variant.
    is_part: bool,
    name: &'n str,
}

impl<'n> Named<'n> {
    /// Reads a name.
    pub fn read(text: &'n str) -> Self {
        if let Some((head, name)) = text.strip_prefix('<').and_then(|rest| rest.rsplit_once(">::")) {
            let (of, by) = head.split_once(" as ").unwrap_or((head, ""));
            return Self { of: Some(of), by: Some(by), is_part: false, name };
        }
        let is_part = text.contains('.');
        match text.split_once(if is_part { "." } else { "::" }) {
            Some((of, name)) => Self { of: Some(of), by: None, is_part, name },
            None => Self { of: None, by: None, is_part, name: text },
        }
    }

    /// Whether it is an item that stands by itself, such as a function, a type or a macro.
    pub fn is_item(&self, item: &Item) -> bool {
        let ident = match item {
            Item::Fn(item) => &item.sig.ident,
            Item::Struct(item) => &item.ident,
            Item::Enum(item) => &item.ident,
            Item::Const(item) => &item.ident,
            Item::Macro(item) => {
                let declared = Declared::of(item).and_then(|declared| declared.name());
                return self.of.is_none()
                    && (called(item, declared.as_ref()) == self.name
                        || declared.is_some_and(|name| name == self.name));
            }
            _ => return false,
        };
        self.of.is_none() && ident == self.name
    }

    /// Whether it is a member of an `impl` block.
    pub fn is_member(&self, block: &ItemImpl, member: &ImplItem) -> bool {
        let ident = match member {
            ImplItem::Fn(method) => &method.sig.ident,
            ImplItem::Const(constant) => &constant.ident,
            _ => return false,
        };
        let of = self.of.is_some_and(|of| is_path(&block.self_ty, of));
        of && !self.is_part
            && ident == self.name
            && match (&block.trait_, self.by) {
                (None, None) => true,
                (Some((by, _)), Some(named)) => is_path(by, named),
                _ => false,
            }
    }

    /// Whether it is a member of a trait's definition.
    pub fn is_provided(&self, of: &ItemTrait, member: &TraitItem) -> bool {
        let TraitItem::Fn(method) = member else { return false };
        self.of.is_some_and(|name| of.ident == name)
            && !self.is_part
            && self.by.is_none()
            && method.sig.ident == self.name
    }

    /// Whether it is a field of a type.
    pub fn is_field(&self, of: &str, field: &Field) -> bool {
        self.of == Some(of) && self.is_part && field.ident.as_ref().is_some_and(|ident| ident == self.name)
    }

    /// Whether it is a variant of a type.
    pub fn is_variant(&self, of: &str, variant: &Variant) -> bool {
        self.of == Some(of) && self.is_part && variant.ident == self.name
    }
}

/// `name!` of a definition, and `name!(First)` of a call by what it declares, or else by its first token.
fn called(item: &ItemMacro, declared: Option<&Ident>) -> String {
    match &item.ident {
        Some(defined) => format!("{defined}!"),
        None => {
            let name = item.mac.path.segments.last().map(|last| last.ident.to_string()).unwrap_or_default();
            let first = || item.mac.tokens.clone().into_iter().next().map(|first| first.to_string());
            let named = declared.map(Ident::to_string).or_else(first);
            format!("{name}!({})", named.unwrap_or_default())
        }
    }
}

/// The item that a macro is given first, and what it is told behind that.
pub struct Declared {
    /// The item.
    pub item: Item,
    /// The rest.
    pub told: TokenStream,
}

impl Declared {
    /// What a call declares so.
    pub fn of(call: &ItemMacro) -> Option<Self> {
        if call.ident.is_none() { syn::parse2(call.mac.tokens.clone()).ok() } else { None }
    }

    fn name(self) -> Option<Ident> {
        match self.item {
            Item::Struct(item) => Some(item.ident),
            Item::Enum(item) => Some(item.ident),
            _ => None,
        }
    }
}

impl Parse for Declared {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        Ok(Self { item: input.parse()?, told: input.parse()? })
    }
}

/// Whether a type or a path is named so: whole, or by its last segment.
fn is_path(path: &impl ToTokens, named: &str) -> bool {
    let dense = |text: &str| text.split_whitespace().collect::<String>();
    let whole = dense(&path.to_token_stream().to_string());
    let start = whole.split('<').next().unwrap_or_default();
    let last = start.rsplit("::").next().unwrap_or_default();
    whole == dense(named) || last == named
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_taken_apart() {
        assert_eq!(Named::read("send"), Named { of: None, by: None, is_part: false, name: "send" });
        assert_eq!(Named::read("Memo::check"), Named { of: Some("Memo"), by: None, is_part: false, name: "check" });
        assert_eq!(Named::read("Memo.text"), Named { of: Some("Memo"), by: None, is_part: true, name: "text" });
        let by = Some("Nullable<T, AsOption>");
        let nullable = Named { of: Some("Option<V>"), by, is_part: false, name: "nullable" };
        assert_eq!(Named::read("<Option<V> as Nullable<T, AsOption>>::nullable"), nullable);
    }
}
