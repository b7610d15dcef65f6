//! The typed slot: `linchpin_host::Slot` with one method for each function of the world.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use super::function::{Signature, call_ident};
use super::plan::{Plan, PlannedFunction, stem_ident};
use super::{docs, guards};

/// Method names that a function of the world cannot have, as it would hide what a slot can do.
pub(super) const TAKEN: &[&str] = &[
    "active",
    "add_guard",
    "builder",
    "call",
    "install",
    "last_known_good",
    "rollback",
    "set_fallback_constant",
    "start_problems",
    "stats",
];

/// Type names that the world's module has for itself.
pub(super) const TAKEN_TYPES: &[&str] = &["Slot"];

/// The struct with its methods.
pub(super) fn emit(plan: &Plan<'_>) -> TokenStream {
    let world = super::contract::world_name(plan.world);
    let docs = docs::attribute(&format!(
        "The place in a firmware for one module of the world `{world}`.\n\n\
         Each function of the world is a method. Installing, rolling back and counters are those of \
         [`linchpin_host::Slot`](::linchpin_host::Slot), which this derefs to."
    ));
    let methods = plan.functions.iter().map(|planned| methods(plan, planned));
    quote! {
        #docs
        #[derive(Debug)]
        pub struct Slot {
            core: ::linchpin_host::Slot,
        }

        impl Slot {
            /// Begins a slot.
            #[must_use]
            pub fn builder(engine: &::linchpin_host::Engine) -> ::linchpin_host::SlotBuilder<Self> {
                self::described();
                ::linchpin_host::Slot::builder(engine, &self::WORLD)
            }

            #(#methods)*
        }

        impl ::core::convert::From<::linchpin_host::Slot> for Slot {
            fn from(core: ::linchpin_host::Slot) -> Self {
                Self { core }
            }
        }

        impl ::core::ops::Deref for Slot {
            type Target = ::linchpin_host::Slot;

            fn deref(&self) -> &Self::Target {
                &self.core
            }
        }
    }
}

fn methods(plan: &Plan<'_>, planned: &PlannedFunction<'_>) -> TokenStream {
    let index = Literal::usize_unsuffixed(planned.index);
    let Signature { names, parameters, result } = Signature::new(plan, planned);
    let names: Vec<_> = names.into_iter().map(|(name, _)| name).collect();
    let (method, call) = (stem_ident(&planned.stem), call_ident(planned));
    let (fallback, guard) = (companion(plan, planned, "fallback"), companion(plan, planned, "guard"));
    let inputs = guards::inputs(plan, planned, &names);
    let output = guards::output(plan, planned);
    let deprecated = docs::deprecation(&planned.function.stability);
    let function = &planned.function.name;
    let docs = docs::item(
        &planned.function.docs,
        &planned.function.tags,
        &format!("Calls `{function}` on the active module."),
    );
    let fallback_docs = format!(" Sets the value that stands in for a result of `{function}`.");
    let guard_docs = format!(" Adds a check of the firmware's own that a result of `{function}` must pass.");
    quote! {
        #docs
        ///
        /// An argument outside its `@range` is not passed on: the fallback stands in, and the module is not blamed.
        /// A result outside its `@range`, or off its `@step`, is not used.
        ///
        /// # Errors
        /// When there is neither an acceptable result nor a fallback.
        #deprecated
        pub fn #method(
            &self,
            #(#parameters),*
        ) -> ::core::result::Result<::linchpin_host::Outcome<#result>, ::linchpin_host::CallError> {
            self.core.call(
                #index,
                |instance| {
                    #inputs
                    self::#call(instance, #(#names),*)
                },
                #output,
            )
        }

        #[doc = #fallback_docs]
        ///
        /// # Errors
        /// Only if the slot was opened for another world.
        pub fn #fallback(&self, value: #result) -> ::core::result::Result<(), ::linchpin_host::Error> {
            self.core.set_fallback_constant(#index, value)
        }

        #[doc = #guard_docs]
        ///
        /// # Errors
        /// Only if the slot was opened for another world.
        pub fn #guard(
            &self,
            guard: impl ::core::ops::Fn(&#result) -> ::core::result::Result<(), ::linchpin_host::GuardViolation>
                + ::core::marker::Send
                + ::core::marker::Sync
                + 'static,
        ) -> ::core::result::Result<(), ::linchpin_host::Error> {
            self.core.add_guard(#index, guard)
        }
    }
}

/// A method that belongs to a function, as `plan_guard`. It gets a mark where a function of the world has that name.
fn companion(plan: &Plan<'_>, planned: &PlannedFunction<'_>, what: &str) -> Ident {
    let mut name = format!("{}_{what}", planned.stem);
    while plan.functions.iter().any(|function| function.stem == name) {
        name.push('_');
    }
    format_ident!("{name}")
}
