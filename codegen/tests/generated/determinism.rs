//! The same document gives the same bytes, in files that say where they are from.

use codegen::render::MARK;
use codegen::{Layout, OWNED, generate};
use sha2::{Digest, Sha256};

use crate::fixtures;

#[test]
fn generating_twice_gives_the_same_bytes() {
    for fixture in fixtures::all() {
        for layout in [Layout::Module, Layout::Crate] {
            let once = generate(&fixture.file, &fixture.bytes, layout).map(|generated| generated.files);
            let twice = generate(&fixture.file, &fixture.bytes, layout).map(|generated| generated.files);
            assert_eq!(once, twice, "{}", fixture.name);
        }
    }
}

#[test]
fn files_are_sorted_and_each_is_rust_under_a_header_that_names_its_document() {
    for fixture in fixtures::all() {
        let Ok(generated) = generate(&fixture.file, &fixture.bytes, Layout::Crate) else { continue };
        let paths: Vec<&str> = generated.files.iter().map(|file| file.path.as_str()).collect();
        assert!(paths.is_sorted(), "{}: {paths:?}", fixture.name);
        let digest: String = Sha256::digest(&fixture.bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        for file in generated.files.iter().filter(|file| !OWNED.contains(&file.path.as_str())) {
            let head: String = file.contents.lines().take(3).collect::<Vec<_>>().join("\n");
            assert!(head.contains(&format!("`{}`", fixture.file)), "{} of {}: {head}", file.path, fixture.name);
            let is_root = file.path == "src/generated/mod.rs";
            assert_eq!(head.contains(&digest), is_root, "{} of {}: {head}", file.path, fixture.name);
            assert!(
                file.contents.ends_with('\n') && !file.contents.contains('\r'),
                "{} of {}",
                file.path,
                fixture.name
            );
            if file.path.ends_with(".rs") {
                assert!(file.contents.starts_with(MARK), "{} of {}: {head}", file.path, fixture.name);
                let parsed = syn::parse_file(&file.contents);
                assert!(parsed.is_ok(), "{} of {}: {:?}", file.path, fixture.name, parsed.err());
            }
        }
    }
}

#[test]
fn a_byte_of_the_document_that_says_nothing_shows_in_one_header() {
    let fixture = fixtures::own();
    let mut edited = fixture.bytes.clone();
    edited.extend_from_slice(b"# nothing\n");
    let files = |bytes: &[u8]| generate(&fixture.file, bytes, Layout::Module).map(|generated| generated.files).unwrap();
    for (one, other) in files(&fixture.bytes).iter().zip(&files(&edited)) {
        assert_eq!(one.contents != other.contents, one.path == "src/generated/mod.rs", "{}", one.path);
        let body = |text: &str| text.lines().skip(3).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(body(&one.contents), body(&other.contents), "{}", one.path);
    }
}
