//! What is expanded for each named schema.

/// The list of schemas.
#[doc(hidden)]
#[macro_export]
macro_rules! __client_schemas {
    ($($name:literal $direction:ident => $type:ty $(as $judged:ty)? $(| $null:ident)? $(, $built:ident { $($inner:tt)* })? $(, extra $extra:ty)?;)*) => {
        &[$($crate::client::Schema {
            name: $name,
            direction: $crate::client::Direction::$direction,
            rust: stringify!($type),
            decode: seam::decode::<$crate::__client_type!($type $(as $judged)? $(| $null)?)>,
            derived: || {
                use $crate::client::probe::*;
                (&Probe::<$crate::__client_type!($type $(as $judged)?)>(::std::marker::PhantomData)).schema()
            },
            example: || {
                #[allow(unused_imports, reason = "most types have an example of their own")]
                use $crate::client::probe::Unexampled;
                serde_json::to_value(<$crate::__client_type!($type $(as $judged)?)>::example()).ok().filter(|example| !example.is_null())
            },
            constructors: |text| {
                use $crate::client::probe::*;
                constructors([
                    ("FromStr", (&Probe::<$type>(::std::marker::PhantomData)).by_str(text)),
                    ("TryFrom<&str>", (&Probe::<$type>(::std::marker::PhantomData)).by_borrowed(text)),
                    ("TryFrom<String>", (&Probe::<$type>(::std::marker::PhantomData)).by_owned(text)),
                ])
            },
            built: $crate::__client_built!($type $(, $built { $($inner)* })? $(, extra $extra)?),
        }),*]
    };
}

/// The type that is judged, of a value that may be null: an alias is judged by what stands for it.
#[doc(hidden)]
#[macro_export]
macro_rules! __client_type {
    ($type:ty) => { $type };
    ($type:ty | null) => { Option<$type> };
    ($type:ty as $judged:ty) => { $judged };
    ($type:ty as $judged:ty | null) => { Option<$judged> };
}

/// How a value is built by hand.
#[doc(hidden)]
#[macro_export]
macro_rules! __client_built {
    ($type:ty) => { $crate::client::Built::Opaque };
    ($type:ty, variants { $($value:tt => $variant:ident),* $(,)? }) => {
        $crate::client::Built::Variants($crate::__client_variants!($type, $($value => $variant),*))
    };
    (
        $type:ty,
        properties { $($property:literal => $setter:ident: $held:ty $(| $null:ident)?),* $(,)? }
        $(, extra $extra:ty)?
    ) => {
        $crate::client::Built::Struct {
            setters: &[$($crate::client::Setter {
                property: $property,
                method: stringify!($setter),
                rust: stringify!($held),
            }),*],
            build: |members| {
                #[allow(unused_imports, reason = "an object may have no property")]
                use $crate::client::{Refusal, reading::held};
                let _ = members;
                let builder = <$type>::builder();
                $(let builder = match members.get($property) {
                    Some(value) => builder.$setter(
                        $crate::__client_held!($property, value, $held $(| $null)?).map_err(Refusal::Unheld)?
                    ),
                    None => builder,
                };)*
                let known: &[&str] = &[$($property),*];
                let _ = known;
                $(
                    let mut extra = ::std::collections::BTreeMap::new();
                    for (name, value) in members.iter().filter(|(name, _)| !known.contains(&name.as_str())) {
                        extra.insert(name.clone(), held::<$extra>(name, value).map_err(Refusal::Unheld)?);
                    }
                    let builder = builder.extra(extra);
                )?
                $crate::client::reading::built(<$type>::try_from(builder))
            },
            rebuild: |text| {
                let builder = seam::rebuilt::<$type, _>(<$type>::builder, text);
                let builder = builder.map_err($crate::client::Refusal::Unheld)?;
                $crate::client::reading::built(<$type>::try_from(builder))
            },
        }
    };
}

/// The variants of an enumeration.
#[doc(hidden)]
#[macro_export]
macro_rules! __client_variants {
    ($type:ty, $($value:tt => $variant:ident),*) => {
        &[$($crate::client::Variant {
            ident: stringify!($variant),
            listed: || serde_json::json!($value),
            encoded: || serde_json::to_value(<$type>::$variant).unwrap_or_default(),
        }),*]
    };
}
