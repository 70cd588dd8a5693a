//! From the model to the items of the client, each written whole.

mod type_ref;
