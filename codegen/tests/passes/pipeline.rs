//! The generator's way with one pass left out, and what its source shows.

use std::panic::{AssertUnwindSafe, catch_unwind};

use codegen::document::Document;
use codegen::{emit, model, normalize, postprocess, progenitor, render};

use crate::fixtures::Fixture;

/// A pass that is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Without {
    Nothing,
    Normalize(&'static str),
    Postprocess(&'static str),
}

/// The source of the client for a document as one text, or what stopped it.
pub fn client(fixture: &Fixture, without: Without) -> Result<String, String> {
    let document = Document::parse(&fixture.file, &fixture.bytes).map_err(|faults| format!("{faults:?}"))?;
    let passes = normalize::PASSES.iter().filter(|pass| without != Without::Normalize(pass.name));
    let normalized = normalize::normalize_by(passes, &document).map_err(|gaps| format!("{gaps:?}"))?;
    let mut file = emit::emit(&normalized.root).map_err(|error| error.to_string())?;
    let passes = postprocess::PASSES.iter().filter(|pass| without != Without::Postprocess(pass.name));
    let (api, _) = model::read(&document).map_err(|gaps| format!("{gaps:?}"))?;
    let skeleton = progenitor::Skeleton::of(file.clone(), &api).map_err(|error| error.to_string())?;
    let context = postprocess::Context { document: &document, normalized: &normalized, api: &api, skeleton: &skeleton };
    postprocess::postprocess_by(passes, &context, &mut file).map_err(|error| error.to_string())?;
    // Without a pass, the tree may be one that no source text stands for.
    catch_unwind(AssertUnwindSafe(|| render::render(&document, &file))).map_err(|_| "does not render".to_owned())
}

/// What a source promises for a fixture.
#[derive(Debug, Clone, Copy)]
pub struct Promise {
    /// The pass that keeps it.
    pub pass: &'static str,
    /// Snippets of Rust, each of which stands after the one before.
    pub shows: &'static [&'static str],
    /// Snippets that stand nowhere.
    pub hides: &'static [&'static str],
}

impl Promise {
    /// What of the promise a source does not keep; how it is formatted does not count.
    pub fn broken_by(&self, source: &str) -> Vec<String> {
        let source = without_spaces(source);
        let mut rest = source.as_str();
        let mut broken = Vec::new();
        for snippet in self.shows {
            match rest.split_once(&without_spaces(snippet)) {
                Some((_, after)) => rest = after,
                None => broken.push(format!("{}: lacks `{snippet}`", self.pass)),
            }
        }
        let hidden = self.hides.iter().filter(|snippet| source.contains(&without_spaces(snippet)));
        broken.extend(hidden.map(|snippet| format!("{}: has `{snippet}`", self.pass)));
        broken
    }
}

fn without_spaces(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
