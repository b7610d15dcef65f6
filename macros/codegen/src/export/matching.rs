//! Which of the user's functions stands for which function of the world.

use linchpin_contract::{Function, InterfaceId, World};
use syn::{ImplItem, ImplItemFn, ItemImpl, LitStr, Visibility};

use crate::derive::attributes::wit_name;
use crate::names::{self, snake_ident};
use crate::report::{Message, Report};
use crate::shape::rust_text;

/// An exported function and the user's function for it.
pub(super) struct Export<'a> {
    pub(super) interface: Option<&'a InterfaceId>,
    pub(super) function: &'a Function,
    pub(super) own: &'a ImplItemFn,
}

/// A function of the world.
struct Wanted<'a> {
    interface: Option<&'a InterfaceId>,
    function: &'a Function,
    /// Its name where nothing else in the world has it.
    path: String,
    own: Option<&'a ImplItemFn>,
    /// Whether its error was reported, so that it is not missing as well.
    is_reported: bool,
}

impl Wanted<'_> {
    /// Whether this is the whole name: that of a function of the world itself has no interface.
    fn is_exactly(&self, name: &str) -> bool {
        paths(self.interface, self.function).iter().any(|path| path == name)
    }
}

/// A function of the block that stands for none of the world's.
struct Stray<'a> {
    own: &'a ImplItemFn,
    named: Option<LitStr>,
    /// Whether its `#[wit(..)]` is wrong, so that its name is unknown.
    is_reported: bool,
}

/// Pairs every function of the world with one of the block. Whatever has no namesake is reported once.
pub(super) fn matching<'a>(world: &'a World, block: &'a ItemImpl, report: &mut Report) -> Vec<Export<'a>> {
    let mut wanted: Vec<Wanted<'a>> = world
        .exported_functions()
        .map(|(interface, function)| {
            let path = path(world, interface, function);
            Wanted { interface, function, path, own: None, is_reported: false }
        })
        .collect();
    let mut strays = Vec::new();
    for item in &block.items {
        let ImplItem::Fn(own) = item else { continue };
        let named = wit_name(&own.attrs, report);
        let is_reported = named.is_err();
        let named = named.unwrap_or_default();
        let is_meant = named.is_some() || is_reported || matches!(own.vis, Visibility::Public(_));
        if !claim(&mut wanted, own, named.as_ref(), report) && is_meant {
            strays.push(Stray { own, named, is_reported });
        }
    }
    // What a function of an unknown name was to be is not missing, and any of the missing ones may be it.
    let is_unknown = strays.iter().any(|stray| stray.is_reported);
    strays.retain(|stray| !stray.is_reported);
    report_strays(world, &mut wanted, &strays, report);
    for missing in wanted.iter().filter(|wanted| wanted.own.is_none() && !wanted.is_reported && !is_unknown) {
        let what = format!("function `{}` of world `{}` is missing", missing.path, world.name);
        let alike = wanted.iter().filter(|other| other.function.name == missing.function.name).count();
        let wit = if alike > 1 { format!("#[wit(\"{}\")] ", missing.path) } else { String::new() };
        let help = format!("add `{wit}{}`", signature(missing.function));
        report.error(&block.self_ty, Message::new(what).at(missing.function.place.as_ref()).help(help));
    }
    let paired = wanted.into_iter();
    paired
        .filter_map(|Wanted { interface, function, own, .. }| Some(Export { interface, function, own: own? }))
        .collect()
}

/// Gives a function of the world to the user's function, if there is one of its name. Says whether there is.
fn claim<'a>(
    wanted: &mut [Wanted<'a>],
    own: &'a ImplItemFn,
    named: Option<&LitStr>,
    report: &mut Report,
) -> bool {
    let named = named.map(LitStr::value);
    let is_exact = named.as_ref().is_some_and(|name| wanted.iter().any(|wanted| wanted.is_exactly(name)));
    let is_meant = |wanted: &&mut Wanted<'a>| match &named {
        Some(name) if is_exact => wanted.is_exactly(name),
        Some(name) => wanted.function.name == *name,
        None => names::same(&own.sig.ident, &wanted.function.name),
    };
    let mut hits: Vec<_> = wanted.iter_mut().filter(is_meant).collect();
    match hits.as_mut_slice() {
        [] => return false,
        [one] if one.own.is_none() => one.own = Some(own),
        [one] => {
            let what = format!("function `{}` stands here twice", one.path);
            report
                .error(&own.sig.ident, Message::new(what).at(one.function.place.as_ref()).help("remove one"));
        }
        several => {
            let paths: Vec<_> = several.iter().map(|one| format!("`#[wit(\"{}\")]`", one.path)).collect();
            several.iter_mut().for_each(|one| one.is_reported = true);
            let what = format!("`{}` is a function of more than one interface", own.sig.ident);
            report.error(&own.sig.ident, Message::new(what).help(format!("write {}", paths.join(" or "))));
        }
    }
    true
}

fn report_strays(world: &World, wanted: &mut [Wanted<'_>], strays: &[Stray<'_>], report: &mut Report) {
    let is_free = |wanted: &&mut Wanted<'_>| wanted.own.is_none() && !wanted.is_reported;
    let is_rename = strays.len() == 1 && wanted.iter_mut().filter(is_free).count() == 1;
    for Stray { own, named, .. } in strays {
        let name = named.as_ref().map_or_else(|| names::kebab(&own.sig.ident), LitStr::value);
        let short = name.rsplit_once('/').map_or(name.as_str(), |(_, short)| short);
        let mut free: Vec<_> = wanted.iter_mut().filter(is_free).collect();
        let meant = names::closest(short, free.iter().map(|free| free.function.name.as_str()));
        let meant = meant.map(ToOwned::to_owned);
        let meant = free.iter_mut().find(|free| is_rename || Some(&free.function.name) == meant.as_ref());
        let message = Message::new(format!("world `{}` exports no function `{name}`", world.name));
        let message = match meant {
            Some(meant) => {
                meant.is_reported = true;
                let rust = snake_ident(&meant.function.name).to_string();
                let meant_name = if named.is_some() { &meant.path } else { &rust };
                message.at(meant.function.place.as_ref()).help(format!("did you mean `{meant_name}`?"))
            }
            None => message
                .at(world.place.as_ref())
                .help("leave out `pub` if it is a helper, or add it to the WIT"),
        };
        match named {
            Some(named) => report.error(named, message),
            None => report.error(&own.sig.ident, message),
        }
    }
}

/// The name of a function that leads to it alone: `control/plan` where no other interface of the world has both names,
/// else with the package and its version; `plan` for a function of the world itself.
pub(crate) fn path(world: &World, interface: Option<&InterfaceId>, function: &Function) -> String {
    let is_only = |path: &&String| {
        let same = world
            .exported_functions()
            .filter(|(interface, function)| paths(*interface, function).contains(path));
        same.count() == 1
    };
    let paths = paths(interface, function);
    paths.iter().find(is_only).or(paths.last()).cloned().unwrap_or_default()
}

/// The names that lead to a function, from the shortest to one that leads to nothing else.
fn paths(interface: Option<&InterfaceId>, function: &Function) -> Vec<String> {
    let name = &function.name;
    let Some(id) = interface else { return vec![name.clone()] };
    let key = id
        .package
        .as_ref()
        .map(|package| format!("{}:{}/{}/{name}", package.namespace, package.name, id.name));
    [Some(format!("{}/{name}", id.name)), key, Some(format!("{id}/{name}"))].into_iter().flatten().collect()
}

/// How a function is written in Rust.
fn signature(function: &Function) -> String {
    let param =
        |param: &linchpin_contract::Param| format!("{}: {}", snake_ident(&param.name), rust_text(&param.ty));
    let params: Vec<_> = function.params.iter().map(param).collect();
    let result =
        function.result.as_ref().map(|result| format!(" -> {}", rust_text(result))).unwrap_or_default();
    format!("pub fn {}({}){result}", snake_ident(&function.name), params.join(", "))
}
