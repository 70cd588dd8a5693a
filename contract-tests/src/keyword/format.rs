//! `format`: what strings must look like, and the range of integers.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Keyword;
use super::multiple_of::whole_step;
use super::{bounds, integers};
use crate::cases::{Enumerator, Fault, Variant, fault, variant};
use crate::document::{Conjunction, Kind};
use crate::formats;
use crate::mutate::{Direction, Edits, Observer, Operator, Places, Spot};
use crate::strategy::{StrategyError, Term, strings};

pub(super) const KEYWORD: Keyword = Keyword {
    names: &["format"],
    copied: &["format"],
    variants: Some(variants),
    faults: Some(faults),
    terms: Some(terms),
    operators: &[Operator {
        name: "format",
        about: "Drops, exchanges or adds the format of a string or a number.",
        apply,
    }],
    ..Keyword::NONE
};

/// The formats of strings, as expressions.
fn terms(schema: &Conjunction<'_>) -> Vec<Term> {
    let written = schema.all("format").into_iter();
    written.filter_map(|written| Term::format(written.pointer.clone(), written.value.as_str()?)).collect()
}

fn variants<'d>(
    enumerator: &mut Enumerator<'d>,
    schema: &Conjunction<'d>,
    _: usize,
) -> Result<Vec<Variant>, StrategyError> {
    if schema.kind() != Some(Kind::String) {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for format in schema.all("format").iter().filter_map(|format| format.value.as_str()) {
        for text in formats::valid(format) {
            let value = Value::String(text);
            if enumerator.conforms(schema, &value)? {
                found.push(variant(format!("format {format}"), value));
            }
        }
    }
    Ok(found)
}

fn faults<'d>(
    enumerator: &mut Enumerator<'d>,
    schema: &Conjunction<'d>,
    _: usize,
) -> Result<Vec<Fault>, StrategyError> {
    Ok(match schema.kind() {
        Some(Kind::Integer) => integer_faults(enumerator, schema),
        Some(Kind::String) => string_faults(schema),
        _ => Vec::new(),
    })
}

fn string_faults(schema: &Conjunction<'_>) -> Vec<Fault> {
    let mut faults = Vec::new();
    let formats: Vec<&str> = schema.all("format").iter().filter_map(|format| format.value.as_str()).collect();
    for format in &formats {
        let none = |text: String| fault("format", format!("{text:?} is no {format}"), text);
        faults.extend(formats::invalid(format).into_iter().map(none));
    }
    // Beside other keywords, what the format refuses must be what they ask for.
    if let Some(format) = formats.first().filter(|format| !formats::invalid(format).is_empty()) {
        let none = |text: String| fault("format", format!("{text:?} is no {format}"), text);
        faults.extend(strings::breaking(schema, "format").into_iter().map(none));
    }
    faults
}

fn integer_faults<'d>(enumerator: &mut Enumerator<'d>, schema: &Conjunction<'d>) -> Vec<Fault> {
    let formats = schema.all("format");
    let format =
        formats.iter().filter_map(|format| format.value.as_str()).find(|format| integers::of_format(format).is_some());
    let keyword = if format.is_some() { "format" } else { "type" };
    // Where a bound already ends the range, the format forbids nothing of its own.
    let range = bounds::range(schema);
    let within = |value: f64| {
        range.least.is_none_or(|(bound, _)| value >= bound) && range.most.is_none_or(|(bound, _)| value <= bound)
    };
    // A multiple, so that only the format is broken.
    let step = whole_step(schema);
    let (least, most) = integers::range(schema);
    let above = |most: i128| most.checked_add(1).map(|above| bounds::first_multiple(above, step));
    let below = least.checked_sub(1).map(|below| below.div_euclid(step) * step);
    let edges = [
        ("one above the range", above(most)),
        ("one below the range", below),
        ("one above 64 bits", above(i64::MAX.into()).filter(|above| *above > most)),
    ];
    let mut faults: Vec<Fault> = edges
        .into_iter()
        .filter_map(|(label, edge)| Some((label, edge.filter(|edge| within(*edge as f64))?)))
        .filter_map(|(label, edge)| Some(fault(keyword, label.into(), bounds::value(edge)?)))
        .collect();
    // As a whole number it conforms, so that the fraction is all that is wrong.
    let (least, most) = bounds::integer_range(schema);
    for whole in BTreeSet::from([1, 100].map(|wish: i128| bounds::first_multiple(wish.max(least).min(most), step))) {
        if bounds::value(whole).is_some_and(|whole| matches!(enumerator.conforms(schema, &whole), Ok(true))) {
            faults.push(fault("type", "whole, but written with a fraction".into(), bounds::float(whole as f64)));
        }
    }
    faults
}

fn apply(places: &Places<'_>, edits: &mut Edits<'_>) {
    for spot in places.typed(&["string"]) {
        let judged = spot.text("format").is_some_and(|format| !formats::invalid(format).is_empty());
        if judged {
            edits.drop(spot, "format", Direction::Loosening, spot.observer);
        } else {
            edits.drop(spot, "format", Direction::Neither, Observer::Documentation);
        }
        if !spot.object.contains_key("enum") && !spot.object.contains_key("pattern") {
            let other = if spot.text("format") == Some("uuid") { "date" } else { "uuid" };
            edits.set(spot, "format", other, Direction::Tightening, spot.observer);
            if spot.text("format") != Some("email") {
                edits.set(spot, "format", "email", Direction::Tightening, spot.observer);
            }
            edits.set(
                spot,
                "format",
                "x-unknown",
                Direction::Neither,
                if judged { spot.observer } else { Observer::Documentation },
            );
        }
    }
    for spot in places.typed(&["integer"]) {
        integer(spot, edits);
    }
}

/// Drops, exchanges or adds the format of an integer. Where the bounds leave no integer that only one of both formats has, and where
/// both have the range of int64, which is that of an integer without a format, only a reader sees the difference.
fn integer(spot: &Spot<'_>, edits: &mut Edits<'_>) {
    let range = |format: Option<&str>| format.and_then(integers::of_format).unwrap_or(INT64);
    let old = range(spot.text("format"));
    let observer = |new: (i128, i128)| {
        let same = old == new || [old, new].iter().all(|range| integers::all_within(spot.object, *range));
        if same { Observer::Documentation } else { spot.observer }
    };
    let direction = |new: (i128, i128)| match (new.0 <= old.0 && old.1 <= new.1, old.0 <= new.0 && new.1 <= old.1) {
        (true, false) => Direction::Loosening,
        (false, true) => Direction::Tightening,
        _ => Direction::Neither,
    };
    edits.drop(spot, "format", direction(INT64), observer(INT64));
    for other in ["int32", "int64"].into_iter().filter(|other| spot.text("format") != Some(*other)) {
        let new = range(Some(other));
        edits.set(spot, "format", other, direction(new), observer(new));
    }
}

/// The range of an integer without a format.
const INT64: (i128, i128) = (i64::MIN as i128, i64::MAX as i128);
