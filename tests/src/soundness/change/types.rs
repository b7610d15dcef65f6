//! Changes of types as they are mentioned, and of their names.

use super::{Change, mention, other_primitive, pick};
use crate::soundness::random::Random;
use crate::soundness::wit::visit::Home;
use crate::soundness::wit::{Interface, Kind, Ty, TypeDef, Wit};

pub(super) static CHANGES: &[Change] = &[
    Change { name: "docs-changed", words: "comments changed", apply: docs_changed },
    Change { name: "types-reordered", words: "declarations of types reordered", apply: types_reordered },
    Change {
        name: "primitive-widened",
        words: "`u32` made `u64`, `f32` made `f64`, and so on",
        apply: widened,
    },
    Change { name: "primitive-sign-changed", words: "`u32` made `s32`, and so on", apply: sign_changed },
    Change { name: "char-to-string", words: "`char` made `string`", apply: char_to_string },
    Change { name: "string-to-bytes", words: "`string` made `list<u8>`", apply: string_to_bytes },
    Change { name: "list-item-changed", words: "`list<T>` made `list<U>`", apply: list_item_changed },
    Change { name: "list-to-stream", words: "`list<T>` made `stream<T>`", apply: list_to_stream },
    Change { name: "list-length-fixed", words: "`list<T>` made `list<T, N>`", apply: list_length_fixed },
    Change {
        name: "fixed-list-length-changed",
        words: "`list<T, N>` made `list<T, M>`",
        apply: length_changed,
    },
    Change { name: "map-key-changed", words: "key of a map of another type", apply: map_key_changed },
    Change { name: "map-value-changed", words: "value of a map of another type", apply: map_value_changed },
    Change { name: "option-item-changed", words: "`option<T>` made `option<U>`", apply: option_item_changed },
    Change { name: "option-unwrapped", words: "`option<T>` made `T`", apply: option_unwrapped },
    Change { name: "wrapped-in-option", words: "`T` made `option<T>` anywhere", apply: wrapped_in_option },
    Change {
        name: "result-side-dropped",
        words: "`result<T, E>` made `result<T>`",
        apply: result_side_dropped,
    },
    Change {
        name: "result-sides-swapped",
        words: "`result<T, E>` made `result<E, T>`",
        apply: result_sides_swapped,
    },
    Change { name: "tuple-item-added", words: "item added to a tuple", apply: tuple_item_added },
    Change { name: "tuple-item-removed", words: "item removed from a tuple", apply: tuple_item_removed },
    Change { name: "tuple-items-swapped", words: "items of a tuple swapped", apply: tuple_items_swapped },
    Change { name: "stream-payload-changed", words: "`stream<T>` made `stream<U>`", apply: stream_changed },
    Change { name: "stream-payload-dropped", words: "`stream<T>` made `stream`", apply: stream_dropped },
    Change { name: "future-payload-changed", words: "`future<T>` made `future<U>`", apply: future_changed },
    Change { name: "future-payload-dropped", words: "`future<T>` made `future`", apply: future_dropped },
    Change { name: "stream-to-future", words: "`stream<T>` made `future<T>`", apply: stream_to_future },
    Change {
        name: "type-renamed",
        words: "record, variant, enum or flags renamed, body as it was",
        apply: type_renamed,
    },
    Change {
        name: "alias-introduced",
        words: "`type id = T` put in the place of `T`",
        apply: alias_introduced,
    },
    Change { name: "alias-inlined", words: "`T` put in the place of `type id = T`", apply: alias_inlined },
    Change { name: "alias-renamed", words: "alias renamed", apply: alias_renamed },
    Change { name: "unused-type-added", words: "type added that no function uses", apply: unused_added },
    Change {
        name: "unused-type-changed",
        words: "type changed that no function uses",
        apply: unused_changed,
    },
    Change {
        name: "unused-type-removed",
        words: "type removed that no function used",
        apply: unused_removed,
    },
];

fn docs_changed(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    let all =
        wit.interfaces_mut().into_iter().filter(|(home, _)| matches!(home, Home::Package(..))).collect();
    let (home, interface) = pick(random, all)?;
    interface.docs.push_str("What it does.");
    Some(home)
}

fn types_reordered(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    let all = wit.interfaces_mut().into_iter().filter(|(_, interface)| interface.types.len() > 1).collect();
    let (home, interface) = pick(random, all)?;
    interface.types.reverse();
    Some(home)
}

/// Puts one keyword in the place of another.
fn keyword(
    wit: &mut Wit,
    random: &mut Random,
    pairs: &'static [(&'static str, &'static str)],
) -> Option<Home> {
    let other = |ty: &Ty| match ty {
        Ty::Primitive(name) => pairs.iter().find(|(from, _)| from == name).map(|(_, to)| Ty::Primitive(to)),
        _ => None,
    };
    mention(wit, random, |ty| other(ty).is_some(), |ty, _| *ty = other(ty).unwrap_or_else(|| ty.clone()))
}

fn widened(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    let pairs = &[
        ("u8", "u16"),
        ("u16", "u32"),
        ("u32", "u64"),
        ("s8", "s16"),
        ("s16", "s32"),
        ("s32", "s64"),
        ("f32", "f64"),
    ];
    keyword(wit, random, pairs)
}

fn sign_changed(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    keyword(wit, random, &[("u8", "s8"), ("u16", "s16"), ("u32", "s32"), ("u64", "s64")])
}

fn char_to_string(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    keyword(wit, random, &[("char", "string")])
}

fn string_to_bytes(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    let bytes = || Ty::List(Box::new(Ty::Primitive("u8")));
    mention(wit, random, |ty| *ty == Ty::Primitive("string"), |ty, _| *ty = bytes())
}

/// Puts another primitive type in the place of a part.
fn replace(part: &mut Ty, random: &mut Random) {
    *part = other_primitive(random, &part.clone());
}

fn list_item_changed(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    mention(
        wit,
        random,
        |ty| matches!(ty, Ty::List(_)),
        |ty, random| {
            if let Ty::List(item) = ty {
                replace(item, random);
            }
        },
    )
}

fn list_to_stream(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    mention(
        wit,
        random,
        |ty| matches!(ty, Ty::List(_)),
        |ty, _| {
            if let Ty::List(item) = ty {
                *ty = Ty::Stream(Some(item.clone()));
            }
        },
    )
}

fn list_length_fixed(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    mention(
        wit,
        random,
        |ty| matches!(ty, Ty::List(_)),
        |ty, _| {
            if let Ty::List(item) = ty {
                *ty = Ty::FixedList(item.clone(), 3);
            }
        },
    )
}

fn length_changed(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    mention(
        wit,
        random,
        |ty| matches!(ty, Ty::FixedList(..)),
        |ty, _| {
            if let Ty::FixedList(_, length) = ty {
                *length += 1;
            }
        },
    )
}

fn map_key_changed(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    mention(
        wit,
        random,
        |ty| matches!(ty, Ty::Map(..)),
        |ty, _| {
            if let Ty::Map(key, _) = ty {
                **key = if **key == Ty::Primitive("string") {
                    Ty::Primitive("u32")
                } else {
                    Ty::Primitive("string")
                };
            }
        },
    )
}

fn map_value_changed(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    mention(
        wit,
        random,
        |ty| matches!(ty, Ty::Map(..)),
        |ty, random| {
            if let Ty::Map(_, value) = ty {
                replace(value, random);
            }
        },
    )
}

fn option_item_changed(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    mention(
        wit,
        random,
        |ty| matches!(ty, Ty::Option(_)),
        |ty, random| {
            if let Ty::Option(item) = ty {
                replace(item, random);
            }
        },
    )
}

fn option_unwrapped(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    mention(
        wit,
        random,
        |ty| matches!(ty, Ty::Option(_)),
        |ty, _| {
            if let Ty::Option(item) = ty {
                *ty = (**item).clone();
            }
        },
    )
}

fn wrapped_in_option(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    mention(wit, random, |_| true, |ty, _| *ty = Ty::Option(Box::new(ty.clone())))
}

fn result_side_dropped(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    mention(
        wit,
        random,
        |ty| matches!(ty, Ty::Result(_, Some(_))),
        |ty, _| {
            if let Ty::Result(_, err) = ty {
                *err = None;
            }
        },
    )
}

fn result_sides_swapped(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    mention(
        wit,
        random,
        |ty| matches!(ty, Ty::Result(ok, err) if ok != err),
        |ty, _| {
            if let Ty::Result(ok, err) = ty {
                std::mem::swap(ok, err);
            }
        },
    )
}

fn tuple_item_added(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    mention(
        wit,
        random,
        |ty| matches!(ty, Ty::Tuple(_)),
        |ty, _| {
            if let Ty::Tuple(items) = ty {
                items.push(Ty::Primitive("u32"));
            }
        },
    )
}

fn tuple_item_removed(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    mention(
        wit,
        random,
        |ty| matches!(ty, Ty::Tuple(items) if items.len() > 1),
        |ty, _| {
            if let Ty::Tuple(items) = ty {
                items.pop();
            }
        },
    )
}

fn tuple_items_swapped(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    let fits = |ty: &Ty| matches!(ty, Ty::Tuple(items) if items.len() > 1 && items.first() != items.last());
    mention(wit, random, fits, |ty, _| {
        if let Ty::Tuple(items) = ty {
            items.reverse();
        }
    })
}

fn stream_changed(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    mention(
        wit,
        random,
        |ty| matches!(ty, Ty::Stream(Some(_))),
        |ty, random| {
            if let Ty::Stream(Some(item)) = ty {
                replace(item, random);
            }
        },
    )
}

fn stream_dropped(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    mention(wit, random, |ty| matches!(ty, Ty::Stream(Some(_))), |ty, _| *ty = Ty::Stream(None))
}

fn future_changed(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    mention(
        wit,
        random,
        |ty| matches!(ty, Ty::Future(Some(_))),
        |ty, random| {
            if let Ty::Future(Some(item)) = ty {
                replace(item, random);
            }
        },
    )
}

fn future_dropped(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    mention(wit, random, |ty| matches!(ty, Ty::Future(Some(_))), |ty, _| *ty = Ty::Future(None))
}

fn stream_to_future(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    mention(
        wit,
        random,
        |ty| matches!(ty, Ty::Stream(_)),
        |ty, _| {
            if let Ty::Stream(item) = ty {
                *ty = Ty::Future(item.take());
            }
        },
    )
}

/// Renames a random type that fits, wherever it is mentioned; interfaces that use it keep their own name for it.
pub(super) fn rename(wit: &mut Wit, random: &mut Random, fits: fn(&Kind) -> bool) -> Option<Home> {
    let fitting = wit.types_mut().into_iter().filter(|(_, def)| fits(&def.kind));
    let fitting: Vec<_> = fitting.map(|(home, def)| (home, def.name.clone())).collect();
    let (home, old) = pick(random, fitting)?;
    let new = format!("{old}-renamed");
    let reference = match home {
        Home::Package(package, position) => {
            Some((package, wit.packages[package].interfaces[position].name.clone()))
        }
        Home::World | Home::Import(_) | Home::Export(_) => None,
    };
    for (at, interface) in wit.interfaces_mut() {
        if at == home {
            interface
                .types
                .iter_mut()
                .filter(|def| def.name == old)
                .for_each(|def| def.name.clone_from(&new));
            interface.visit_types(&mut |ty| renamed(ty, &old, &new));
        }
        for used in &mut interface.uses {
            if Some((used.from.package, used.from.interface.clone())) == reference && used.name == old {
                used.name.clone_from(&new);
            }
        }
    }
    if home == Home::World {
        for (at, function) in wit.functions_mut() {
            if matches!(at, Home::Import(_) | Home::Export(_)) {
                function.visit_types(&mut |ty| renamed(ty, &old, &new));
            }
        }
    }
    Some(home)
}

fn renamed(ty: &mut Ty, old: &str, new: &str) {
    if let Ty::Named(name) | Ty::Borrow(name) = ty
        && name == old
    {
        new.clone_into(name);
    }
}

fn type_renamed(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    rename(wit, random, |kind| !matches!(kind, Kind::Resource(_) | Kind::Alias(_)))
}

fn alias_renamed(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    rename(wit, random, |kind| matches!(kind, Kind::Alias(_)))
}

fn alias_introduced(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    let interfaces = wit.interfaces_mut().into_iter();
    let fits = |interface: &Interface| {
        !interface.functions.is_empty() && !interface.types.iter().any(|def| def.name == "extra-alias")
    };
    let (home, interface) = pick(random, interfaces.filter(|(_, it)| fits(it)).collect())?;
    let mut found = None;
    for function in &mut interface.functions {
        function.visit_types(&mut |ty| {
            if found.is_none() && !matches!(ty, Ty::Borrow(_)) {
                found = Some(std::mem::replace(ty, Ty::Named("extra-alias".to_owned())));
            }
        });
    }
    let kind = Kind::Alias(found?);
    interface.types.push(TypeDef { name: "extra-alias".to_owned(), kind });
    Some(home)
}

fn alias_inlined(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    let mut fitting = Vec::new();
    for (home, interface) in wit.interfaces_mut() {
        for (at, def) in interface.types.iter().enumerate() {
            if let Kind::Alias(ty) = &def.kind {
                fitting.push((home, at, def.name.clone(), ty.clone()));
            }
        }
    }
    let (home, at, name, target) = pick(random, fitting)?;
    for (other, interface) in wit.interfaces_mut() {
        if other == home {
            interface.types.remove(at);
            interface.visit_types(&mut |ty| {
                if *ty == Ty::Named(name.clone()) {
                    *ty = target.clone();
                }
            });
        }
    }
    Some(home)
}

fn unused_added(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    let fields = vec![("a".to_owned(), Ty::Primitive("u32"))];
    let kind = if random.chance(50) { Kind::Record(fields) } else { Kind::Enum(vec!["a".to_owned()]) };
    let all = wit.interfaces_mut().into_iter();
    let fits = |it: &Interface| !it.types.iter().any(|def| def.name == "extra-type");
    let (home, interface) = pick(random, all.filter(|(_, it)| fits(it)).collect())?;
    interface.types.push(TypeDef { name: "extra-type".to_owned(), kind });
    Some(home)
}

/// Types of packages that nothing mentions or uses.
fn unused(wit: &mut Wit) -> Vec<(Home, usize)> {
    let used: Vec<_> = wit
        .interfaces_mut()
        .iter()
        .flat_map(|(_, it)| it.uses.iter().map(|used| (used.from.clone(), used.name.clone())))
        .collect();
    let mut found = Vec::new();
    for (home, interface) in wit.interfaces_mut() {
        if !matches!(home, Home::Package(..)) {
            continue;
        }
        for (at, def) in interface.types.iter().enumerate() {
            let elsewhere =
                used.iter().any(|(from, name)| from.interface == interface.name && *name == def.name);
            if !elsewhere && !interface.mentions(&def.name) && !matches!(def.kind, Kind::Resource(_)) {
                found.push((home, at));
            }
        }
    }
    found
}

fn unused_changed(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    let (home, at) = pick(random, unused(wit))?;
    for (other, interface) in wit.interfaces_mut() {
        if other == home {
            interface.types[at].kind = Kind::Flags(vec!["changed".to_owned()]);
        }
    }
    Some(home)
}

fn unused_removed(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    let (home, at) = pick(random, unused(wit))?;
    for (other, interface) in wit.interfaces_mut() {
        if other == home {
            interface.types.remove(at);
        }
    }
    Some(home)
}
