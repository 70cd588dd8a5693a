//! Under which names users reach the items of a crate: its modules and re-exports, followed from its root.

use std::collections::{BTreeMap, BTreeSet};

use syn::{Item, UseTree};

use super::inventory::Source;
use super::wording::{is_public, join};

/// Every name that a user can write, with the place where its item is defined.
#[derive(Default)]
pub(super) struct Names {
    /// Places of definition, with the names that lead there, the shortest first.
    pub of: BTreeMap<String, BTreeSet<(usize, String)>>,
    /// Names of what other crates define, with what they call it.
    pub foreign: BTreeMap<String, String>,
    /// Items without such a name, as their modules call them: what is implemented for or with them concerns nobody.
    pub hidden: BTreeSet<String>,
}

/// What a module says about names.
#[derive(Default)]
struct Module {
    /// Items that are defined here, and whether they are public.
    items: BTreeMap<String, bool>,
    /// Modules below this one, and whether they are public.
    modules: BTreeMap<String, bool>,
    /// Names that are brought in, from where, and whether they are public.
    imports: Vec<(String, Vec<String>, bool)>,
}

/// What stands in the place of a name where all of a module is brought in.
const ALL: &str = "*";

/// What a path leads to.
enum Target {
    Item(String),
    Module(String),
    Foreign(String),
}

impl Names {
    /// Follows all public names from the root.
    pub fn follow(sources: &[Source]) -> Self {
        let mut modules = BTreeMap::new();
        for source in sources {
            enter(&mut modules, &source.module, &source.file.items);
        }
        let mut names = Self::default();
        let mut seen = BTreeSet::new();
        names.walk(&modules, "", "", &mut seen);
        let items = modules.iter().flat_map(|(place, module)| module.items.keys().map(move |item| (place, item)));
        let (open, closed): (Vec<_>, Vec<_>) =
            items.partition(|(place, item)| names.of.contains_key(&join(place, item)));
        let open: BTreeSet<&String> = open.into_iter().map(|(_, item)| item).collect();
        names.hidden = closed.into_iter().map(|(_, item)| item).filter(|item| !open.contains(item)).cloned().collect();
        names
    }

    /// The shortest name of what is defined in a place.
    pub fn shortest(&self, place: &str) -> Option<&str> {
        self.of.get(place)?.first().map(|(_, name)| name.as_str())
    }

    fn walk(&mut self, modules: &BTreeMap<String, Module>, place: &str, name: &str, seen: &mut BTreeSet<String>) {
        // A module that brings in one above it would go round in circles.
        if !seen.insert(place.to_owned()) {
            return;
        }
        let Some(module) = modules.get(place) else { return };
        for (item, _) in module.items.iter().filter(|(_, is_public)| **is_public) {
            self.add(join(place, item), join(name, item));
        }
        for (below, _) in module.modules.iter().filter(|(_, is_public)| **is_public) {
            self.walk(modules, &join(place, below), &join(name, below), seen);
        }
        for (as_name, path, _) in module.imports.iter().filter(|(.., is_public)| *is_public) {
            match lead(modules, place, path, 0) {
                Some(Target::Module(place)) if as_name == ALL => self.walk(modules, &place, name, seen),
                Some(Target::Item(place)) => self.add(place, join(name, as_name)),
                Some(Target::Module(place)) => self.walk(modules, &place, &join(name, as_name), seen),
                Some(Target::Foreign(path)) => {
                    self.foreign.insert(join(name, as_name), path);
                }
                None => {}
            }
        }
    }

    fn add(&mut self, place: String, name: String) {
        let length = name.matches("::").count();
        self.of.entry(place).or_default().insert((length, name));
    }
}

fn enter(modules: &mut BTreeMap<String, Module>, place: &str, items: &[Item]) {
    let mut here = Module::default();
    let mut inner = Vec::new();
    for item in items {
        let (visibility, ident) = match item {
            Item::Struct(item) => (&item.vis, &item.ident),
            Item::Enum(item) => (&item.vis, &item.ident),
            Item::Type(item) => (&item.vis, &item.ident),
            Item::Const(item) => (&item.vis, &item.ident),
            Item::Fn(item) => (&item.vis, &item.sig.ident),
            Item::Trait(item) => (&item.vis, &item.ident),
            Item::Mod(item) => {
                here.modules.insert(item.ident.to_string(), is_public(&item.vis));
                if let Some((_, items)) = &item.content {
                    inner.push((join(place, &item.ident.to_string()), items));
                }
                continue;
            }
            Item::Use(item) => {
                imports(&item.tree, &mut Vec::new(), is_public(&item.vis), &mut here.imports);
                continue;
            }
            _ => continue,
        };
        here.items.insert(ident.to_string(), is_public(visibility));
    }
    modules.insert(place.to_owned(), here);
    for (place, items) in inner {
        enter(modules, &place, items);
    }
}

fn imports(tree: &UseTree, path: &mut Vec<String>, public: bool, found: &mut Vec<(String, Vec<String>, bool)>) {
    let whole = |path: &[String], last: &syn::Ident| [path, &[last.to_string()]].concat();
    match tree {
        UseTree::Path(step) => {
            path.push(step.ident.to_string());
            imports(&step.tree, path, public, found);
            path.pop();
        }
        UseTree::Name(name) => found.push((name.ident.to_string(), whole(path, &name.ident), public)),
        UseTree::Rename(name) => found.push((name.rename.to_string(), whole(path, &name.ident), public)),
        UseTree::Group(group) => group.items.iter().for_each(|tree| imports(tree, path, public, found)),
        UseTree::Glob(_) => found.push((ALL.to_owned(), path.clone(), public)),
    }
}

/// Where a path leads that is written in a module. Imports lead on, but not for ever.
fn lead(modules: &BTreeMap<String, Module>, place: &str, path: &[String], depth: usize) -> Option<Target> {
    const DEEPEST: usize = 16;
    let (first, rest) = path.split_first().filter(|_| depth < DEEPEST)?;
    let above = |place: &str| place.rsplit_once("::").map_or("", |(above, _)| above).to_owned();
    match first.as_str() {
        "crate" => return lead_from(modules, "", rest, depth),
        "self" => return lead_from(modules, place, rest, depth),
        "super" => return lead_from(modules, &above(place), rest, depth),
        _ => {}
    }
    let module = modules.get(place)?;
    let is_known = module.items.contains_key(first)
        || module.modules.contains_key(first)
        || module.imports.iter().any(|(name, from, _)| name == first && from != path);
    if is_known { lead_from(modules, place, path, depth) } else { Some(Target::Foreign(path.join("::"))) }
}

fn lead_from(modules: &BTreeMap<String, Module>, place: &str, path: &[String], depth: usize) -> Option<Target> {
    let Some((first, rest)) = path.split_first() else { return Some(Target::Module(place.to_owned())) };
    if first == "super" || first == "self" {
        return lead(modules, place, path, depth + 1);
    }
    let module = modules.get(place)?;
    if rest.is_empty() && module.items.contains_key(first) {
        return Some(Target::Item(join(place, first)));
    }
    let mut imports = module.imports.iter().filter(|(name, ..)| name == first);
    // A private module and what comes out of it under its own name: only the latter can be meant from elsewhere.
    let comes_out = rest.is_empty() && module.imports.iter().any(|(name, _, is_public)| name == first && *is_public);
    if module.modules.contains_key(first) && !comes_out {
        return lead_from(modules, &join(place, first), rest, depth + 1);
    }
    let (_, from, _) = imports.next()?;
    match lead(modules, place, from, depth + 1)? {
        Target::Module(place) => lead_from(modules, &place, rest, depth + 1),
        Target::Foreign(path) => Some(Target::Foreign([vec![path], rest.to_vec()].concat().join("::"))),
        item => rest.is_empty().then_some(item),
    }
}
