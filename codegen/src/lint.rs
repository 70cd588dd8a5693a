//! Rules that a document must keep, one file a rule, in one registry.
