//! Operations whose responses come in pages: what the runtime must know of a builder to fetch one after the other.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use super::options::is_parameter;
use crate::model::{Operation, PagedBy, Step};

/// The methods for pages, each of them a macro of the runtime.
const METHODS: &[&str] = &["pages", "items"];

/// The implementation for an operation's builder, and its methods. What the operation has a parameter for keeps its name.
pub fn write(operation: &Operation<'_>, name: &Ident) -> TokenStream {
    let Some(pages) = &operation.pages else { return TokenStream::new() };
    let (page, item) = (pages.page.beside_types(), pages.item.beside_types());
    let (parameter, argument) = (format_ident!("{}", pages.parameter), &pages.parameter);
    let items = way(&pages.items.steps, &quote!());
    let listed = way(&pages.items.steps, &quote!(.as_ref()));
    let counted = |first: &u64, by: TokenStream| {
        let first = Literal::u64_unsuffixed(*first);
        quote!(super::runtime::counted(self.position(), #first, #by, items))
    };
    let next = match &pages.by {
        PagedBy::Cursor(next) => {
            let next = way(&next.steps, &quote!(.as_ref()));
            quote!(super::runtime::cursor(&page #next))
        }
        PagedBy::Page(first) => {
            let counted = counted(first, quote!(1));
            quote!(let items = &page #listed; #counted)
        }
        PagedBy::Offset(first) => {
            let counted = counted(first, quote!(items.len() as u64));
            quote!(let items = &page #listed; #counted)
        }
    };
    let free: Vec<_> = METHODS.iter().filter(|method| !is_parameter(operation, method)).collect();
    let methods = match free.len() == METHODS.len() {
        true => vec![format_ident!("paged")],
        false => free.iter().map(|method| format_ident!("paged_{method}")).collect(),
    };
    quote! {
        impl super::runtime::Paged for #name<'_> {
            type Page = #page;
            type Item = #item;

            async fn page(self) -> ::std::result::Result<ResponseValue<Self::Page>, Error> {
                self.send().await
            }

            fn position(&self) -> ::std::option::Option<::serde_json::Value> {
                super::runtime::position(&self.#parameter)
            }

            fn next(&self, page: &Self::Page) -> ::std::option::Option<::serde_json::Value> {
                #next
            }

            fn at(mut self, position: ::serde_json::Value) -> Self {
                self.#parameter = super::runtime::continued(#argument, position);
                self
            }

            fn items(page: Self::Page) -> ::std::option::Option<::std::vec::Vec<Self::Item>> {
                Some(page #items)
            }
        }
        #(super::runtime::#methods!(#name);)*
    }
}

/// The way from a value to one within it; `held` makes an `Option` of references out of one that is only looked at.
fn way(steps: &[Step], held: &TokenStream) -> TokenStream {
    let steps = steps.iter().map(|step| match step {
        Step::Field(field) => {
            let field = format_ident!("{field}");
            quote!(.#field)
        }
        Step::Present => quote!(#held?),
    });
    steps.collect()
}
