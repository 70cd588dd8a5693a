//! What is expanded for each operation.

/// The list of operations.
#[doc(hidden)]
#[macro_export]
macro_rules! __client_operations {
    ($(
        $id:literal => $method:ident $builder:ident($($place:ident $name:literal => $setter:ident: $held:ty $(| $nullable:ident)?),* $(,)?)
        $(, $form:ident $media_type:literal $($typed:ident)? $(: $body:ty)? $(| $null:ident)? $({ $($part_kind:ident $part:literal => $part_setter:ident $(: $part_type:ty)? $([$($header:literal => $header_setter:ident),*])?),* $(,)? })?)?
        => $success:ident $($several:ty)? { $($succeeds:tt)* } else { $($fails:tt)* }
        $(also $also_type:literal $also_method:ident $also_shape:ident { $($also:tt)* })*
        $(in $paged:ident)?;
    )*) => {
        &[$($crate::client::Operation {
            id: $id,
            method: stringify!($method),
            builder: stringify!($builder),
            stated: || {
                let stated = builder::$builder::OPERATION;
                [stated.id, stated.method, stated.path]
            },
            security: || seam::needs(builder::$builder::SECURITY),
            parameters: &[$($crate::client::Parameter {
                place: $crate::client::Place::$place,
                name: $name,
                setter: stringify!($setter),
                rust: stringify!($held),
            }),*],
            body: {
                #[allow(unused_imports, reason = "not every body has parts")]
                use $crate::client::{Body, Form, PartKind};
                let given: &[Option<Body>] = &[
                    $(Some(Body {
                        media_type: $media_type,
                        form: $crate::__client_form!($form $({ $($part_kind $part),* })?),
                    }),)?
                    None,
                ];
                match given {
                    [Some(Body { media_type, form }), ..] => Some(Body { media_type, form: *form }),
                    _ => None,
                }
            },
            successes: $crate::__client_responses!($success { $($succeeds)* }),
            failures: $crate::__client_responses!(else { $($fails)* }),
            alternates: &[$($crate::client::Alternate {
                media_type: $also_type,
                method: stringify!($also_method),
                successes: $crate::__client_responses!($also_shape { $($also)* }),
            }),*],
            paged: { let given: &[&str] = &[$(stringify!($paged))?]; !given.is_empty() },
            call: |connected, arguments| {
                let client = seam::client(connected);
                Box::pin(async move {
                    use $crate::client::{Called, Kind, probe::*};
                    #[allow(unused_imports, reason = "not every call has arguments")]
                    use $crate::client::{Payload, Place, reading::{self, held}};
                    let Some(client) = client else { return Called::without_response(Kind::NoClient, None) };
                    let _ = &arguments;
                    let request = client.$method();
                    $(let request = match arguments.get(Place::$place, $name) {
                        Some(value) => match $crate::__client_held!($name, value, $held $(| $nullable)?) {
                            Ok(value) => request.$setter(value),
                            Err(fault) => return reading::unheld(fault),
                        },
                        None => request,
                    };)*
                    $(let request = $crate::__client_body!(request, arguments, $form $(: $body)? $(| $null)? $({ $($part_kind $part => $part_setter $(: $part_type)? $([$($header_setter),*])?),* })?);)?
                    // Of a range of media types, the call is told one.
                    $($(let request = request.$typed($crate::request::one_of_range($media_type));)?)?
                    let text = (&Shown(&client)).printed();
                    $(if let Some(wanted) = arguments.paged {
                        return $crate::__client_paged!($paged, text, request, wanted);
                    })?
                    $crate::__client_calls!(
                        text, request, arguments,
                        { $($fails)* },
                        ($success $($several)? { $($succeeds)* })
                        $(, $also_type $also_method ($also_shape { $($also)* }))*
                    )
                })
            },
        }),*]
    };
}

/// Sends a call, by the method for the media type that is asked for.
#[doc(hidden)]
#[macro_export]
macro_rules! __client_calls {
    (
        $text:ident, $request:ident, $arguments:ident, $failure:tt, $success:tt
        $(, $type:literal $method:ident $also:tt)*
    ) => {{
        $(if $arguments.accept == Some($type) {
            return $crate::__client_outcome!($text, $request.$method(), $also, $failure);
        })*
        $crate::__client_outcome!($text, $request.send(), $success, $failure)
    }};
}

/// Asks for the pages of a call, up to the first error.
#[doc(hidden)]
#[macro_export]
macro_rules! __client_paged {
    (pages, $text:ident, $request:ident, $wanted:ident) => {{
        let (mut text, mut given) = ($text, Vec::new());
        let mut pages = runtime::Pages::of($request);
        if let Some(most) = $wanted.most {
            pages = pages.max_pages(most);
        }
        let error = if $wanted.items {
            let mut items = pages.items();
            loop {
                match items.next().await {
                    Some(Ok(item)) => given.push(reading::item(&item)),
                    Some(Err(error)) => break Some(error),
                    None => break None,
                }
            }
        } else {
            loop {
                match pages.next().await {
                    Some(Ok(page)) => given.push(reading::item(&page.into_inner())),
                    Some(Err(error)) => break Some(error),
                    None => break None,
                }
            }
        };
        let mut called = Called::default();
        if let Some(error) = error {
            text.push_str(&(&Shown(&error)).printed());
            (called, _) = seam::failed(error);
        }
        called.content = $crate::client::Content::Items(given);
        called.printed = text;
        called
    }};
}

/// What became of a call that is sent.
#[doc(hidden)]
#[macro_export]
macro_rules! __client_outcome {
    ($text:ident, $sent:expr, ($($success:tt)*), $failure:tt) => {{
        let mut text = $text;
        let mut called;
        match $sent.await {
            Ok(response) => {
                text.push_str(&(&Shown(&response)).printed());
                called = seam::succeeded(&response);
                let value = response.into_inner();
                $crate::__client_content!(called, value, $($success)*);
            }
            Err(error) => {
                text.push_str(&(&Shown(&error)).printed());
                text.push_str(&(&Shown(&error)).causes());
                let value;
                (called, value) = seam::failed(error);
                if let Some(value) = value {
                    $crate::__client_failure!(called, value, $failure);
                }
            }
        }
        called.printed = text;
        called
    }};
}

/// What a caller gets for an error: the value of the type that the line names for the status.
#[doc(hidden)]
#[macro_export]
macro_rules! __client_failure {
    ($called:ident, $value:ident, { $($status:literal $($media_type:literal $shape:ident $error:ty)?),* $(,)? }) => {
        let _stated = reading::stated(&[$($status),*], &$called);
        let mut _value = Some($value);
        $($(if _stated == Some($status)
            && let Some(value) = _value.take()
        {
            match value.into_value::<$error>() {
                Ok(value) => { $crate::__client_content!($called, value, $shape {}); }
                Err(_) => $called.fault = Some(reading::unlocated(format!("no `{}`", stringify!($error)))),
            }
        })?)*
    };
}

/// What a call takes for a body.
#[doc(hidden)]
#[macro_export]
macro_rules! __client_form {
    (Parts { $($kind:ident $part:literal),* }) => { Form::Parts(&[$(($part, PartKind::$kind)),*]) };
    ($form:ident) => { Form::$form };
}

/// Gives a body to a call, where there is one.
#[doc(hidden)]
#[macro_export]
macro_rules! __client_body {
    (@ $request:ident, $arguments:ident, $given:pat => $body:expr) => {
        match $arguments.body {
            Some($given) => match $body {
                Ok(body) => $request.body(body),
                Err(fault) => return reading::unheld(fault),
            },
            Some(_) => return reading::other_body(),
            None => $request,
        }
    };
    ($request:ident, $arguments:ident, Value: $body:ty $(| $null:ident)?) => {
        $crate::__client_body!(@ $request, $arguments,
            Payload::Value(value) => $crate::__client_held!("body", &value, $body $(| $null)?))
    };
    ($request:ident, $arguments:ident, Bytes) => {
        $crate::__client_body!(@ $request, $arguments, Payload::Bytes(bytes) => Ok(bytes))
    };
    ($request:ident, $arguments:ident, Parts: $body:ty {
        $($kind:ident $part:literal => $setter:ident $(: $type:ty)? $([$($header:ident),*])?),*
    }) => {
        $crate::__client_body!(@ $request, $arguments, Payload::Parts(_given) => {
            let parts = <$body>::new();
            $(
                let parts = $crate::__client_part!(parts, _given, $kind $part => $setter $(: $type)?);
                $($(let parts = match _given.iter().any(|(known, _)| known == $part) {
                    true => parts.$header($crate::request::PART_HEADER),
                    false => parts,
                };)*)?
            )*
            Ok(parts)
        })
    };
}

/// What a setter takes. Where null is told from none, it takes what the builder's field holds.
#[doc(hidden)]
#[macro_export]
macro_rules! __client_held {
    ($name:expr, $value:expr, $held:ty) => {
        held::<$held>($name, $value)
    };
    ($name:expr, $value:expr, $held:ty | null) => {
        held::<Option<$held>>($name, $value).map(Some)
    };
}

/// Gives a part to a body, where there is one.
#[doc(hidden)]
#[macro_export]
macro_rules! __client_part {
    ($parts:ident, $given:ident, Value $part:literal => $setter:ident: $type:ty) => {
        match reading::value_of(&$given, $part) {
            Some(value) => match held::<$type>($part, value) {
                Ok(value) => $parts.$setter(value),
                Err(fault) => return reading::unheld(fault),
            },
            None => $parts,
        }
    };
    ($parts:ident, $given:ident, File $part:literal => $setter:ident) => {
        match $crate::__client_files!($given, $part).next() {
            Some(file) => $parts.$setter(file),
            None => $parts,
        }
    };
    ($parts:ident, $given:ident, Files $part:literal => $setter:ident) => {
        $parts.$setter($crate::__client_files!($given, $part))
    };
}

/// The files that a body is given for a part.
#[doc(hidden)]
#[macro_export]
macro_rules! __client_files {
    ($given:ident, $part:literal) => {
        reading::files_of(&$given, $part)
            .map(|(name, media_type, bytes)| (runtime::File::new(name, bytes.to_vec()), media_type))
            .map(|(file, media_type)| if media_type.is_empty() { file } else { file.media_type(media_type) })
    };
}

/// The responses that a line lists.
#[doc(hidden)]
#[macro_export]
macro_rules! __client_responses {
    (Several { $($status:literal $($variant:ident $shape:ident)? $($media_type:literal)?),* $(,)? }) => {
        &[$($crate::client::Response {
            status: $status,
            media_type: { let given: &[Option<&str>] = &[$(Some($media_type),)? None]; given[0] },
            shape: { let given: &[$crate::client::Shape] = &[$($crate::client::Shape::$shape,)? $crate::client::Shape::None]; given[0] },
        }),*]
    };
    (else { $($status:literal $($media_type:literal $shape:ident $error:ty)?),* $(,)? }) => {
        &[$($crate::client::Response {
            status: $status,
            media_type: { let given: &[Option<&str>] = &[$(Some($media_type),)? None]; given[0] },
            shape: { let given: &[$crate::client::Shape] = &[$($crate::client::Shape::$shape,)? $crate::client::Shape::None]; given[0] },
        }),*]
    };
    ($shape:ident { $($status:literal $($media_type:literal)?),* $(,)? }) => {
        &[$($crate::client::Response {
            status: $status,
            media_type: { let given: &[Option<&str>] = &[$(Some($media_type),)? None]; given[0] },
            shape: $crate::client::Shape::$shape,
        }),*]
    };
}

/// What a caller gets for a body.
#[doc(hidden)]
#[macro_export]
macro_rules! __client_content {
    ($called:ident, $value:ident, One { $($rest:tt)* }) => {
        $called.content = reading::encoded(&$value);
    };
    ($called:ident, $value:ident, None { $($rest:tt)* }) => {
        let () = $value;
    };
    ($called:ident, $value:ident, Bytes { $($rest:tt)* }) => {
        $called.content = $crate::client::Content::Bytes($value.to_vec());
    };
    ($called:ident, $value:ident, Stream { $($rest:tt)* }) => {
        reading::collected($value.into_inner(), &mut $called).await;
    };
    ($called:ident, $value:ident, Events { $($rest:tt)* }) => {
        $crate::__client_items!($called, $value, event => reading::event(
            &event.name, &event.data, event.id.as_deref(), event.retry
        ));
    };
    ($called:ident, $value:ident, Items { $($rest:tt)* }) => {
        $crate::__client_items!($called, $value, item => reading::item(&item));
    };
    ($called:ident, $value:ident, Several $type:ty { $($status:literal $($variant:ident $shape:ident)? $($media_type:literal)?),* $(,)? }) => {
        $crate::__client_several!($called, $value, $type, $($($status $variant $shape;)?)*);
    };
}

/// All that a stream gives, up to its first error.
#[doc(hidden)]
#[macro_export]
macro_rules! __client_items {
    ($called:ident, $value:ident, $item:ident => $read:expr) => {
        let mut stream = $value;
        let mut items = Vec::new();
        while let Some(next) = stream.next().await {
            match next {
                Ok($item) => items.push($read),
                Err(error) => {
                    $called.kind = match &error {
                        runtime::StreamError::TooLarge(_) => Kind::TooLarge,
                        runtime::StreamError::Item(..) => Kind::Body,
                        runtime::StreamError::Nonconforming(..) => Kind::Nonconforming,
                        _ => Kind::Interrupted,
                    };
                    $called.fault = Some(reading::unlocated(error.to_string()));
                    break;
                }
            }
        }
        // Of a stream the client keeps no bytes.
        $called.raw = None;
        $called.content = $crate::client::Content::Items(items);
    };
}

/// What a caller gets for a body whose type has a variant for each status.
#[doc(hidden)]
#[macro_export]
macro_rules! __client_several {
    ($called:ident, $value:ident, $type:ty, $($status:literal $variant:ident $shape:ident;)*) => {{
        type Several = $type;
        #[allow(unused_mut, reason = "only a stream is changed")]
        let mut several = $value;
        $($crate::__client_variant!($called, several, $status $variant $shape);)*
    }};
}

/// What a caller gets for a body of one of the statuses.
#[doc(hidden)]
#[macro_export]
macro_rules! __client_variant {
    ($called:ident, $value:ident, $status:literal $variant:ident None) => {
        if let Several::$variant = &$value {
            $called.variant = Some($status);
        }
    };
    ($called:ident, $value:ident, $status:literal $variant:ident $shape:ident) => {
        if let Several::$variant(value) = &mut $value {
            $called.variant = Some($status);
            $crate::__client_content!($called, value, $shape {});
        }
    };
}
