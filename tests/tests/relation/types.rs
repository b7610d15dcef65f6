//! Functions over every value type, and functions that differ from them a little.

use std::sync::Arc;

use linchpin_contract::{
    Case, Field, Function, FunctionKind, InterfaceId, Label, Owner, Param, Primitive, Stability, Tags, Type,
    TypeDef, TypeKind,
};
use proptest::prelude::{BoxedStrategy, Just, Strategy, any, prop_oneof};
use proptest::{collection, option};

/// In order of width, so that a neighbour is often wider.
const PRIMITIVES: [Primitive; 8] = [
    Primitive::U8,
    Primitive::U16,
    Primitive::U32,
    Primitive::U64,
    Primitive::S64,
    Primitive::F32,
    Primitive::F64,
    Primitive::String,
];
const NAMES: [&str; 6] = ["a", "b", "c", "d", "e", "g"];

pub(crate) fn function() -> impl Strategy<Value = Function> {
    let params = collection::vec(ty(), 0..4);
    (params, option::of(ty()), any::<bool>()).prop_map(|(params, result, asynchronous)| Function {
        name: "f".to_owned(),
        params: named(params).map(|(name, ty)| Param { name, ty, place: None }).collect(),
        result,
        kind: if asynchronous { FunctionKind::Async } else { FunctionKind::Plain },
        docs: String::new(),
        tags: Tags::default(),
        stability: Stability::Unknown,
        place: None,
    })
}

fn named<T>(items: Vec<T>) -> impl Iterator<Item = (String, T)> {
    NAMES.iter().map(|name| (*name).to_owned()).zip(items)
}

fn ty() -> BoxedStrategy<Type> {
    let leaf = prop_oneof![
        (0..PRIMITIVES.len()).prop_map(|index| Type::Primitive(PRIMITIVES[index])),
        (1..4_usize).prop_map(|count| def(TypeKind::Enum(labels(count)))),
        (1..4_usize).prop_map(|count| def(TypeKind::Flags(labels(count)))),
    ];
    leaf.prop_recursive(3, 16, 3, |inner| {
        let boxed = || inner.clone().prop_map(Box::new);
        prop_oneof![
            boxed().prop_map(Type::Option),
            boxed().prop_map(Type::List),
            (boxed(), 1..3_u32).prop_map(|(item, length)| Type::FixedList(item, length)),
            boxed().prop_map(|value| Type::Map(Box::new(Type::Primitive(Primitive::String)), value)),
            collection::vec(inner.clone(), 1..3).prop_map(Type::Tuple),
            (option::of(boxed()), option::of(boxed())).prop_map(|(ok, err)| Type::Result { ok, err }),
            collection::vec(inner.clone(), 1..4).prop_map(|types| def(TypeKind::Record(fields(types)))),
            collection::vec(option::of(inner), 1..4).prop_map(|types| def(TypeKind::Variant(cases(types)))),
            Just(Type::Primitive(Primitive::Bool)),
        ]
    })
    .boxed()
}

fn def(kind: TypeKind) -> Type {
    Type::Named(Arc::new(TypeDef {
        name: "t".to_owned(),
        owner: Owner::Interface(InterfaceId { package: None, name: "i".to_owned() }),
        kind,
        docs: String::new(),
        tags: Tags::default(),
        stability: Stability::Unknown,
        place: None,
    }))
}

fn field(name: &str, ty: Type) -> Field {
    Field { name: name.to_owned(), ty, docs: String::new(), tags: Tags::default(), place: None }
}

fn fields(types: Vec<Type>) -> Vec<Field> {
    named(types).map(|(name, ty)| field(&name, ty)).collect()
}

fn cases(types: Vec<Option<Type>>) -> Vec<Case> {
    let case =
        |(name, payload)| Case { name, payload, docs: String::new(), tags: Tags::default(), place: None };
    named(types).map(case).collect()
}

fn label(name: &str) -> Label {
    Label { name: name.to_owned(), docs: String::new(), tags: Tags::default(), place: None }
}

fn labels(count: usize) -> Vec<Label> {
    NAMES.iter().take(count).map(|name| label(name)).collect()
}

/// The function with a few changes; which ones, the entropy says.
pub(crate) fn mutated(function: &Function, entropy: &[u8]) -> Function {
    let mut dice = entropy.iter().copied();
    let mut function = function.clone();
    for param in &mut function.params {
        param.ty = change(&param.ty, &mut dice);
    }
    if let Some(result) = &function.result {
        function.result = Some(change(result, &mut dice));
    }
    match dice.next() {
        Some(0..40) => function.params.reverse(),
        Some(40..80) => {
            function.params.pop();
        }
        Some(80..120) => {
            let ty = Type::Option(Box::new(Type::Primitive(Primitive::U8)));
            function.params.push(Param { name: "extra".to_owned(), ty, place: None });
        }
        Some(_) | None => {}
    }
    function
}

/// One roll in four changes this type; otherwise its parts are asked.
fn change(ty: &Type, dice: &mut dyn Iterator<Item = u8>) -> Type {
    match dice.next() {
        Some(0..16) => return Type::Option(Box::new(ty.clone())),
        Some(roll @ 16..64) => return shift(ty, roll),
        Some(_) => {}
        None => return ty.clone(),
    }
    let mut inner = |part: &Type| Box::new(change(part, dice));
    match ty {
        Type::List(item) => Type::List(inner(item)),
        Type::FixedList(item, length) => Type::FixedList(inner(item), *length),
        Type::Map(key, value) => Type::Map(key.clone(), inner(value)),
        Type::Option(item) => Type::Option(inner(item)),
        Type::Result { ok, err } => {
            Type::Result { ok: ok.as_deref().map(&mut inner), err: err.as_deref().map(&mut inner) }
        }
        Type::Tuple(items) => Type::Tuple(items.iter().map(|item| *inner(item)).collect()),
        Type::Named(named) => match &named.kind {
            TypeKind::Record(fields) => {
                def(TypeKind::Record(fields.iter().map(|old| field(&old.name, *inner(&old.ty))).collect()))
            }
            TypeKind::Variant(cases) => {
                let case =
                    |old: &Case| Case { payload: old.payload.as_ref().map(|ty| *inner(ty)), ..old.clone() };
                def(TypeKind::Variant(cases.iter().map(case).collect()))
            }
            TypeKind::Enum(_) | TypeKind::Flags(_) | TypeKind::Alias(_) | TypeKind::Resource => ty.clone(),
        },
        Type::Primitive(_) | Type::Stream(_) | Type::Future(_) | Type::Own(_) | Type::Borrow(_) => ty.clone(),
    }
}

/// The type with one part more, one less, or in another order; a primitive's neighbour.
fn shift(ty: &Type, roll: u8) -> Type {
    let turn = |kind: &TypeKind| match (kind, roll % 3) {
        (TypeKind::Record(fields), 0) => {
            let extra = field("extra", Type::Option(Box::new(Type::Primitive(Primitive::U8))));
            TypeKind::Record(fields.iter().cloned().chain([extra]).collect())
        }
        (TypeKind::Record(fields), 1) if fields.len() > 1 => TypeKind::Record(fields[1..].to_vec()),
        (TypeKind::Record(fields), _) => TypeKind::Record(fields.iter().rev().cloned().collect()),
        (TypeKind::Variant(cases), 0) => {
            let extra = Case { name: "extra".to_owned(), payload: None, ..cases[0].clone() };
            TypeKind::Variant(cases.iter().cloned().chain([extra]).collect())
        }
        (TypeKind::Variant(cases), _) => TypeKind::Variant(cases.iter().rev().cloned().collect()),
        (TypeKind::Enum(old), 0) => TypeKind::Enum(old.iter().cloned().chain([label("extra")]).collect()),
        (TypeKind::Enum(old), _) => TypeKind::Enum(old.iter().rev().cloned().collect()),
        (TypeKind::Flags(old), 0) => TypeKind::Flags(old.iter().cloned().chain([label("extra")]).collect()),
        (TypeKind::Flags(old), _) => TypeKind::Flags(old.iter().rev().cloned().collect()),
        (TypeKind::Alias(_) | TypeKind::Resource, _) => kind.clone(),
    };
    match ty {
        Type::Primitive(primitive) => {
            let index = PRIMITIVES.iter().position(|other| other == primitive).unwrap_or(0);
            Type::Primitive(PRIMITIVES[(index + 1) % PRIMITIVES.len()])
        }
        Type::Named(named) => def(turn(&named.kind)),
        Type::List(_)
        | Type::FixedList(..)
        | Type::Map(..)
        | Type::Option(_)
        | Type::Result { .. }
        | Type::Tuple(_)
        | Type::Stream(_)
        | Type::Future(_)
        | Type::Own(_)
        | Type::Borrow(_) => ty.clone(),
    }
}
