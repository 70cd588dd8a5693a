//! The client's version: what it promises, and where it stands.

use std::fmt;

/// The client's manifest, from the root.
pub const MANIFEST: &str = "generated-client/Cargo.toml";

/// A version of the client: major, minor and patch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version(u64, u64, u64);

impl Version {
    /// The version that is written so. What follows the three numbers is left aside.
    pub fn of(text: &str) -> Option<Self> {
        let mut parts = text.split(['-', '+']).next()?.split('.').map(|part| part.parse().ok());
        let version = Self(parts.next()??, parts.next()??, parts.next()??);
        parts.next().is_none().then_some(version)
    }

    /// The version in a manifest.
    pub fn in_manifest(manifest: &str) -> Option<Self> {
        Self::of(stated(manifest, "version")?.trim_matches('"'))
    }

    /// Which number has to be raised where something breaks.
    pub fn breaking(self) -> &'static str {
        if self.0 == 0 { "minor" } else { "major" }
    }

    /// Whether this version says that something of the earlier one breaks.
    pub fn breaks(self, earlier: Self) -> bool {
        if earlier.0 == 0 { self >= Self(0, earlier.1 + 1, 0) } else { self.0 > earlier.0 }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(major, minor, patch) = self;
        write!(formatter, "{major}.{minor}.{patch}")
    }
}

/// What a manifest states under a key of its package.
pub fn stated<'m>(manifest: &'m str, key: &str) -> Option<&'m str> {
    manifest.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(" = "))
}

#[cfg(test)]
mod tests {
    use super::Version;

    #[test]
    fn versions_are_compared_by_number() {
        let version = |text| Version::of(text).unwrap();
        assert_eq!(version("0.10.2-rc.1"), Version(0, 10, 2));
        assert_eq!((Version::of("1.2"), Version::of("1.2.3.4")), (None, None));
        assert!(version("0.10.0") > version("0.9.9"));
        for (earlier, later, breaks) in [
            ("0.1.0", "0.1.1", false),
            ("1.2.3", "1.3.0", false),
            ("0.1.0", "0.2.0", true),
            ("0.9.0", "1.0.0", true),
            ("1.2.3", "2.0.0", true),
            ("2.0.0", "1.0.0", false),
        ] {
            assert_eq!(version(later).breaks(version(earlier)), breaks, "{earlier} {later}");
        }
    }
}
