//! The faults that nobody notices, each with its reason. One that is noticed after all fails the command.

/// The names of faults, and why nobody notices them.
pub const SURVIVORS: &[(&str, &str)] = &[];
