//! Unions: what the document says of their alternatives, and what follows for their values.

use serde::Serialize;
use serde_json::Value;

use super::unions::is_tried;
use super::{Examiner, Violation};

/// What the document says of a union's alternatives.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Alternatives {
    /// `oneOf` or `anyOf`.
    keyword: &'static str,
    /// The discriminator's property.
    pub(crate) property: Option<&'static str>,
    /// Whether they are the children of a parent.
    is_family: bool,
    /// Which values of the discriminator name each of them.
    tags: &'static [Tags],
    /// How many of them a payload is, with nothing in it that deviates.
    holding: fn(&Value) -> usize,
}

/// Which values of the discriminator name an alternative.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tags {
    /// The values; any where there are none listed.
    pub(super) named: Option<&'static [&'static str]>,
    /// Whether a payload without a value may be the alternative.
    absent: bool,
}

impl Tags {
    /// Any value or none.
    pub(crate) const ANY: Self = Self { named: None, absent: true };
    /// Any value.
    pub(crate) const SOME: Self = Self { named: None, absent: false };

    /// These values.
    pub(crate) const fn named(named: &'static [&'static str]) -> Self {
        Self { named: Some(named), absent: false }
    }

    /// The same, or none.
    pub(crate) const fn or_absent(self) -> Self {
        Self { absent: true, ..self }
    }

    pub(super) fn admit(self, tag: Option<&str>) -> bool {
        match tag {
            Some(tag) => self.named.is_none_or(|named| named.contains(&tag)),
            None => self.absent,
        }
    }
}

impl Alternatives {
    /// The alternatives of `oneOf` or `anyOf`.
    pub(crate) const fn of(keyword: &'static str) -> Self {
        Self { keyword, property: None, is_family: false, tags: &[], holding: |_| 0 }
    }

    /// The children of a parent, told apart by a property.
    pub(crate) const fn children(property: &'static str) -> Self {
        Self { is_family: true, ..Self::of("anyOf").told_by(property) }
    }

    /// The same, told apart by a property.
    pub(crate) const fn told_by(self, property: &'static str) -> Self {
        Self { property: Some(property), ..self }
    }

    /// The same with the tags of each, and how many of them a payload is.
    pub(crate) const fn with(self, tags: &'static [Tags], holding: fn(&Value) -> usize) -> Self {
        Self { tags, holding, ..self }
    }

    /// Whether the alternatives that a payload is are counted: no tag says which one is meant, and more than one may be.
    pub(super) fn counted(&self, is_tagged: bool) -> bool {
        let untagged = self.tags.iter().filter(|tags| tags.absent).count();
        self.property.is_none() || (!is_tagged && self.keyword == "oneOf" && untagged > 1)
    }

    fn allows(&self, holding: usize) -> bool {
        holding == 1 || holding > 1 && self.keyword == "anyOf"
    }

    /// Whether a payload is none of the alternatives, or too many of them.
    pub(super) fn refuses(&self, value: &Value) -> bool {
        !self.allows((self.holding)(value))
    }

    /// Whether a received payload is counted as one of them, so that what one of them leaves aside is another's.
    pub(crate) fn holds(&self, json: &str) -> bool {
        self.property.is_none() && (self.holding)(&serde_json::from_str(json).unwrap_or_default()) > 0
    }

    /// Whether a payload that was kept as it came was not understood.
    pub(crate) fn leaves_unread(&self, value: &Value) -> bool {
        self.property.is_some() || self.refuses(value)
    }

    fn too_many(&self, holding: usize) -> Violation {
        Violation::new(self.keyword, format_args!("one of {}", self.tags.len()), holding)
    }

    /// Their schema, beside what holds for each of them.
    #[cfg(feature = "schemars")]
    pub(crate) fn schema(&self, said: &[Value], alternatives: &[Value]) -> ::schemars::Schema {
        let tagged = alternatives.iter().zip(self.tags).map(|(alternative, tags)| match (self.property, tags.named) {
            (Some(property), Some(named)) => super::schemas::tagged(alternative, property, named, tags.absent),
            _ => alternative.clone(),
        });
        let mut schema = said.first().and_then(|said| ::schemars::Schema::try_from(said.clone()).ok()).unwrap_or_default();
        schema.insert(self.keyword.to_owned(), tagged.collect());
        schema
    }
}

impl<'a> Examiner<'a> {
    /// Counts the alternatives that a value is, where they are counted. Whether the value's own alternative is to be examined: one
    /// that is counted is none; where there is none, that one says why.
    pub(crate) fn enters(&mut self, of: &Alternatives, value: &impl Serialize, is_other: bool) -> bool {
        let Some(property) = of.property else { return is_other || self.is_none(of, value) };
        !of.counted(false) || !self.is_ambiguous(property, of, value)
    }

    fn is_none(&mut self, of: &Alternatives, value: &impl Serialize) -> bool {
        if is_tried() {
            return true;
        }
        let holding = (of.holding)(&serde_json::to_value(value).unwrap_or_default());
        if holding > 1 && !of.allows(holding) {
            self.report(of.too_many(holding));
        }
        holding == 0
    }

    /// Counts the alternatives that a value without their tag is: whether it is one, which needs no look at the alternative
    /// itself, or more than it may be, which is reported.
    fn is_ambiguous(&mut self, property: &str, of: &Alternatives, value: &impl Serialize) -> bool {
        let value = serde_json::to_value(value).unwrap_or_default();
        if is_tried() || !value.is_object() || value.get(property).is_some() {
            return false;
        }
        let holding = (of.holding)(&value);
        if holding > 1 {
            self.report(of.too_many(holding));
        }
        holding > 0
    }

    /// Reports a variant whose value carries a tag that does not name it.
    pub(crate) fn tagged(&mut self, of: &Alternatives, tags: Tags, value: &impl Serialize) {
        let Some(property) = of.property else { return };
        let value = serde_json::to_value(value).unwrap_or_default();
        let tag = value.get(property).and_then(Value::as_str);
        if tag.is_some() && !tags.admit(tag) {
            self.discriminator(property);
        }
    }

    /// Reports a payload that is none of the alternatives, unless it is what the union counts.
    pub(crate) fn unfit(&mut self, of: &Alternatives, value: &Value) {
        let Some(property) = of.property else {
            let holding = (of.holding)(value);
            if !of.allows(holding) {
                self.report(of.too_many(holding));
            }
            return;
        };
        // Where an alternative can have any tag, none is unknown.
        let known: Option<Vec<&[&str]>> = of.tags.iter().map(|tags| tags.named).collect();
        let is_required = of.is_family && of.tags.iter().all(|tags| !tags.absent);
        match known.filter(|_| value.is_object()).map(|known| (known, value.get(property))) {
            Some((_, None)) if is_required => self.within(property, Violation::new("required", "present", "absent")),
            Some((known, Some(Value::String(found)))) if !known.iter().any(|tags| tags.contains(&found.as_str())) => {
                self.discriminator(property);
            }
            Some((_, Some(found))) if !found.is_string() => {
                self.within(property, Violation::new("type", "string", "another type"));
            }
            _ => self.report(Violation::new(of.keyword, format_args!("one of {}", of.tags.len()), "none")),
        }
    }

    fn discriminator(&mut self, property: &'static str) {
        self.within(property, Violation::new("discriminator", "the tag of an alternative", "another string"));
    }
}

/// Says how an enum of alternatives is read, examined and described. Of each: its variant, the type that this holds, in a box
/// where it would hold itself, how a value of the type becomes one of the union, the method that reads a value as it, the tags
/// that name it, and its schema, where that is not all that the type says.
macro_rules! union {
    (
        $name:ident,
        $other:ident {
            $($variant:ident($of:ty) $(in $holder:ident)? $(by $conversion:ident)? $(as $reading:ident)?
                $(=> $tags:expr)? $(; |$generator:tt| $schema:expr)?),* $(,)?
        },
        $told:expr,
        $appearance:expr
        $(, beside: |$beside_generator:tt| $beside:expr)?
        $(, check: $check:path)?
    ) => {
        impl $name {
            const ALTERNATIVES: $crate::generated::runtime::Alternatives = $told.with(
                &[$($crate::generated::runtime::alternatives::tags!($($tags)?)),*],
                |value| {
                    let fits = [$($crate::generated::runtime::fits::<
                        $crate::generated::runtime::structs::placed!($of $(, $holder)?),
                    >(value)),*];
                    fits.iter().filter(|fits| **fits).count()
                },
            );

            $($(
                #[doc = concat!(
                    "What the payload says as the alternative `", stringify!($variant), "`, where it can be read so."
                )]
                pub fn $reading(&self) -> ::std::option::Option<$of> {
                    $crate::generated::runtime::read_as(self)
                }
            )?)*
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> ::std::result::Result<Self, D::Error> {
                let mut choice = $crate::generated::runtime::Choice::of(deserializer, Self::ALTERNATIVES.property)?;
                $(choice.offer($crate::generated::runtime::alternatives::tags!($($tags)?), Self::$variant);)*
                ::std::result::Result::Ok(choice.taken(&Self::ALTERNATIVES, Self::$other))
            }
        }

        impl $crate::generated::runtime::Conformance for $name {
            fn examine<'a>(
                &'a self,
                at: &mut $crate::generated::runtime::Examiner<'a>,
                rules: &$crate::generated::runtime::Rules,
            ) {
                if at.enters(&Self::ALTERNATIVES, self, matches!(self, Self::$other(_))) {
                    match self {
                        $(Self::$variant(value) => {
                            let tags = $crate::generated::runtime::alternatives::tags!($($tags)?);
                            at.tagged(&Self::ALTERNATIVES, tags, value);
                            $crate::generated::runtime::Conformance::examine(value, at, rules);
                        })*
                        Self::$other(value) => at.unfit(&Self::ALTERNATIVES, value),
                    }
                }
                $($check(self, at);)?
            }

            fn received<'a>(
                json: &'a str,
                at: &mut $crate::generated::runtime::Examiner<'a>,
            ) {
                if Self::ALTERNATIVES.holds(json) {
                    return;
                }
                match ::serde_json::from_str(json) {
                    $(::std::result::Result::Ok(Self::$variant(_)) => {
                        <$of as $crate::generated::runtime::Conformance>::received(json, at);
                    })*
                    ::std::result::Result::Ok(Self::$other(_)) | ::std::result::Result::Err(_) => {}
                }
            }

            fn is_unread(&self) -> bool {
                match self {
                    $(Self::$variant(value) => $crate::generated::runtime::Conformance::is_unread(value),)*
                    Self::$other(value) => Self::ALTERNATIVES.leaves_unread(value),
                }
            }
        }

        $($crate::generated::runtime::alternatives::converted!($name, $variant, $of, [$($holder)?] $(, $conversion)?);)*

        #[cfg(feature = "schemars")]
        impl ::schemars::JsonSchema for $name {
            fn inline_schema() -> bool {
                $appearance.inline
            }

            fn schema_name() -> ::std::borrow::Cow<'static, str> {
                $appearance.name.into()
            }

            fn json_schema(generator: &mut ::schemars::SchemaGenerator) -> ::schemars::Schema {
                let alternatives = [$($crate::generated::runtime::alternatives::schema!(
                    generator, $crate::generated::runtime::structs::placed!($of $(, $holder)?)
                    $(, |$generator| $schema)?
                )),*];
                let said: &[::serde_json::Value] = &[$({
                    let $beside_generator = &mut *generator;
                    $beside
                })?];
                $appearance.complete(Self::ALTERNATIVES.schema(said, &alternatives))
            }
        }
    };
}

/// The tags of an alternative.
macro_rules! tags {
    () => { $crate::generated::runtime::Tags::ANY };
    ($tags:expr) => { $tags };
}

/// How a value of an alternative's type becomes one of the union.
macro_rules! converted {
    ($name:ident, $variant:ident, $of:ty, [$($holder:ident)?]) => {};
    ($name:ident, $variant:ident, $of:ty, [$($holder:ident)?], $conversion:ident) => {
        impl ::std::convert::$conversion<$of> for $name {
            type Error = $crate::generated::runtime::ValueError;

            fn try_from(value: $of) -> ::std::result::Result<Self, $crate::generated::runtime::ValueError> {
                let value = Self::$variant($(::std::boxed::$holder::new)?(value));
                $crate::generated::runtime::ValueError::of(stringify!($name)).unless(::std::option::Option::Some(value))
            }
        }
    };
}

/// The schema of an alternative: that of its type, or what the document says where that is not all that the type holds.
#[cfg(feature = "schemars")]
macro_rules! schema {
    ($generator:ident, $of:ty) => { $generator.subschema_for::<$of>().to_value() };
    ($generator:ident, $of:ty, |$given:tt| $schema:expr) => {{
        let $given = &mut *$generator;
        $schema
    }};
}

#[cfg(feature = "schemars")]
pub(crate) use schema;
pub(crate) use {converted, tags, union};
