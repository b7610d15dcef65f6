//! Types at the boundary, as upstream's generator writes them, and the way between them and a user's types.

use std::sync::Arc;

use linchpin_contract::{Primitive, Type, TypeDef, TypeKind};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::upstream::{Bindings, Side};

/// A place in a type where the user's type is not known from the WIT.
#[derive(Debug)]
pub(super) struct Leaf {
    /// The type parameter that stands for the user's type.
    pub(super) parameter: Ident,
    /// What the parameter must be.
    pub(super) bound: TokenStream,
    /// The declared type, with its path in upstream's code; none for a primitive that may be inside a newtype.
    pub(super) declared: Option<(Arc<TypeDef>, TokenStream)>,
}

/// Writes types and conversions of one item, and collects the declared types on the way.
pub(super) struct Wire<'a> {
    pub(super) bindings: &'a Bindings,
    pub(super) side: Side<'a>,
    pub(super) leaves: Vec<Leaf>,
}

/// One type: how it is written on both sides, and how a value goes across.
pub(super) struct Crossing {
    /// The type in upstream's code.
    pub(super) wire: TokenStream,
    /// The user's type, with a parameter for each declared type in it.
    pub(super) user: TokenStream,
    /// From upstream to the user, as an expression of `value`; none where it is the value itself.
    lift: Option<TokenStream>,
    /// From the user to upstream, likewise.
    lower: Option<TokenStream>,
    /// Both for a whole list, where that is cheaper than one by one.
    list: Option<[TokenStream; 2]>,
}

impl Crossing {
    /// The conversion of an expression to the user's type.
    pub(super) fn lift(&self, value: &TokenStream) -> TokenStream {
        in_place(self.lift.as_ref(), value)
    }

    /// The conversion of an expression from the user's type.
    pub(super) fn lower(&self, value: &TokenStream) -> TokenStream {
        in_place(self.lower.as_ref(), value)
    }

    fn same(ty: TokenStream) -> Self {
        Self { wire: ty.clone(), user: ty, lift: None, lower: None, list: None }
    }
}

fn in_place(conversion: Option<&TokenStream>, value: &TokenStream) -> TokenStream {
    match conversion {
        Some(conversion) => quote!({ let value = #value; #conversion }),
        None => value.clone(),
    }
}

impl Wire<'_> {
    /// The crossing of a type that may be absent.
    pub(super) fn optional(&mut self, ty: Option<&Type>) -> Crossing {
        ty.map_or_else(|| Crossing::same(quote!(())), |ty| self.crossing(ty))
    }

    /// The crossing of a type.
    pub(super) fn crossing(&mut self, ty: &Type) -> Crossing {
        match ty {
            Type::Primitive(primitive) => Crossing::same(primitive_path(*primitive)),
            Type::List(item) | Type::FixedList(item, _) => list(&self.crossing(item)),
            Type::Option(item) => {
                let wrap = |ty: &TokenStream| quote!(::core::option::Option<#ty>);
                let map = |item: TokenStream| quote!(value.map(|value| #item));
                let item = self.crossing(item);
                lift_through(&item, wrap, map)
            }
            Type::Result { ok, err } => {
                let (ok, err) = (self.optional(ok.as_deref()), self.optional(err.as_deref()));
                result(&ok, &err)
            }
            Type::Tuple(items) => {
                let items: Vec<_> = items.iter().map(|item| self.crossing(item)).collect();
                tuple(&items)
            }
            Type::Named(def) => match &def.kind {
                TypeKind::Alias(target) => match crate::alias::primitive(def) {
                    Some(primitive) => self.newtype(primitive),
                    None => self.crossing(target),
                },
                TypeKind::Record(_)
                | TypeKind::Variant(_)
                | TypeKind::Enum(_)
                | TypeKind::Flags(_)
                | TypeKind::Resource => self.named(def),
            },
            // Refused before any glue is written.
            Type::Map(..) | Type::Stream(_) | Type::Future(_) | Type::Own(_) | Type::Borrow(_) => {
                Crossing::same(quote!(::core::convert::Infallible))
            }
        }
    }

    fn named(&mut self, def: &Arc<TypeDef>) -> Crossing {
        let parameter = format_ident!("T{}", self.leaves.len());
        let path = self.bindings.type_path(def, self.side);
        let convert = quote!(<#path as ::linchpin_guest::__private::Convert<#parameter>>);
        self.leaves.push(Leaf {
            parameter: parameter.clone(),
            bound: quote!(#path: ::linchpin_guest::__private::Convert<#parameter, Wire = #path>,),
            declared: Some((Arc::clone(def), path.clone())),
        });
        Crossing {
            wire: path,
            user: quote!(#parameter),
            lift: Some(quote!(#convert::lift(value))),
            lower: Some(quote!(#convert::lower(value))),
            list: None,
        }
    }

    /// An alias of a primitive: the user has the primitive itself, or a newtype that may refuse a value.
    fn newtype(&mut self, primitive: Primitive) -> Crossing {
        let parameter = format_ident!("T{}", self.leaves.len());
        let wire = primitive_path(primitive);
        let own = quote!(<#parameter as ::linchpin_guest::WitPrimitive>);
        self.leaves.push(Leaf {
            parameter: parameter.clone(),
            bound: quote!(#parameter: ::linchpin_guest::WitPrimitive<Primitive = #wire>,),
            declared: None,
        });
        let checked = |made: TokenStream| quote!(::linchpin_guest::__private::or_trap(#made));
        Crossing {
            wire,
            user: quote!(#parameter),
            lift: Some(checked(quote!(#own::from_primitive(value)))),
            lower: Some(quote!(#own::into_primitive(value))),
            list: Some([checked(quote!(#own::from_list(value))), quote!(#own::into_list(value))]),
        }
    }
}

fn primitive_path(primitive: Primitive) -> TokenStream {
    match crate::shape::rust_name(primitive) {
        "String" => quote!(::linchpin_guest::__private::string::String),
        name => {
            let name = format_ident!("{name}");
            quote!(::core::primitive::#name)
        }
    }
}

fn list(item: &Crossing) -> Crossing {
    let wrap = |ty: &TokenStream| quote!(::linchpin_guest::__private::vec::Vec<#ty>);
    let Some([lift, lower]) = item.list.clone() else {
        return lift_through(item, wrap, |item| quote!(value.into_iter().map(|value| #item).collect()));
    };
    let (wire, user) = (wrap(&item.wire), wrap(&item.user));
    Crossing { wire, user, lift: Some(lift), lower: Some(lower), list: None }
}

fn lift_through(
    item: &Crossing,
    wrap: impl Fn(&TokenStream) -> TokenStream,
    map: impl Fn(TokenStream) -> TokenStream,
) -> Crossing {
    Crossing {
        wire: wrap(&item.wire),
        user: wrap(&item.user),
        lift: item.lift.clone().map(&map),
        lower: item.lower.clone().map(&map),
        list: None,
    }
}

fn result(ok: &Crossing, err: &Crossing) -> Crossing {
    let both = |a: &TokenStream, b: &TokenStream| quote!(::core::result::Result<#a, #b>);
    let arms = |ok: TokenStream, err: TokenStream| {
        quote! {
            match value {
                ::core::result::Result::Ok(value) => ::core::result::Result::Ok(#ok),
                ::core::result::Result::Err(value) => ::core::result::Result::Err(#err),
            }
        }
    };
    let is_same = ok.lift.is_none() && err.lift.is_none();
    let value = quote!(value);
    Crossing {
        wire: both(&ok.wire, &err.wire),
        user: both(&ok.user, &err.user),
        lift: (!is_same).then(|| arms(ok.lift(&value), err.lift(&value))),
        lower: (!is_same).then(|| arms(ok.lower(&value), err.lower(&value))),
        list: None,
    }
}

fn tuple(items: &[Crossing]) -> Crossing {
    let names: Vec<_> = (0..items.len()).map(|index| format_ident!("item{index}")).collect();
    let apart = |conversions: Vec<TokenStream>| quote!({ let (#(#names,)*) = value; (#(#conversions,)*) });
    let is_same = items.iter().all(|item| item.lift.is_none());
    let each = |convert: &dyn Fn(&Crossing, &TokenStream) -> TokenStream| {
        items.iter().zip(&names).map(|(item, name)| convert(item, &quote!(#name))).collect::<Vec<_>>()
    };
    let (wires, users) = (items.iter().map(|item| &item.wire), items.iter().map(|item| &item.user));
    Crossing {
        wire: quote!((#(#wires,)*)),
        user: quote!((#(#users,)*)),
        lift: (!is_same).then(|| apart(each(&Crossing::lift))),
        lower: (!is_same).then(|| apart(each(&Crossing::lower))),
        list: None,
    }
}
