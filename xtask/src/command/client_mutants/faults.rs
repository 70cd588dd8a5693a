//! The faults, kind by kind: one kind a file.

mod bounds;
mod builders;
mod bytes_for_code_points;
mod defaults;
mod derived_schema;
mod documentation;
mod headers;
mod null_for_absent;
mod redaction;
mod redirects;
mod retries;
mod serde_names;
mod statuses;
mod tokens;
mod violations;

use super::fault::Fault;

/// Each kind by its name, with its faults.
pub const KINDS: &[(&str, &[Fault])] = &[
    ("serde-names", serde_names::FAULTS),
    ("null-for-absent", null_for_absent::FAULTS),
    ("bounds", bounds::FAULTS),
    ("bytes-for-code-points", bytes_for_code_points::FAULTS),
    ("violations", violations::FAULTS),
    ("derived-schema", derived_schema::FAULTS),
    ("documentation", documentation::FAULTS),
    ("builders", builders::FAULTS),
    ("statuses", statuses::FAULTS),
    ("headers", headers::FAULTS),
    ("retries", retries::FAULTS),
    ("redirects", redirects::FAULTS),
    ("tokens", tokens::FAULTS),
    ("defaults", defaults::FAULTS),
    ("redaction", redaction::FAULTS),
];

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::super::fault::{Fault, How};
    use super::super::packs::Holdings;
    use super::super::splice::splice;
    use super::super::survivors::SURVIVORS;
    use super::super::{MOST_BUILDS, numbered};
    use super::KINDS;
    use crate::workspace;

    #[test]
    fn every_fault_is_found_in_the_client_as_it_stands() {
        let mut by_file: BTreeMap<&str, Vec<(u32, Fault)>> = BTreeMap::new();
        for (number, fault) in numbered() {
            by_file.entry(fault.file).or_default().push((number, fault));
        }
        let mut errors = Vec::new();
        for (file, faults) in by_file {
            let source = std::fs::read_to_string(workspace::client().join("src").join(file));
            let source = source.unwrap_or_else(|error| panic!("{file}: {error}"));
            let (switched, others): (Vec<_>, Vec<_>) =
                faults.into_iter().partition(|(_, fault)| fault.how == How::Switched);
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
        for (kind, faults) in KINDS {
            assert!(faults.len() >= 6, "{kind} has {} faults", faults.len());
        }
    }

    #[test]
    fn no_two_faults_have_one_name_and_each_changes_something() {
        let mut names = BTreeSet::new();
        for (_, fault) in numbered() {
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
        let packs = Holdings::of(&types).unwrap().packs(&numbered());
        assert!(packs.len() < MOST_BUILDS, "{} builds, and the one of the switched faults", packs.len());
    }
}
