//! Names of the standard library that need no path.

/// What every Rust module knows by its last name.
const KNOWN: [(&str, &str); 12] = [
    ("option", "Option"),
    ("string", "String"),
    ("string", "ToString"),
    ("result", "Result"),
    ("vec", "Vec"),
    ("boxed", "Box"),
    ("convert", "From"),
    ("convert", "Into"),
    ("convert", "TryFrom"),
    ("convert", "TryInto"),
    ("default", "Default"),
    ("clone", "Clone"),
];

/// Whether a name of a module of the standard library is one of these.
pub fn is_known(module: &str, name: &str) -> bool {
    KNOWN.contains(&(module, name))
}
