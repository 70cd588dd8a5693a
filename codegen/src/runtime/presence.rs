//! Reading a property that may be absent, null or a value.

/// Reads a field of a property that may be absent and may be null: an `Option<Option<T>>`, without taking it apart twice.
///
/// The trait is implemented for these fields alone.
pub trait Presence<T>: sealed::Sealed {
    /// The value, where there is one.
    fn value(&self) -> Option<&T>;

    /// Whether the property is there and null.
    fn is_null(&self) -> bool;

    /// Whether the property is not there.
    fn is_absent(&self) -> bool;
}

impl<T> Presence<T> for Option<Option<T>> {
    fn value(&self) -> Option<&T> {
        self.as_ref()?.as_ref()
    }

    fn is_null(&self) -> bool {
        matches!(self, Some(None))
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

mod sealed {
    pub trait Sealed {}

    impl<T> Sealed for Option<Option<T>> {}
}
