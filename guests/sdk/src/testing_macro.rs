//! What the derives and `export` leave for tests: nothing without the feature `testing`.
//!
//! It is a macro of this crate that decides, since a `cfg` in generated code would ask for a feature of the guest's.

/// Implementations of `Bytes` and `Exports`. Not for use by hand, and not stable.
#[cfg(feature = "testing")]
#[doc(hidden)]
#[macro_export]
macro_rules! __testing {
    (record $ty:ident $($part:ident: $part_ty:ty),*) => {
        $crate::__testing! { @ $ty
            |from| ::core::option::Option::Some(<$ty as $crate::WitRecord>::from_parts((
                $({ let $part = $crate::testing::Part::<$part_ty>::NEW.read(from)?; $part },)*
            ))),
            |value, to| {
                let ($($part,)*) = <$ty as $crate::WitRecord>::parts(value);
                $($crate::testing::Part::<$part_ty>::NEW.write($part, to);)*
            }
        }
    };
    (enumeration $ty:ident) => {
        $crate::__testing! { @ $ty
            |from| <$ty as $crate::WitEnum>::from_index($crate::testing::Bytes::read(from)?),
            |value, to| $crate::testing::Bytes::write(&<$ty as $crate::WitEnum>::index(value), to)
        }
    };
    (flags $ty:ident) => {
        $crate::__testing! { @ $ty
            |from| ::core::option::Option::Some(
                <$ty as $crate::WitFlags>::from_bits($crate::testing::Bytes::read(from)?)
            ),
            |value, to| $crate::testing::Bytes::write(&<$ty as $crate::WitFlags>::to_bits(value), to)
        }
    };
    (variant $ty:ident $($case:literal: $payload:ty),*) => {
        $crate::__testing! { @ $ty
            |from| match <u32 as $crate::testing::Bytes>::read(from)? {
                $($case => ::core::option::Option::Some(<$ty as $crate::WitCase<$case>>::from_payload(
                    $crate::testing::Part::<$payload>::NEW.read(from)?
                )),)*
                _ => ::core::option::Option::None,
            },
            |value, to| {
                $crate::testing::Bytes::write(&<$ty as $crate::WitVariant>::index(value), to);
                $(if let ::core::option::Option::Some(payload) = <$ty as $crate::WitCase<$case>>::payload(value) {
                    $crate::testing::Part::<$payload>::NEW.write(payload, to);
                })*
            }
        }
    };
    (alias $ty:ident) => {
        $crate::__testing! { @ $ty
            |from| <$ty as $crate::WitPrimitive>::from_primitive($crate::testing::Bytes::read(from)?).ok(),
            |value, to| $crate::testing::Bytes::write(<$ty as $crate::WitPrimitive>::as_primitive(value), to)
        }
    };
    (@ $ty:ident |$from:pat_param| $read:expr, |$value:pat_param, $to:pat_param| $write:expr) => {
        #[automatically_derived]
        impl $crate::testing::Bytes for $ty {
            fn read($from: &mut $crate::testing::Reader<'_>) -> ::core::option::Option<Self> {
                #[allow(unused_imports, reason = "needed beside an error only")]
                use $crate::testing::NoBytes as _;
                $read
            }

            fn write(&self, $to: &mut $crate::__private::vec::Vec<u8>) {
                #[allow(unused_imports, reason = "needed beside an error only")]
                use $crate::testing::NoBytes as _;
                let $value = self;
                $write
            }
        }
    };
    (exports $ty:ty, $world:literal, $wit:literal, $(
        $name:literal = $function:expr, ($($argument:ident: $argument_ty:ty),*);
    )*) => {
        #[automatically_derived]
        impl $crate::testing::Exports for $ty {
            const FOLDER: &'static str = ::core::env!("CARGO_MANIFEST_DIR");
            const PACKAGE: &'static str = ::core::env!("CARGO_PKG_NAME");
            const WIT: &'static str = $wit;
            const WORLD: &'static str = $world;
            const FUNCTIONS: &'static [$crate::testing::Function] = &[$($crate::testing::Function {
                name: $name,
                call: |bytes| {
                    #[allow(unused_imports, reason = "needed beside an error only")]
                    use $crate::testing::NoBytes as _;
                    let from = &mut $crate::testing::Reader::new(bytes);
                    $(let $argument = $crate::testing::Part::<$argument_ty>::NEW.read(from)?;)*
                    if !from.is_empty() {
                        return ::core::option::Option::None;
                    }
                    let mut to = $crate::__private::vec::Vec::new();
                    let result = $function($($argument),*);
                    $crate::testing::Part::of(&result).write(&result, &mut to);
                    ::core::option::Option::Some(to)
                },
            }),*];
        }
    };
}

/// Nothing: this crate is not being tested with.
#[cfg(not(feature = "testing"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __testing {
    ($($token:tt)*) => {};
}

/// Nothing, whatever the features: a device's own types are no guest's.
#[doc(hidden)]
#[macro_export]
macro_rules! __untested {
    ($($token:tt)*) => {};
}
