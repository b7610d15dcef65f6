//! The canonical ABI from the caller's side, as Rust tokens.
//!
//! Upstream walks the types and says which instruction comes next; each family of instructions has its file here.
//! Values of the firmware are borrowed, core values are `u32`, `u64`, `f32` and `f64`, and an address is a *window*:
//! a reference to as many bytes as the value at it takes, checked once.

mod aggregates;
mod calls;
mod lists;
mod memory;
mod scalars;
mod variants;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};
use wit_bindgen_core::abi::{AbiVariant, Bindgen, Instruction, LiftLower};
use wit_bindgen_core::wit_parser::{Alignment, ArchitectureSize, Resolve, SizeAlign, Type};

use super::plan::{Plan, PlannedFunction};
use super::rust_type::Passing;

/// The body of a call: everything between the parameters and `Ok(value)`.
pub(super) fn call(
    plan: &Plan<'_>,
    planned: &PlannedFunction<'_>,
    names: &[(Ident, Passing)],
) -> TokenStream {
    let Some(function) = plan.abi.functions.get(planned.index) else { return TokenStream::new() };
    let params = names
        .iter()
        .map(|(name, passing)| match passing {
            Passing::Value => Operand::Value(quote!(#name)),
            Passing::Reference => Operand::Borrowed(quote!(#name)),
        })
        .collect();
    let mut generator = Generator {
        plan,
        index: Literal::usize_suffixed(planned.index),
        result: function.result,
        params,
        statements: Vec::new(),
        open: Vec::new(),
        finished: Vec::new(),
        next: 0,
    };
    wit_bindgen_core::abi::call(
        &plan.abi.resolve,
        AbiVariant::GuestExport,
        LiftLower::LowerArgsLiftResults,
        function,
        &mut generator,
        false,
    );
    let statements = generator.statements;
    quote! {
        let cx = &mut abi::Lower::new(instance);
        #(#statements)*
    }
}

/// What upstream's stack holds.
#[derive(Debug, Clone)]
enum Operand {
    /// A reference to a value of the firmware.
    Borrowed(TokenStream),
    /// A core value, a lifted value, or a value of the firmware that is passed as it is.
    Value(TokenStream),
    /// An address: the name of a window that begins there.
    Window(Ident),
    /// The address of indirect parameters: written to `window` first, then copied to the guest's `address`.
    Area { window: Ident, address: Ident, align: usize },
}

impl Operand {
    /// The value itself.
    fn value(&self) -> TokenStream {
        match self {
            Self::Borrowed(tokens) => quote!(*#tokens),
            Self::Value(tokens) => tokens.clone(),
            Self::Window(window) | Self::Area { window, .. } => quote!(#window),
        }
    }

    /// A reference to the value.
    fn reference(&self) -> TokenStream {
        match self {
            Self::Borrowed(tokens) => tokens.clone(),
            Self::Value(tokens) => quote!(&#tokens),
            Self::Window(window) | Self::Area { window, .. } => quote!(#window),
        }
    }
}

/// A block that upstream is inside of: the body of a list, or one case of a variant.
struct Open {
    /// Tells its names from those of other blocks.
    number: usize,
    /// The statements of the block around it.
    outer: Vec<TokenStream>,
}

/// A block that was finished, for the instruction that uses it.
struct Block {
    number: usize,
    statements: Vec<TokenStream>,
    results: Vec<Operand>,
}

impl Block {
    /// The block as an expression: its statements, then its results.
    fn expression(&self) -> TokenStream {
        let statements = &self.statements;
        let results = self.results.iter().map(Operand::value).collect::<Vec<_>>();
        match (statements.as_slice(), results.as_slice()) {
            ([], [one]) => quote!(#one),
            (_, [one]) => quote!({ #(#statements)* #one }),
            (_, []) => quote!({ #(#statements)* }),
            ([], _) => quote!((#(#results),*)),
            (_, _) => quote!({ #(#statements)* (#(#results),*) }),
        }
    }
}

/// Collects the tokens of one call.
struct Generator<'p, 'w> {
    plan: &'p Plan<'w>,
    index: Literal,
    result: Option<Type>,
    params: Vec<Operand>,
    statements: Vec<TokenStream>,
    open: Vec<Open>,
    finished: Vec<Block>,
    next: usize,
}

impl Generator<'_, '_> {
    /// A new local.
    fn local(&mut self, stem: &str) -> Ident {
        self.next += 1;
        format_ident!("{stem}{}", self.next)
    }

    /// A name of the block that upstream is inside of.
    fn block_local(&self, stem: &str) -> Ident {
        format_ident!("{stem}{}", self.open.last().map_or(0, |open| open.number))
    }

    /// Binds the last `count` finished blocks.
    fn blocks(&mut self, count: usize) -> Vec<Block> {
        self.finished.split_off(self.finished.len().saturating_sub(count))
    }

    /// The path of the declared type behind an id.
    fn path(&self, id: wit_bindgen_core::wit_parser::TypeId) -> TokenStream {
        let def = self.plan.abi.declared(id);
        def.map(|def| super::rust_type::path(self.plan, def, super::rust_type::From::World))
            .unwrap_or_default()
    }

    /// Whether the declared type behind an id is the firmware's own, so that only traits reach its parts.
    fn is_own(&self, id: wit_bindgen_core::wit_parser::TypeId) -> bool {
        self.plan.abi.declared(id).is_some_and(|def| self.plan.own(def).is_some())
    }
}

impl Bindgen for Generator<'_, '_> {
    type Operand = Operand;

    /// Each family takes its instructions; one that no family takes is outside the pure subset, which
    /// `Arguments::world` let nothing of through.
    fn emit(
        &mut self,
        _: &Resolve,
        instruction: &Instruction<'_>,
        operands: &mut Vec<Operand>,
        results: &mut Vec<Operand>,
    ) {
        let taken = scalars::emit(instruction, operands, results, self.plan.has_own())
            || memory::emit(instruction, operands, results, self)
            || lists::emit(self, instruction, operands, results)
            || aggregates::emit(self, instruction, operands, results)
            || variants::emit(self, instruction, operands, results)
            || calls::emit(self, instruction, operands, results);
        debug_assert!(taken, "an instruction outside the pure subset");
    }

    fn return_pointer(&mut self, _: ArchitectureSize, _: Alignment) -> Operand {
        // Only asked for by callers that are guests themselves.
        Operand::Value(TokenStream::new())
    }

    fn push_block(&mut self) {
        self.next += 1;
        self.open.push(Open { number: self.next, outer: std::mem::take(&mut self.statements) });
    }

    fn finish_block(&mut self, operands: &mut Vec<Operand>) {
        let Some(open) = self.open.pop() else { return };
        let statements = std::mem::replace(&mut self.statements, open.outer);
        self.finished.push(Block { number: open.number, statements, results: std::mem::take(operands) });
    }

    fn sizes(&self) -> &SizeAlign {
        &self.plan.abi.sizes
    }

    fn is_list_canonical(&self, _: &Resolve, element: &Type) -> bool {
        match element {
            Type::U8
            | Type::U16
            | Type::U32
            | Type::U64
            | Type::S8
            | Type::S16
            | Type::S32
            | Type::S64
            | Type::F32
            | Type::F64 => true,
            // Not every bit pattern is one of these.
            Type::Bool | Type::Char => false,
            Type::String | Type::ErrorContext | Type::Id(_) => false,
        }
    }
}
