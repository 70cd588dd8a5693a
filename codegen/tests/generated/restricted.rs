//! What a schema says of a number, list or map is in the client wherever the schema stands: in an `allOf`, an item, a value of a
//! map, an alternative, a body.

use codegen::{Layout, generate};
use proc_macro2::{Delimiter, TokenStream, TokenTree};

const DOCUMENT: &str = "
openapi: 3.0.3
info: {title: Restricted, version: '1'}
paths:
  /:
    get:
      operationId: list
      parameters:
        - {name: page, in: query, schema: {allOf: [{type: integer}, {minimum: 21}]}}
      responses:
        '200': {description: d, content: {application/json: {schema: {type: array, maxItems: 22, items: {type: integer}}}}}
        '201': {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/All'}}}}
components:
  schemas:
    Least: {type: integer, minimum: 1}
    All:
      type: object
      properties:
        merged: {allOf: [{type: integer, minimum: 2}], description: d}
        referred: {allOf: [{$ref: '#/components/schemas/Least'}], description: d}
        both: {allOf: [{$ref: '#/components/schemas/Least'}, {maximum: 3}]}
        list: {allOf: [{type: array, items: {allOf: [{type: integer}, {minimum: 4}]}}, {maxItems: 5}]}
        map: {type: object, additionalProperties: {allOf: [{type: integer, maximum: 6}]}}
        only: {oneOf: [{type: integer, minimum: 7}]}
        alternatives: {oneOf: [{type: integer, minimum: 8}, {type: integer, maximum: -9}, {$ref: '#/components/schemas/Least'}]}
        nullable: {type: string, nullable: true}
        lists: {anyOf: [{type: array, items: {type: integer}, maxItems: 10}, {type: boolean}]}
      additionalProperties: {allOf: [{type: integer, minimum: 11}]}
";

fn sources() -> String {
    let generated = generate("restricted.yaml", DOCUMENT.as_bytes(), Layout::Crate).unwrap();
    let sources = generated.files.iter().filter(|file| !file.path.contains("runtime/") && file.path.ends_with(".rs"));
    sources.map(|file| file.contents.split_whitespace().collect::<String>()).collect()
}

#[test]
fn it_is_a_rule_by_which_values_are_held_against_the_document() {
    let sources = sources();
    for rule in [
        "minimum:Some(runtime::Number::Whole(2))",
        "minimum:Some(runtime::Number::Whole(1)),maximum:Some(runtime::Number::Whole(3))",
        "max_items:Some(5),inner:Some(&runtime::Rules{minimum:Some(runtime::Number::Whole(4))",
        "inner:Some(&runtime::Rules{maximum:Some(runtime::Number::Whole(6))",
        "minimum:Some(runtime::Number::Whole(7))",
        "minimum:Some(runtime::Number::Whole(8))",
        "maximum:Some(runtime::Number::Whole(-9))",
        "max_items:Some(10)",
        "minimum:Some(runtime::Number::Whole(11))",
        "minimum:Some(runtime::Number::Whole(21))",
        "max_items:Some(22)",
    ] {
        assert!(sources.contains(rule), "{rule}");
    }
    // The property that refers, the merged one, and the alternative that refers.
    assert!(sources.matches("minimum:Some(runtime::Number::Whole(1))").count() >= 3);
}

#[test]
fn it_is_in_the_derived_schema() {
    let sources = sources();
    for said in [
        r#"extend("minimum"=2u64)"#,
        r#"extend("minimum"=1u64),extend("maximum"=3u64)"#,
        r##"extend("maxItems"=5u64),transform=runtime::inside("items",r#"{"minimum":4}"#).without("format")"##,
        r##"inside("additionalProperties",r#"{"maximum":6}"#).without("format")"##,
        r#"extend("minimum"=7u64)"#,
        r#"extend("minimum"=8u64)"#,
        r#"extend("maximum"=-9i64)"#,
        r#"extend("maxItems"=10u64)"#,
        r##"inside("additionalProperties",r#"{"minimum":11}"#).without("format")"##,
    ] {
        assert!(sources.contains(said), "{said}");
    }
}

/// Whether there is a list anywhere in tokens.
fn has_list(token: &TokenTree) -> bool {
    let TokenTree::Group(group) = token else { return false };
    group.delimiter() == Delimiter::Bracket || group.stream().into_iter().any(|token| has_list(&token))
}

/// The expressions that schemars is told: those of `transform`, and what stands behind the struct that `record!` declares.
fn told(tokens: TokenStream, found: &mut Vec<Vec<TokenTree>>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        let starts = match token {
            TokenTree::Ident(name) => name == "transform",
            TokenTree::Punct(sign) => {
                sign.as_char() == '.'
                    && matches!(at.checked_sub(1).map(|before| &tokens[before]), Some(TokenTree::Group(struct_)) if struct_.delimiter() == Delimiter::Brace)
            }
            _ => false,
        };
        if starts {
            let is_end = |token: &&TokenTree| {
                !matches!(token, TokenTree::Punct(sign) if sign.as_char() == ',')
                    && !matches!(token, TokenTree::Ident(name) if name == "schema")
            };
            found.push(tokens[at..].iter().take_while(is_end).cloned().collect());
        }
        if let TokenTree::Group(group) = token {
            told(group.stream(), found);
        }
    }
}

#[test]
fn schemars_is_told_nothing_that_it_reads_with_all_of_syn_alone() {
    let generated = generate("restricted.yaml", DOCUMENT.as_bytes(), Layout::Crate).unwrap();
    let types = generated.files.iter().find(|file| file.path.ends_with("generated/types.rs")).unwrap();
    let mut found = Vec::new();
    told(types.contents.parse().unwrap(), &mut found);
    let shown = |tokens: &[TokenTree]| tokens.iter().cloned().collect::<TokenStream>().to_string();
    let all: String = found.iter().map(|tokens| shown(tokens)).collect();
    assert!(all.contains("nullable") && all.contains("without"), "{all}");
    let lists: Vec<String> = found.iter().filter(|one| one.iter().any(has_list)).map(|one| shown(one)).collect();
    assert!(lists.is_empty(), "{lists:#?}");
}
