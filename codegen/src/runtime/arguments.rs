//! Operations: what their builders hold before anything is given, and the setters of their arguments, from one list of these.

/// Declares the builder of an operation. Of each argument: its documentation, the rules of its place, and how it is held; behind the
/// declaration, what the operation is called, requires of its callers and gives.
macro_rules! operation {
    (
        $(#[$meta:meta])*
        pub struct $name:ident { $(
            $(#[doc = $doc:literal])*
            $(#[deprecated $($deprecated:tt)*])?
            $(#[within($rules:expr)])?
            $(#[range($($range:literal),*)])?
            $field:ident: $held:ident<$of:ty $(, $builder:ty)? $(,)?>
        ),* $(,)? }
        $(call $($call:tt)*)?
    ) => {
        $(#[$meta])*
        pub struct $name<'a> {
            client: &'a super::Client,
            call_options: $crate::generated::runtime::CallOptions,
            $($field: ::std::result::Result<
                $crate::generated::runtime::argument_type!($held<$of $(, $builder)?>),
                ::std::string::String,
            >,)*
        }

        impl<'a> $name<'a> {
            /// Creates a builder without arguments.
            pub fn new(client: &'a super::Client) -> Self {
                Self {
                    client,
                    call_options: ::std::default::Default::default(),
                    $($field: $crate::generated::runtime::argument_unset!($held $field $($($range),*)?),)*
                }
            }

            $($crate::generated::runtime::argument!(
                { $(#[doc = $doc])* $(#[deprecated $($deprecated)*])? }
                $field: $held<$of $(, $builder)?> { $($rules)? } { $($($range),*)? }
            );)*
        }

        $($crate::generated::runtime::call!($name $($call)*);)?
    };
}

/// What a builder holds of an argument that is given.
macro_rules! argument_type {
    (Required<$of:ty>) => { $of };
    (Unchecked<$of:ty>) => { $of };
    (MediaType<$of:ty>) => { $of };
    (Body<$of:ty, $builder:ty>) => { $builder };
    (OptionalBody<$of:ty, $builder:ty>) => { ::std::option::Option<$builder> };
    (Nullable<$of:ty>) => { ::std::option::Option<::std::option::Option<$of>> };
    (RequiredNullable<$of:ty>) => { ::std::option::Option<::std::option::Option<$of>> };
    ($optional:ident<$of:ty>) => { ::std::option::Option<$of> };
}

/// What a builder holds of an argument before it is given. One that is required may be left out of the request all the same, as
/// where it is null.
macro_rules! argument_unset {
    (Body $field:ident) => { Ok(::std::default::Default::default()) };
    (MediaType $field:ident $range:literal, $usual:literal) => { Ok($usual.to_owned()) };
    (Required $field:ident) => { Err(concat!(stringify!($field), " is missing").to_owned()) };
    (Unchecked $field:ident) => { $crate::generated::runtime::argument_unset!(Required $field) };
    (MediaType $field:ident $range:literal) => { $crate::generated::runtime::argument_unset!(Required $field) };
    (RequiredOptional $field:ident) => { $crate::generated::runtime::argument_unset!(Required $field) };
    (RequiredNullable $field:ident) => { $crate::generated::runtime::argument_unset!(Required $field) };
    (RequiredAnything $field:ident) => { $crate::generated::runtime::argument_unset!(Required $field) };
    ($optional:ident $field:ident) => { Ok(None) };
}

/// The setter of an argument.
macro_rules! argument {
    ({ $($docs:tt)* } $field:ident: Required<$of:ty> $rules:tt $range:tt) => {
        $crate::generated::runtime::argument!({ $($docs)* } $field, [] IntoValue<$of>, required, $rules);
    };
    ({ $($docs:tt)* } $field:ident: Optional<$of:ty> $rules:tt $range:tt) => {
        $crate::generated::runtime::argument!({ $($docs)* } $field, [Given] IntoOptional<$of>, optional, $rules);
    };
    ({ $($docs:tt)* } $field:ident: RequiredOptional<$of:ty> $rules:tt $range:tt) => {
        $crate::generated::runtime::argument!({ $($docs)* } $field, [Given] IntoOptional<$of>, optional, $rules);
    };
    ({ $($docs:tt)* } $field:ident: Nullable<$of:ty> $rules:tt $range:tt) => {
        $crate::generated::runtime::argument!({ $($docs)* } $field, [Given] IntoNullable<$of>, nullable, $rules);
    };
    ({ $($docs:tt)* } $field:ident: RequiredNullable<$of:ty> $rules:tt $range:tt) => {
        $crate::generated::runtime::argument!({ $($docs)* } $field, [Given] IntoNullable<$of>, nullable, $rules);
    };
    ({ $($docs:tt)* } $field:ident: Anything<$of:ty> $rules:tt $range:tt) => {
        $crate::generated::runtime::argument!(
            { $($docs)* } $field, [] IntoValue<::std::option::Option<$of>>, required, $rules
        );
    };
    ({ $($docs:tt)* } $field:ident: RequiredAnything<$of:ty> $rules:tt $range:tt) => {
        $crate::generated::runtime::argument!(
            { $($docs)* } $field, [] IntoValue<::std::option::Option<$of>>, required, $rules
        );
    };
    ({ $($docs:tt)* } $field:ident: Unchecked<$of:ty> $rules:tt $range:tt) => {
        $($docs)*
        pub fn $field(mut self, value: impl $crate::generated::runtime::IntoValue<$of>) -> Self {
            self.$field = $crate::generated::runtime::required(stringify!($field), value);
            self
        }
    };
    ({ $($docs:tt)* } $field:ident: OptionalUnchecked<$of:ty> $rules:tt $range:tt) => {
        $($docs)*
        pub fn $field<Given>(mut self, value: impl $crate::generated::runtime::IntoOptional<$of, Given>) -> Self {
            self.$field = $crate::generated::runtime::optional(stringify!($field), value);
            self
        }
    };
    ({ $($docs:tt)* } $field:ident: MediaType<$of:ty> $rules:tt { $range:literal $($usual:tt)* }) => {
        $($docs)*
        pub fn $field(mut self, value: impl ::std::convert::Into<$of>) -> Self {
            self.$field = $crate::generated::runtime::media_type_within($range, value.into());
            self
        }
    };
    // A struct is held against the document when its builder builds it.
    ({ $($docs:tt)* } $field:ident: Body<$of:ty, $builder:ty> $rules:tt $range:tt) => {
        /// Sets the request's body.
        pub fn $field(mut self, value: impl $crate::generated::runtime::IntoValue<$of>) -> Self {
            self.$field = $crate::generated::runtime::required(stringify!($field), value).map(::std::convert::From::from);
            self
        }

        /// Changes the builder of the request's body.
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: ::std::ops::FnOnce($builder) -> $builder,
        {
            self.$field = self.$field.map(f);
            self
        }
    };
    // A body that may be left out is sent once it is changed.
    ({ $($docs:tt)* } $field:ident: OptionalBody<$of:ty, $builder:ty> $rules:tt $range:tt) => {
        /// Sets the request's body.
        pub fn $field<Given>(mut self, value: impl $crate::generated::runtime::IntoOptional<$of, Given>) -> Self {
            let body = $crate::generated::runtime::optional(stringify!($field), value);
            self.$field = body.map(|body| body.map(::std::convert::From::from));
            self
        }

        /// Changes the builder of the request's body.
        pub fn body_map(mut self, change: impl ::std::ops::FnOnce($builder) -> $builder) -> Self {
            self.$field = self.$field.map(|body| Some(change(body.unwrap_or_default())));
            self
        }
    };
    // A value is held against what the document says of its place, and of its type.
    (
        { $($docs:tt)* } $field:ident, [$($given:ident)?] $taken:ident<$of:ty>, $read:ident, { $($rules:expr)? }
    ) => {
        $($docs)*
        pub fn $field<$($given)?>(mut self, value: impl $crate::generated::runtime::$taken<$of $(, $given)?>) -> Self {
            let rules = [$($rules,)? $crate::generated::runtime::Rules::NONE];
            let value = $crate::generated::runtime::$read(stringify!($field), value);
            self.$field = value.and_then(|value| $crate::generated::runtime::within(stringify!($field), value, &rules[0]));
            self
        }
    };
}

/// The server of an operation that has one of its own, unless the client was pointed elsewhere than to the API's.
macro_rules! server {
    ($client:ident, $own:literal) => {
        if $client.baseurl == super::DEFAULT_BASE_URL { $own } else { $client.baseurl.as_str() }
    };
}

/// The example of an operation's page: lines of code, in a hidden function of these arguments. Only the compiler knows the name of the
/// crate, which the reader of a page does not need.
macro_rules! call_example {
    ($arguments:literal, $($line:literal),*) => {
        concat!(
            "\n# Example\n\n```no_run\n# use ",
            env!("CARGO_CRATE_NAME"),
            "::{Client, reqwest, runtime, types};\n# async fn example(",
            $arguments,
            ") -> Result<(), Box<dyn std::error::Error>> {\n",
            $($line,)*
            "# Ok(())\n# }\n```"
        )
    };
}

pub(crate) use {argument, argument_type, argument_unset, call_example, operation, server};
