//! The generator and the judge read a document by two parsers. Where both read it, they read the same.
//!
//! No other package may see both, so the comparison stands here.

#![allow(clippy::expect_used, reason = "a test that cannot go on must fail")]

use codegen::Document as Generators;
use contract_tests::document::Document as Judges;

/// What YAML says in more ways than one.
const SCALARS: &str = "openapi: 3.0.3
info: {title: t, version: '1.10'}
paths: {}
x-plain: [no, yes, on, off, y, n, ~, null, 'null', True, FALSE, 0o17, 0x1F, +7, -0, 1e3, 1., .5, 5e-324, 12:30:45]
x-large: [9223372036854775807, -9223372036854775808, 18446744073709551615, 2017-07-21, 1_000, 0.1, -1.5E+3]
x-quoted: ['1', \"1\\t\\u00e9\", \"a
  folded\", !!str 12, !!int '3', 'it''s']
x-keys: {200: a, 2017-07-21: b, true: c, no: d, 1.10: e, '<<': f}
x-empty:
x-block: |
    a block
     of lines
x-base: &base {type: string, maxLength: 5}
x-more: &more {maxLength: 6, minLength: 1}
x-merged: {<<: [*base, *more], type: integer}
x-alias: [*base, *more]
x-nested:
  <<: {a: {<<: *base}}
  b: >-
    folded
    text
";

fn same(name: &str, text: &str) {
    let generators = Generators::parse(name, text.as_bytes()).expect("the generator reads it");
    let judges = Judges::parse(name, text).expect("the judge reads it");
    assert_eq!(generators.root(), judges.root(), "{name}");
}

#[test]
fn both_read_the_same() {
    same("scalars.yaml", SCALARS);
    let own = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../openapi/lineworks-partner.yaml"));
    let own = own.expect("the workspace has a document");
    same("own.yaml", &own);
    // The same document as JSON, indented by tabs and with escapes that only JSON has.
    let read = Judges::parse("own.yaml", &own).expect("the judge reads it");
    let json = serde_json::to_string_pretty(read.root()).expect("a tree is written").replace("\n  ", "\n\t");
    let start = json.replacen('{', "{\"x-escapes\": \"\\ud83d\\ude00 \\/ \\u0041\\b\",", 1);
    same("own.json", &start);
}

#[test]
fn both_refuse_the_same() {
    let start = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths: {}\n";
    for text in [
        "x-a: 1\nx-a: 2\n",
        "---\nx-a: 1\n",
        "x-a: .inf\n",
        "x-a: !own b\n",
        "x-a: &a [*a]\n",
        "<<: 1\n",
        "? [a]\n: 1\n",
        "~: 1\n",
        "x-a: [\n",
        "x-a:\n\tb: 1\n",
    ] {
        let text = format!("{start}{text}");
        assert!(Generators::parse("bad.yaml", text.as_bytes()).is_err(), "the generator: {text}");
        assert!(Judges::parse("bad.yaml", &text).is_err(), "the judge: {text}");
    }
}
