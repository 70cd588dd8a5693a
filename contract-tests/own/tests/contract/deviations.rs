//! The list of deviations says why, and covers no more than it must.

use contract_tests_own::deviations::DEVIATIONS;

#[test]
fn every_entry_says_why_and_covers_its_own_kind_only() {
    for deviation in DEVIATIONS {
        assert!(deviation.reason.len() > 10, "{deviation:?}");
        assert!(!deviation.places.is_empty(), "{deviation:?}");
        let everything = deviation.places.contains(&"*") && deviation.keyword.ends_with('*');
        assert!(!everything, "an entry for everything would hide everything: {deviation:?}");
    }
}
