//! What in the client can honour a keyword.

/// A way in which the client honours a keyword of the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Claim {
    /// The Rust type itself says it.
    Type,
    /// A constructor, or the final step of a builder, refuses what the keyword refuses.
    Constructor,
    /// `conformance()`, or strict mode, reports what the keyword refuses.
    Conformance,
    /// The JSON Schema of the feature `schemars` says it.
    DerivedSchema,
    /// The call itself keeps to it.
    Runtime,
    /// The documentation says it.
    Documentation,
    /// `example()` gives it.
    Example,
}

impl Claim {
    /// As the ledger writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Type => "type",
            Self::Constructor => "constructor",
            Self::Conformance => "conformance",
            Self::DerivedSchema => "derived schema",
            Self::Runtime => "runtime",
            Self::Documentation => "documentation",
            Self::Example => "`example()`",
        }
    }
}
