//! How an exported function's glue goes between upstream's generated types and the user's own.
//!
//! Glue must not add type errors of its own to the one that [`check`](crate::check()) reports at the user's
//! token. So it asks for each conversion through [`Bridge`]: its own method where the conversion exists, else
//! the one of [`Disagreed`], which compiles and fails only if code is generated for it. That is after all checks.

use core::marker::PhantomData;

/// A conversion, identified by a generated marker type, between what crosses the boundary and a user's type.
pub trait Convert<User> {
    /// The type in upstream's generated code.
    type Wire;

    /// From the boundary to the user.
    fn lift(wire: Self::Wire) -> User;

    /// From the user to the boundary.
    fn lower(user: User) -> Self::Wire;
}

/// The conversion `M` for the user's type `User`, if there is one.
#[derive(Debug)]
pub struct Bridge<M, User>(PhantomData<(M, User)>);

impl<M, User> Bridge<M, User> {
    /// The only value.
    pub const NEW: Self = Self(PhantomData);
}

impl<M: Convert<User>, User> Bridge<M, User> {
    /// From the boundary to the user.
    #[inline(always)]
    pub fn lift(&self, wire: M::Wire) -> User {
        M::lift(wire)
    }

    /// From the user to the boundary.
    #[inline(always)]
    pub fn lower(&self, user: User) -> M::Wire {
        M::lower(user)
    }
}

/// Takes the place of a missing conversion.
pub trait Disagreed {
    /// The user's type.
    type User;

    /// Never compiled to code.
    fn lift<Wire>(&self, wire: Wire) -> Self::User;

    /// Never compiled to code.
    fn lower<Wire>(&self, user: Self::User) -> Wire;
}

impl<M, User> Disagreed for Bridge<M, User> {
    type User = User;

    fn lift<Wire>(&self, _: Wire) -> User {
        const { missing::<Wire>() }
    }

    fn lower<Wire>(&self, _: User) -> Wire {
        const { missing::<Wire>() }
    }
}

/// The error of a type that was not derived, once code is generated for it.
pub(crate) const fn missing<Wire>() -> ! {
    let _ = PhantomData::<Wire>;
    panic!("this type states a WIT shape but cannot be converted: use the derive instead of `impl WitType`")
}

/// Stands where the compiler cannot see that control never comes.
#[cold]
pub fn impossible() -> ! {
    #[cfg(target_family = "wasm")]
    crate::runtime::trap();
    #[cfg(not(target_family = "wasm"))]
    unreachable!("a derived type named a case that its WIT type does not have")
}
