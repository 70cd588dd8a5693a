//! Schemas as formulas: conjunctions, disjunctions and negated atoms, each distinct formula stored once.
//!
//! Equal formulas have equal identifiers, so that what two schemas share is recognised without looking into it. Negation is
//! pushed down to the atoms when a formula is built.

use std::collections::HashMap;

use num::BigRational;
use serde_json::Value;

/// The identifier of a formula.
pub(super) type Id = u32;

/// What every value meets.
pub(super) const TRUE: Id = 0;
/// What no value meets.
pub(super) const FALSE: Id = 1;

/// The kinds of values that no schema tells apart by anything but their own keywords.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Kind {
    Null,
    Boolean,
    Integer,
    /// A number that is no integer in its dialect.
    Fraction,
    String,
    Array,
    Object,
}

impl Kind {
    pub(super) const ALL: [Self; 7] =
        [Self::Null, Self::Boolean, Self::Integer, Self::Fraction, Self::String, Self::Array, Self::Object];

    /// The set that holds this kind alone.
    pub(super) fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// The set of all kinds.
pub(super) const ANY_KIND: u8 = 0x7f;
/// Both kinds of numbers.
pub(super) const NUMBERS: u8 = 1 << Kind::Integer as u8 | 1 << Kind::Fraction as u8;

/// A formula.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Node {
    True,
    False,
    And(Vec<Id>),
    Or(Vec<Id>),
    Atom(Atom),
    Not(Id),
    /// A recursive schema, by its number.
    Recursion(usize),
}

/// What is asked of a value of one kind. A guard says of which kind.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Atom {
    Kinds(u8),
    /// The value itself; numbers are equal by value.
    Const(Constant),
    AtLeast(BigRational),
    Above(BigRational),
    MultipleOf(BigRational),
    MinLength(u64),
    MinBytes(u64),
    /// An expression in the syntax of `regex-syntax` that is found in the string.
    Found(String),
    /// A pattern that is no regular language; the pattern itself.
    Irregular(String),
    Format(String),
    MinItems(u64),
    /// The items from one position up to another, the latter not included.
    Items {
        from: u64,
        to: Option<u64>,
        schema: Id,
    },
    /// At least so many items meet the schema.
    Contains {
        schema: Id,
        least: u64,
    },
    Unique,
    MinProperties(u64),
    /// Every member whose name meets a formula has a value that meets the schema.
    Members {
        names: Id,
        schema: Id,
    },
    /// Always met: the names that this schema declares, for senders that use no name before it is declared.
    Declared(Vec<String>),
    /// Always met: this schema says what undeclared members are.
    Open,
    /// What is not understood; equal ones are equal.
    Opaque(String),
}

/// A JSON value that is listed: the same where it is written the same, but for the order of members. That 1 and 1.0 are equal
/// is known to those who look at values.
#[derive(Debug, Clone)]
pub(super) struct Constant {
    pub(super) value: Value,
    key: String,
}

impl Constant {
    pub(super) fn new(value: &Value) -> Self {
        Self { value: value.clone(), key: canonical(value, true) }
    }
}

impl PartialEq for Constant {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl Eq for Constant {}

impl std::hash::Hash for Constant {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.key.hash(state);
    }
}

/// Whether two values are equal to a schema, which compares numbers by value.
pub(super) fn equal(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(_), Value::Number(_))
        | (Value::Array(_), Value::Array(_))
        | (Value::Object(_), Value::Object(_)) => one == other || canonical(one, false) == canonical(other, false),
        _ => one == other,
    }
}

fn canonical(value: &Value, as_written: bool) -> String {
    match value {
        Value::Number(number) => {
            let float = if as_written && number.is_f64() { "f" } else { "" };
            let exact = super::number::exact(number).map_or_else(|| number.to_string(), |exact| exact.to_string());
            format!("{float}{exact}")
        }
        Value::Array(list) => {
            format!("[{}]", list.iter().map(|item| canonical(item, as_written)).collect::<Vec<_>>().join(","))
        }
        Value::Object(map) => {
            let mut members: Vec<String> = map
                .iter()
                .map(|(name, value)| format!("{}:{}", Value::from(name.as_str()), canonical(value, as_written)))
                .collect();
            members.sort();
            format!("{{{}}}", members.join(","))
        }
        other => other.to_string(),
    }
}

/// All formulas of one comparison.
#[derive(Debug)]
pub(super) struct Formulas {
    nodes: Vec<Node>,
    ids: HashMap<Node, Id>,
    negations: HashMap<Id, Id>,
    /// What each recursive schema is.
    pub(super) recursions: Vec<Id>,
}

impl Formulas {
    pub(super) fn new() -> Self {
        let mut new =
            Self { nodes: Vec::new(), ids: HashMap::new(), negations: HashMap::new(), recursions: Vec::new() };
        new.intern(Node::True);
        new.intern(Node::False);
        new.negations.extend([(TRUE, FALSE), (FALSE, TRUE)]);
        new
    }

    pub(super) fn node(&self, id: Id) -> &Node {
        self.nodes.get(id as usize).unwrap_or(&Node::False)
    }

    fn intern(&mut self, node: Node) -> Id {
        if let Some(known) = self.ids.get(&node) {
            return *known;
        }
        let id = Id::try_from(self.nodes.len()).unwrap_or(Id::MAX);
        self.nodes.push(node.clone());
        self.ids.insert(node, id);
        id
    }

    pub(super) fn atom(&mut self, atom: Atom) -> Id {
        match atom {
            Atom::Kinds(ANY_KIND)
            | Atom::MinLength(0)
            | Atom::MinBytes(0)
            | Atom::MinItems(0)
            | Atom::MinProperties(0) => TRUE,
            Atom::Kinds(0) => FALSE,
            Atom::Items { schema: TRUE, .. } | Atom::Contains { least: 0, .. } | Atom::Members { schema: TRUE, .. } => {
                TRUE
            }
            Atom::Items { from, to: Some(to), .. } if from >= to => TRUE,
            Atom::Members { names: FALSE, .. } => TRUE,
            other => self.intern(Node::Atom(other)),
        }
    }

    pub(super) fn recursion(&mut self, number: usize) -> Id {
        self.intern(Node::Recursion(number))
    }

    pub(super) fn and(&mut self, parts: impl IntoIterator<Item = Id>) -> Id {
        let mut all = Vec::new();
        for part in parts {
            match part {
                TRUE => {}
                FALSE => return FALSE,
                other => all.push(other),
            }
        }
        all.sort_unstable();
        all.dedup();
        if all.iter().any(|part| self.negations.get(part).is_some_and(|not| all.binary_search(not).is_ok())) {
            return FALSE;
        }
        match all.as_slice() {
            [] => TRUE,
            [one] => *one,
            _ => self.intern(Node::And(all)),
        }
    }

    pub(super) fn or(&mut self, parts: impl IntoIterator<Item = Id>) -> Id {
        let mut all = Vec::new();
        for part in parts {
            match part {
                FALSE => {}
                TRUE => return TRUE,
                other => match self.node(other) {
                    Node::Or(inner) => all.extend(inner.iter().copied()),
                    _ => all.push(other),
                },
            }
        }
        all.sort_unstable();
        all.dedup();
        if all.iter().any(|part| self.negations.get(part).is_some_and(|not| all.binary_search(not).is_ok())) {
            return TRUE;
        }
        match all.as_slice() {
            [] => FALSE,
            [one] => *one,
            _ => self.intern(Node::Or(all)),
        }
    }

    pub(super) fn not(&mut self, id: Id) -> Id {
        if let Some(known) = self.negations.get(&id) {
            return *known;
        }
        let negated = match self.node(id).clone() {
            Node::True => FALSE,
            Node::False => TRUE,
            Node::Not(inner) => inner,
            Node::And(parts) => {
                let parts: Vec<Id> = parts.into_iter().map(|part| self.not(part)).collect();
                self.or(parts)
            }
            Node::Or(parts) => {
                let parts: Vec<Id> = parts.into_iter().map(|part| self.not(part)).collect();
                self.and(parts)
            }
            Node::Atom(Atom::Kinds(kinds)) => self.atom(Atom::Kinds(ANY_KIND & !kinds)),
            Node::Atom(Atom::Declared(_) | Atom::Open) => FALSE,
            Node::Atom(_) | Node::Recursion(_) => self.intern(Node::Not(id)),
        };
        self.negations.insert(id, negated);
        self.negations.entry(negated).or_insert(id);
        negated
    }

    /// The formula, asked of values of some kinds only.
    pub(super) fn guarded(&mut self, kinds: u8, formula: Id) -> Id {
        let others = self.atom(Atom::Kinds(ANY_KIND & !kinds));
        self.or([others, formula])
    }

    /// Exactly one of some formulas.
    pub(super) fn exactly_one(&mut self, parts: &[Id]) -> Id {
        let mut all = vec![self.or(parts.iter().copied())];
        let negated: Vec<Id> = parts.iter().map(|part| self.not(*part)).collect();
        for (index, one) in negated.iter().enumerate() {
            for other in negated.iter().skip(index + 1) {
                all.push(self.or([*one, *other]));
            }
        }
        self.and(all)
    }
}
