//! One fault of the client: which item, which node in it, and what stands there instead.

/// A fault that is put into a copy of the client.
#[derive(Debug, Clone, Copy)]
pub struct Fault {
    /// Its name, which no other fault has.
    pub name: &'static str,
    /// The file, from the client's `src`.
    pub file: &'static str,
    /// The item: `name`, `name!` for a macro's definition and `name!(First)` for its call, `Type::name`,
    /// `<Type as Trait>::name`, `Type.field`.
    pub item: &'static str,
    /// The node: it must stand in the item exactly once.
    pub find: &'static str,
    /// What stands there instead.
    pub put: &'static str,
    /// How it is made.
    pub how: How,
}

/// How a fault is made, and what it takes to see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// The node is an expression, of which an environment variable chooses the faulty or the original one.
    Switched,
    /// The node is a part of an attribute, a type or a constant, which takes a build. Other faults are in the same build, none of
    /// which is seen where this schema or operation alone is judged.
    Built(&'static str),
    /// The node is a passage of a doc comment, which is read and never built.
    Told,
    /// The node is an attribute for readers, which is read and need not be built.
    Marked,
}

/// A fault of an expression.
pub const fn switched(
    name: &'static str,
    file: &'static str,
    item: &'static str,
    find: &'static str,
    put: &'static str,
) -> Fault {
    Fault { name, file, item, find, put, how: How::Switched }
}

/// A fault of an attribute, a type or a constant, seen where a schema or an operation is judged.
pub const fn built(
    name: &'static str,
    judged: &'static str,
    file: &'static str,
    item: &'static str,
    find: &'static str,
    put: &'static str,
) -> Fault {
    Fault { name, file, item, find, put, how: How::Built(judged) }
}

/// A fault of a doc comment.
pub const fn told(
    name: &'static str,
    file: &'static str,
    item: &'static str,
    find: &'static str,
    put: &'static str,
) -> Fault {
    Fault { name, file, item, find, put, how: How::Told }
}

/// A fault of an attribute for readers.
pub const fn marked(
    name: &'static str,
    file: &'static str,
    item: &'static str,
    find: &'static str,
    put: &'static str,
) -> Fault {
    Fault { name, file, item, find, put, how: How::Marked }
}
