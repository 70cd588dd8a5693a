//! The faults, kind by kind: one kind a file.

mod bounds;
mod builders;
mod bytes_for_code_points;
mod defaults;
mod derived_schema;
mod documentation;
mod headers;
mod mock;
mod null_for_absent;
mod redaction;
mod redirects;
mod retries;
mod serde_names;
mod statuses;
mod tokens;
mod violations;

use super::fault::Fault;

/// One kind of faults.
#[derive(Debug)]
pub struct Kind {
    /// Its name.
    pub name: &'static str,
    /// The faults.
    pub faults: &'static [Fault],
    /// The modules of the client's own tests that are most likely to notice one, which run first.
    pub tests: &'static [&'static str],
}

const fn kind(name: &'static str, faults: &'static [Fault], tests: &'static [&'static str]) -> Kind {
    Kind { name, faults, tests }
}

/// All kinds.
pub const KINDS: &[Kind] = &[
    kind("serde-names", serde_names::FAULTS, &["responses", "values"]),
    kind("null-for-absent", null_for_absent::FAULTS, &["responses", "values"]),
    kind("bounds", bounds::FAULTS, &["values"]),
    kind("bytes-for-code-points", bytes_for_code_points::FAULTS, &["values"]),
    kind("violations", violations::FAULTS, &["responses", "values"]),
    kind("derived-schema", derived_schema::FAULTS, &[]),
    kind("documentation", documentation::FAULTS, &[]),
    kind("builders", builders::FAULTS, &["values", "errors"]),
    kind("statuses", statuses::FAULTS, &["errors", "responses"]),
    kind("headers", headers::FAULTS, &["responses", "requests", "retries"]),
    kind("retries", retries::FAULTS, &["retries"]),
    kind("redirects", redirects::FAULTS, &["redirects", "credentials", "proxies"]),
    kind("tokens", tokens::FAULTS, &["renewals", "service_account", "credentials"]),
    kind("defaults", defaults::FAULTS, &["retries", "errors", "responses", "requests", "credentials"]),
    kind("mock", mock::FAULTS, &["mock"]),
    kind("redaction", redaction::FAULTS, &["secrets", "service_account", "errors"]),
];

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::super::fault::How;
    use super::super::packs::Holdings;
    use super::super::splice::splice;
    use super::super::survivors::SURVIVORS;
    use super::super::{MOST_BUILDS, Numbered, numbered};
    use super::{KINDS, Kind};
    use crate::workspace;

    #[test]
    fn every_fault_is_found_in_the_client_as_it_stands() {
        let mut by_file: BTreeMap<&str, Vec<Numbered>> = BTreeMap::new();
        for one in numbered() {
            by_file.entry(one.fault.file).or_default().push(one);
        }
        let mut errors = Vec::new();
        for (file, faults) in by_file {
            let source = std::fs::read_to_string(workspace::client().join("src").join(file));
            let source = source.unwrap_or_else(|error| panic!("{file}: {error}"));
            let (switched, others): (Vec<_>, Vec<_>) =
                faults.into_iter().partition(|one| one.fault.how == How::Switched);
            // The switched ones are all in one build; of the others there may be two of one node.
            for together in others.into_iter().map(|fault| vec![fault]).chain([switched]) {
                errors.extend(splice(&source, &together).err().map(|error| error.to_string()));
            }
        }
        assert!(errors.is_empty(), "{}", errors.join("\n"));
    }

    #[test]
    fn there_are_enough_faults_of_enough_kinds() {
        assert!(numbered().len() >= 150 && KINDS.len() >= 15, "{} of {} kinds", numbered().len(), KINDS.len());
        for Kind { name, faults, tests } in KINDS {
            assert!(faults.len() >= 6, "{name} has {} faults", faults.len());
            for test in *tests {
                let module = workspace::client().join("tests/client").join(format!("{test}.rs"));
                assert!(module.is_file(), "{name} names the tests `{test}`");
            }
        }
    }

    #[test]
    fn no_two_faults_have_one_name_and_each_changes_something() {
        let mut names = BTreeSet::new();
        for Numbered { fault, .. } in numbered() {
            assert!(names.insert(fault.name), "{}", fault.name);
            assert_ne!(fault.find, fault.put, "{}", fault.name);
        }
        for (survivor, reason) in SURVIVORS {
            assert!(names.contains(survivor) && reason.ends_with('.'), "{survivor}");
        }
    }

    #[test]
    fn the_builds_are_few() {
        let types = std::fs::read_to_string(workspace::client().join("src/generated/types.rs")).unwrap();
        let packs = Holdings::of(&types).unwrap().packs(numbered());
        assert!(packs.len() < MOST_BUILDS, "{} builds, and the one of the switched faults", packs.len());
    }
}
