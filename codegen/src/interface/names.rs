//! Under which names users reach the items of a crate: its modules and re-exports, followed from its root.

use std::collections::{BTreeMap, BTreeSet};

use super::items::{Item, Reader, What, split};
use super::tokens::Token;
use super::wording::join;

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

/// What the modules of a crate say about names, by their paths.
#[derive(Default)]
pub(super) struct Modules<'a>(BTreeMap<String, Module<'a>>);

/// What a module says about names.
#[derive(Default)]
struct Module<'a> {
    /// Items that are defined here, and whether they are public.
    items: BTreeMap<&'a str, bool>,
    /// Modules below this one, and whether they are public.
    modules: BTreeMap<&'a str, bool>,
    /// Names that are brought in, from where, and whether they are public.
    imports: Vec<(&'a str, Vec<&'a str>, bool)>,
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
    pub fn follow(Modules(modules): &Modules<'_>) -> Self {
        let mut names = Self::default();
        let mut seen = BTreeSet::new();
        names.walk(modules, "", "", &mut seen);
        let items = modules.iter().flat_map(|(place, module)| module.items.keys().map(move |item| (place, item)));
        let (open, closed): (Vec<_>, Vec<_>) =
            items.partition(|(place, item)| names.of.contains_key(&join(place, item)));
        let open: BTreeSet<&str> = open.into_iter().map(|(_, item)| *item).collect();
        let closed = closed.into_iter().map(|(_, item)| *item);
        names.hidden = closed.filter(|item| !open.contains(item)).map(str::to_owned).collect();
        names
    }

    /// The shortest name of what is defined in a place.
    pub fn shortest(&self, place: &str) -> Option<&str> {
        self.of.get(place)?.first().map(|(_, name)| name.as_str())
    }

    fn walk(&mut self, modules: &BTreeMap<String, Module<'_>>, place: &str, name: &str, seen: &mut BTreeSet<String>) {
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
                Some(Target::Module(place)) if *as_name == ALL => self.walk(modules, &place, name, seen),
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

impl<'a> Modules<'a> {
    /// Begins a module.
    pub fn enter(&mut self, place: &str) {
        self.0.insert(place.to_owned(), Module::default());
    }

    /// A module below another.
    pub fn module(&mut self, place: &str, name: &'a str, is_public: bool) {
        self.of(place).modules.insert(name, is_public);
    }

    /// An item of a module.
    pub fn item(&mut self, place: &str, item: &Item<'_, 'a>) {
        if !matches!(item.what, What::MacroRules(_) | What::Impl(_) | What::Other) {
            self.of(place).items.insert(item.name, item.is_public);
        }
    }

    /// What a module brings in.
    pub fn import(&mut self, place: &str, tree: &[Token<'a>], is_public: bool) {
        imports(tree, &mut Vec::new(), is_public, &mut self.of(place).imports);
    }

    fn of(&mut self, place: &str) -> &mut Module<'a> {
        self.0.entry(place.to_owned()).or_default()
    }
}

fn imports<'a>(
    tree: &[Token<'a>],
    path: &mut Vec<&'a str>,
    is_public: bool,
    found: &mut Vec<(&'a str, Vec<&'a str>, bool)>,
) {
    let mut reader = Reader::new(tree);
    let length = path.len();
    // A path that begins with `::` is another crate's.
    path.extend(reader.eat("::").then_some(""));
    while reader.peek(1) == "::" {
        path.extend(reader.next().map(|step| step.text));
        reader.eat("::");
    }
    if let Some(group) = reader.group("{") {
        split(group).for_each(|tree| imports(tree, path, is_public, found));
    } else if let Some(last) = reader.next() {
        let name = if reader.eat("as") { reader.peek(0) } else { last.text };
        let whole = path.iter().copied().chain((name != ALL).then_some(last.text));
        found.push((name, whole.collect(), is_public));
    }
    path.truncate(length);
}

/// Where a path leads that is written in a module. Imports lead on, but not for ever.
fn lead(modules: &BTreeMap<String, Module<'_>>, place: &str, path: &[&str], depth: usize) -> Option<Target> {
    const DEEPEST: usize = 16;
    let (first, rest) = path.split_first().filter(|_| depth < DEEPEST)?;
    let above = |place: &str| place.rsplit_once("::").map_or("", |(above, _)| above).to_owned();
    match *first {
        "" => return Some(Target::Foreign(rest.join("::"))),
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

fn lead_from(modules: &BTreeMap<String, Module<'_>>, place: &str, path: &[&str], depth: usize) -> Option<Target> {
    let Some((first, rest)) = path.split_first() else { return Some(Target::Module(place.to_owned())) };
    if matches!(*first, "super" | "self") {
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
        Target::Foreign(path) => Some(Target::Foreign([&[path.as_str()], rest].concat().join("::"))),
        item => rest.is_empty().then_some(item),
    }
}
