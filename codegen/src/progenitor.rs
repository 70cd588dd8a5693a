//! The one place that names progenitor.

mod schema;
