//! The names that rustdoc's pages show, and those of `API.txt`, in the same form: `module::Type`, `module::Type::method`,
//! `module::Type.field`.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The names that a list has, each under its shortest path. Implementations of traits, rules of strings, errors and further names of
/// items are not among them.
pub fn listed(api: &str) -> BTreeSet<String> {
    let lines = api.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let lines = lines.filter(|line| !line.contains(" implements ") && !line.contains(" may hold: "));
    let names = lines.map(|line| line.split_once(": ").map_or(line, |(name, _)| name));
    let names = names.filter(|name| [" = ", " by ", " fails "].iter().all(|word| !name.contains(word)));
    names.map(|name| without_instance(name.split(" (").next().unwrap_or(name))).collect()
}

/// A page has the methods of all instances of a type: those of `When<builder::GetThing>` stand on the page of `When`.
fn without_instance(name: &str) -> String {
    match (name.split_once('<'), name.rsplit_once('>')) {
        (Some((before, _)), Some((_, after))) => format!("{before}{after}"),
        _ => name.to_owned(),
    }
}

/// The names that the pages show, each item under its shortest path.
pub fn shown(pages: &Path) -> BTreeSet<String> {
    let all = fs::read_to_string(pages.join("all.html")).expect("a page of all items");
    let mut items: Vec<(String, String)> = Vec::new();
    for link in all.split("<li><a href=\"").skip(1) {
        let (page, rest) = link.split_once("\">").expect("a link");
        let name = rest.split_once("</a>").expect("a link's text").0;
        // What begins with this sign is a heading.
        if !page.starts_with('#') {
            items.push((name.to_owned(), page.to_owned()));
        }
    }
    let mut shown = BTreeSet::new();
    let mut bodies = BTreeSet::new();
    // The shortest name comes first, and a page that says the same is another name of the item.
    items.sort_by_key(|(name, _)| (name.matches("::").count(), name.clone()));
    for (name, page) in &items {
        let page = fs::read_to_string(pages.join(page)).expect("the page of an item");
        let ident = name.rsplit("::").next().unwrap_or(name);
        if !bodies.insert((ident.to_owned(), source(&page))) {
            continue;
        }
        shown.insert(name.clone());
        shown.extend(members(&page).into_iter().map(|member| format!("{name}{member}")));
    }
    shown
}

/// Where the item stands in the source, by the link that its page has.
fn source(page: &str) -> String {
    let link = page.split("class=\"src").nth(1).and_then(|rest| rest.split("href=\"").nth(1));
    link.and_then(|link| link.split('"').next()).unwrap_or_default().trim_start_matches("../").to_owned()
}

/// The fields, variants, and members of inherent implementations that a page shows.
fn members(page: &str) -> BTreeSet<String> {
    // What a trait gives stands behind this heading; a trait's own page has none of it before its methods.
    let own = page.split("id=\"trait-implementations\"").next().unwrap_or(page);
    let own = own.split("id=\"deref-methods").next().unwrap_or(own);
    let own = own.split("id=\"implementors\"").next().unwrap_or(own);
    let own = own.split("id=\"foreign-impls\"").next().unwrap_or(own);
    let kinds = [
        ("id=\"structfield.", "."),
        ("id=\"variant.", "::"),
        ("<section id=\"method.", "::"),
        ("<section id=\"tymethod.", "::"),
        ("<section id=\"associatedconstant.", "::"),
    ];
    let mut members = BTreeSet::new();
    for (mark, joint) in kinds {
        for found in own.split(mark).skip(1) {
            let name = found.split('"').next().unwrap_or_default();
            // What a variant holds is said with the variant.
            if !name.contains(".field") {
                members.insert(format!("{joint}{name}"));
            }
        }
    }
    members
}
