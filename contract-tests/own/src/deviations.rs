//! The known deviations of the client from what the document promises. This is the only list of them.
//!
//! An entry covers the differences of one kind at the places that it names, and says why they are tolerated for now. The
//! suite fails when a difference is not on the list, and also when an entry covers nothing any more.

use contract_tests::deviations::Deviation;

/// All of them: none.
pub const DEVIATIONS: &[Deviation] = &[];
