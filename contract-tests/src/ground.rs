//! What belongs together in judging: the document, the client, how thoroughly, and what was prepared of each schema.

pub(crate) mod clients;

use std::cell::{OnceCell, RefCell};
use std::sync::Arc;

use serde::Serialize;
use serde_json::Value;

use crate::cases::{Case, Cases};
use crate::client::{self, Direction, Subject};
use crate::difference::Difference;
use crate::document::{Account, Body, Conjunction, Document, DocumentError, Located, Operation, Way};
use crate::oracle::{OracleError, Validator};
use crate::prepared::{Derived, Memories, Preparation, Prepared};
use crate::strategy::{Payloads, StrategyError};
pub use clients::{Clients, Servers};

/// What is judged, and how thoroughly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Plan {
    /// How many payloads are drawn for each schema, beside the enumerated ones.
    pub cases: u32,
    /// What the draws are derived from.
    pub seed: u64,
}

impl Default for Plan {
    fn default() -> Self {
        Self { cases: 256, seed: 0 }
    }
}

/// What of a document is judged, and as whose.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scope {
    /// The client was generated for the document, so nobody has seen to it that everything in the document can be judged.
    pub generated: bool,
    /// The schema or the operation that is judged alone, as it was asked for: with the row, if there is one.
    pub only: Option<String>,
    /// The row of the failure matrix that alone is tried, of that operation, or what the names of several begin with: behind a colon
    /// in what is asked for.
    pub row: Option<String>,
}

impl Scope {
    /// Whether a row of the failure matrix is tried.
    pub fn has_row(&self, name: &str) -> bool {
        self.row
            .as_ref()
            .is_none_or(|row| name.strip_prefix(row).is_some_and(|rest| rest.is_empty() || rest.starts_with(": ")))
    }
}

/// A document and a client, and everything that judging one by the other needs.
pub struct Ground<'d> {
    /// The document.
    pub document: &'d Document,
    /// What it means to requests.
    pub requests: &'d Document,
    /// What it means to responses.
    pub responses: &'d Document,
    /// The client.
    pub subject: &'d Subject,
    /// How thoroughly.
    pub plan: Plan,
    /// What of the document.
    pub scope: Scope,
    /// What the oracles have read of the document.
    pub account: Account,
    /// The named schemas, and those of bodies, that the client has a type for, in the document's order, each in its directions.
    pub schemas: Vec<SchemaGround<'d>>,
    /// The operations as the document has them.
    pub written: Vec<Operation<'d>>,
    /// The operations that the client has a call for, in the document's order.
    pub operations: Vec<OperationGround<'d>>,
    /// The runtime on which calls run, and the clients that are connected.
    pub clients: &'d Clients,
    preparations: [RefCell<Preparation<'d>>; 2],
}

/// A named schema in one direction, and the client's type for it.
pub struct SchemaGround<'d> {
    /// The document's name for the schema, or of a body without one its place.
    pub name: &'d str,
    /// The document as it holds for the type's direction.
    pub document: &'d Document,
    /// The schema where it stands.
    pub located: Located<'d>,
    /// The schema with what it is composed of.
    pub schema: Conjunction<'d>,
    /// The client's type.
    pub binding: &'d client::Schema,
    prepared: OnceCell<Prepared<'d>>,
    memories: Arc<Memories>,
    derived: OnceCell<Arc<Derived>>,
}

/// An operation, and the client's call for it.
pub struct OperationGround<'d> {
    /// The operation.
    pub operation: Operation<'d>,
    /// The client's call.
    pub binding: &'d client::Operation,
}

impl<'d> Ground<'d> {
    /// Lays the ground. Nothing is built before it is needed, so that a part of the document can be judged alone.
    pub fn new(
        document: &'d Document,
        subject: &'d Subject,
        plan: Plan,
        clients: &'d Clients,
    ) -> Result<Self, DocumentError> {
        let mut schemas = Vec::new();
        let (requests, responses) = (document.meaning(Way::Request), document.meaning(Way::Response));
        let named = document.component_schemas().into_iter().map(|(name, schema)| (name.to_owned(), schema));
        let written = document.operations()?;
        for (name, raw) in named.chain(Operation::body_schemas(&written)) {
            for binding in subject.schemas.iter().filter(|binding| binding.name == name) {
                let document = if binding.direction == Direction::Request { requests } else { responses };
                let located = document.at(&raw.pointer).unwrap_or_else(|| raw.clone());
                schemas.push(SchemaGround {
                    name: binding.name,
                    document,
                    schema: Conjunction::of(document, located.clone())?,
                    located,
                    binding,
                    prepared: OnceCell::new(),
                    derived: OnceCell::new(),
                    memories: Arc::clone(&clients.memories),
                });
            }
        }
        let bound = |operation: Operation<'d>| {
            let binding = subject.operation(&operation.id)?;
            Some(OperationGround { operation, binding })
        };
        // What goes to the server is judged by what the document means there, and what comes from it likewise.
        let joined =
            |(sent, received): (Operation<'d>, Operation<'d>)| Operation { responses: received.responses, ..sent };
        let operations = requests.operations()?.into_iter().zip(responses.operations()?).map(joined);
        let operations = operations.filter_map(bound).collect();
        Ok(Self {
            document,
            requests,
            responses,
            subject,
            plan,
            scope: Scope::default(),
            account: Account::default(),
            schemas,
            written,
            operations,
            clients,
            preparations: [requests, responses]
                .map(|document| RefCell::new(Preparation::remembering(document, Arc::clone(&clients.memories)))),
        })
    }

    /// The same with what the scope asks for alone; nothing where the document has no schema and no operation of that name.
    pub fn within(mut self, mut scope: Scope) -> Option<Self> {
        if let Some(only) = &scope.only {
            let split = only.split_once(": ").filter(|_| !self.has(only));
            let (only, row) = split.map_or((only.as_str(), None), |(only, row)| (only, Some(row)));
            self.schemas.retain(|schema| schema.name == only && row.is_none());
            self.operations.retain(|operation| operation.operation.id == only);
            scope.row = row.map(str::to_owned);
            if self.schemas.is_empty() && self.operations.is_empty() {
                return None;
            }
        }
        self.scope = scope;
        Some(self)
    }

    /// The cases, the validator and the draws of a named schema.
    pub fn prepared<'s>(&self, schema: &'s SchemaGround<'d>) -> Result<&'s Prepared<'d>, StrategyError> {
        if let Some(prepared) = schema.prepared.get() {
            return Ok(prepared);
        }
        let prepared =
            self.preparation(schema.way()).borrow_mut().prepare(schema.name, schema.located.clone(), self.plan)?;
        Ok(schema.prepared.get_or_init(|| prepared))
    }

    /// The first of the client's types for a named schema.
    pub fn schema(&self, name: &str) -> Option<&SchemaGround<'d>> {
        self.schemas.iter().find(|schema| schema.name == name)
    }

    /// Whether a schema or an operation of this name can be judged.
    pub fn has(&self, name: &str) -> bool {
        self.schema(name).is_some() || self.operations.iter().any(|operation| operation.operation.id == name)
    }

    /// Whether a difference is on the list of deviations.
    pub fn is_known(&self, difference: &Difference) -> bool {
        self.subject.deviations.iter().any(|deviation| deviation.covers(difference))
    }

    fn preparation(&self, way: Way) -> &RefCell<Preparation<'d>> {
        let [requests, responses] = &self.preparations;
        if way == Way::Request { requests } else { responses }
    }

    /// The compiled schema of any place of the document; each is compiled once.
    pub fn validator(&self, way: Way, schema: &Located<'d>) -> Result<Arc<Validator>, StrategyError> {
        self.preparation(way).borrow_mut().validator(schema)
    }

    /// The cases of any schema of the document, such as that of a parameter.
    pub fn cases(&self, way: Way, schema: Located<'d>) -> Result<Arc<Cases>, StrategyError> {
        self.preparation(way).borrow_mut().cases(schema)
    }

    /// The document's example of a body, where its schema takes it.
    pub fn example(&self, way: Way, body: &Body<'d>) -> Option<&'d Value> {
        let fits = |schema, example| self.validator(way, schema).is_ok_and(|one| one.accepts(example));
        body.example.filter(|example| body.schema.as_ref().is_none_or(|schema| fits(schema, example)))
    }

    /// The plainest payloads of any schema of the document that conform, the baseline first.
    pub fn plain(&self, way: Way, schema: Located<'d>) -> Result<Arc<Vec<Case>>, StrategyError> {
        self.preparation(way).borrow_mut().plain(schema)
    }

    /// The payloads of any schema of the document.
    pub fn payloads(&self, way: Way, schema: Located<'d>) -> Result<Payloads, StrategyError> {
        self.preparation(way).borrow_mut().payloads(schema)
    }
}

impl SchemaGround<'_> {
    /// The direction in which the schema is judged.
    pub fn way(&self) -> Way {
        if self.binding.direction == Direction::Request { Way::Request } else { Way::Response }
    }

    /// The schema that schemars derives from the client's type; `None` where the type has none.
    pub fn derived(&self) -> Option<&Value> {
        self.derivation().schema.as_ref()
    }

    /// The same, compiled.
    pub fn derived_validator(&self) -> Result<Option<&Validator>, OracleError> {
        let derived = self.derivation();
        if let Some(compiled) = derived.validator.get() {
            return Ok(compiled.as_ref());
        }
        let compiled = derived.schema.as_ref().map(|schema| Validator::derived(self.name, schema)).transpose()?;
        Ok(derived.validator.get_or_init(|| compiled).as_ref())
    }

    fn derivation(&self) -> &Derived {
        self.derived.get_or_init(|| self.memories.derived(self.binding))
    }
}
