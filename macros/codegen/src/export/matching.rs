//! Which of the user's functions stands for which function of the world.

use heck::ToSnakeCase as _;
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
    own: Option<&'a ImplItemFn>,
    /// Whether its error was reported, so that it is not missing as well.
    is_reported: bool,
}

impl Wanted<'_> {
    /// As `control/plan`, or `plan` for a function of the world itself.
    fn path(&self) -> String {
        self.interface
            .map_or_else(|| self.function.name.clone(), |id| format!("{}/{}", id.name, self.function.name))
    }

    /// Whether this is the whole name: that of a function of the world itself has no interface.
    fn is_exactly(&self, name: &str) -> bool {
        let full = || self.interface.map(|id| format!("{id}/{}", self.function.name));
        self.path() == name || full().is_some_and(|full| full == name)
    }
}

/// Pairs every function of the world with one of the block. Whatever has no namesake is reported once.
pub(super) fn matching<'a>(world: &'a World, block: &'a ItemImpl, report: &mut Report) -> Vec<Export<'a>> {
    let wanted = world.exported_functions();
    let mut wanted: Vec<Wanted<'a>> = wanted
        .map(|(interface, function)| Wanted { interface, function, own: None, is_reported: false })
        .collect();
    let mut strays = Vec::new();
    for item in &block.items {
        let ImplItem::Fn(own) = item else { continue };
        let named = wit_name(&own.attrs, report).unwrap_or_default();
        if !claim(&mut wanted, own, named.as_ref(), report) {
            strays.push((own, named));
        }
    }
    for (own, named) in strays {
        if named.is_some() || matches!(own.vis, Visibility::Public(_)) {
            stray(world, &mut wanted, own, named.as_ref(), report);
        }
    }
    for missing in wanted.iter().filter(|wanted| wanted.own.is_none() && !wanted.is_reported) {
        let what = format!("function `{}` of world `{}` is missing", missing.path(), world.name);
        let help = format!("add `{}`", signature(missing.function));
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
            let what = format!("function `{}` stands here twice", one.path());
            report
                .error(&own.sig.ident, Message::new(what).at(one.function.place.as_ref()).help("remove one"));
        }
        several => {
            let paths: Vec<_> = several.iter().map(|one| format!("`#[wit(\"{}\")]`", one.path())).collect();
            several.iter_mut().for_each(|one| one.is_reported = true);
            let what = format!("`{}` is a function of more than one interface", own.sig.ident);
            report.error(&own.sig.ident, Message::new(what).help(format!("write {}", paths.join(" or "))));
        }
    }
    true
}

fn stray(
    world: &World,
    wanted: &mut [Wanted<'_>],
    own: &ImplItemFn,
    named: Option<&LitStr>,
    report: &mut Report,
) {
    let name = named.map_or_else(|| names::kebab(&own.sig.ident), LitStr::value);
    let short = name.rsplit_once('/').map_or(name.as_str(), |(_, short)| short).to_owned();
    let message = Message::new(format!("world `{}` exports no function `{name}`", world.name));
    let is_free = |wanted: &&mut Wanted<'_>| wanted.own.is_none() && !wanted.is_reported;
    let mut free: Vec<_> = wanted.iter_mut().filter(is_free).collect();
    let meant =
        names::closest(&short, free.iter().map(|free| free.function.name.as_str())).map(ToOwned::to_owned);
    let meant = free.iter_mut().find(|free| Some(&free.function.name) == meant.as_ref());
    let message = match meant {
        Some(meant) => {
            meant.is_reported = true;
            let rust = meant.function.name.to_snake_case();
            let meant_name = if named.is_some() { meant.path() } else { rust };
            message.at(meant.function.place.as_ref()).help(format!("did you mean `{meant_name}`?"))
        }
        None => {
            message.at(world.place.as_ref()).help("leave out `pub` if it is a helper, or add it to the WIT")
        }
    };
    match named {
        Some(named) => report.error(named, message),
        None => report.error(&own.sig.ident, message),
    }
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
