//! Every place of the model is one of the document, wherever references have led.

use codegen::document::Place;
use codegen::{Document, model};

use crate::fixtures;

#[test]
fn operations_and_what_they_exchange_stand_where_the_model_says() {
    let (mut seen, mut wrong) = (0, Vec::new());
    for fixture in fixtures::all() {
        let document = Document::parse(&fixture.file, &fixture.bytes).unwrap_or_else(|faults| panic!("{faults:?}"));
        let Ok((api, _)) = model::read(&document) else { continue };
        let mut check = |place: &Place, key: &str| {
            seen += 1;
            let found = document.get(&place.pointer);
            if found.is_none_or(|value| value.get(key).is_none()) {
                wrong.push(format!("{}: {} has no {key}", fixture.name, place.pointer));
            }
        };
        for operation in &api.operations {
            check(&operation.place, "responses");
            operation.parameters.iter().for_each(|parameter| check(&parameter.place, "in"));
            let contents = operation.body.iter().flat_map(|body| &body.contents);
            let contents = contents.chain(operation.responses.iter().flat_map(|response| &response.contents));
            contents.filter(|content| content.schema.is_some()).for_each(|content| check(&content.place, "schema"));
            operation.body.iter().for_each(|body| check(&body.place, "content"));
            operation.responses.iter().for_each(|response| check(&response.place, "description"));
        }
    }
    assert!(seen > 200, "only {seen} places were looked at");
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn a_media_type_of_an_error_that_is_not_read_is_told_once() {
    let document = r"{openapi: 3.0.3, info: {title: Pass, version: '1'}, paths: {
        /a: {get: {operationId: getA, responses: {'200': {description: ok}, '400': {$ref: '#/components/responses/Bad'}}}},
        /b: {get: {operationId: getB, responses: {'200': {description: ok, content: {text/plain: {}, application/json: {}}},
                                                 default: {$ref: '#/components/responses/Bad'}}}}},
        components: {responses: {Bad: {description: no, content: {text/plain: {}, application/problem+json: {}, application/json: {}}}}}}";
    let generated = codegen::generate("pass.yaml", document.as_bytes(), codegen::Layout::Crate);
    let found = generated.unwrap_or_else(|found| panic!("{found:?}")).diagnostics;
    let found: Vec<_> = found.iter().filter(|one| one.rule == "media-type-left-out").collect();
    assert!(
        matches!(found.as_slice(), [one] if one.message.contains("of `text/plain` it keeps the raw body")),
        "{found:?}"
    );
    assert_eq!(found[0].pointer.as_str(), "/components/responses/Bad/content");
}
