//! From an end of an edge to the type that stands there, and to every tag that speaks of it.

use linchpin_contract::{Function, Place, Tags, Type, TypeKind};

use super::endpoint::{Endpoint, Path, Segment, Way};
use crate::config::did_you_mean;
use crate::rule::Shown;

/// One value of a function.
#[derive(Debug, Clone)]
pub(crate) struct Value<'f> {
    pub(crate) ty: &'f Type,
    /// Tags that speak of it, the nearest first: a tag speaks of every number that is reached from it without
    /// passing another declared type's name, as the guards of a host take it.
    pub(crate) tags: Vec<&'f Tags>,
    /// The nearest named part.
    pub(crate) name: &'f str,
    pub(crate) place: Option<&'f Place>,
}

impl<'f> Value<'f> {
    /// The result of a function; absent where it has none.
    pub(crate) fn result(function: &'f Function) -> Option<Self> {
        let ty = function.result.as_ref()?;
        let (name, place) = (function.name.as_str(), function.place.as_ref());
        Some(Self { ty, tags: vec![&function.tags], name, place })
    }

    /// A part that is no item of its own: an item of a list, what an option holds.
    pub(crate) fn part(&self, ty: &'f Type) -> Self {
        Self { ty, ..self.clone() }
    }

    /// A part that tags of the whole do not speak of.
    pub(crate) fn untagged(&self, ty: &'f Type) -> Self {
        Self { ty, tags: Vec::new(), ..self.clone() }
    }

    /// A field, or the payload of a case.
    pub(crate) fn member(
        &self,
        name: &'f str,
        ty: &'f Type,
        tags: &'f Tags,
        place: Option<&'f Place>,
    ) -> Self {
        Self { ty, tags: vec![tags], name, place: place.or(self.place) }
    }

    /// The same with aliases seen through; what they say counts as well.
    pub(crate) fn resolved(mut self) -> Self {
        while let Type::Named(def) = self.ty
            && let TypeKind::Alias(target) = &def.kind
        {
            self.tags.push(&def.tags);
            self.ty = target;
        }
        self
    }

    pub(crate) fn shown(&self) -> Shown {
        Shown::new(self.place, format!("{}: {}", self.name, self.ty))
    }
}

/// Why an end leads nowhere.
#[derive(Debug)]
pub(crate) struct Nowhere {
    /// Where in `linchpin.toml`.
    pub(crate) place: Place,
    pub(crate) reason: String,
    pub(crate) help: String,
}

/// Follows an end through a function.
pub(crate) fn resolve<'f>(function: &'f Function, endpoint: &Endpoint) -> Result<Value<'f>, Nowhere> {
    let (mut value, rest) = match endpoint.way {
        Way::Result => {
            let value = Value::result(function).ok_or_else(|| Nowhere {
                place: endpoint.function.place.clone(),
                reason: format!("function `{}` returns nothing", function.name),
                help: "name a function with a result".to_owned(),
            })?;
            (value, endpoint.path.as_slice())
        }
        Way::Param => {
            let (first, rest) = endpoint.path.split_first().ok_or_else(|| Nowhere {
                place: endpoint.place.clone(),
                reason: "no parameter is named".to_owned(),
                help: did_you_mean("", &params(function)),
            })?;
            (param(function, first)?, rest)
        }
    };
    for (index, segment) in rest.iter().enumerate() {
        let taken = endpoint.path.len() - rest.len() + index;
        value = step(&value, segment).map_err(|(reason, help)| {
            let before = Path(endpoint.path.get(..taken).unwrap_or_default()).to_string();
            let before = if before.is_empty() { "the result".to_owned() } else { format!("`{before}`") };
            Nowhere { place: segment.place.clone(), reason: format!("{before} {reason}"), help }
        })?;
    }
    Ok(value)
}

fn params(function: &Function) -> Vec<String> {
    function.params.iter().map(|param| param.name.clone()).collect()
}

fn param<'f>(function: &'f Function, segment: &Segment) -> Result<Value<'f>, Nowhere> {
    let found = function.params.iter().find(|param| param.name == segment.name);
    match found {
        Some(param) => {
            Ok(Value { ty: &param.ty, tags: Vec::new(), name: &param.name, place: param.place.as_ref() })
        }
        None => Err(Nowhere {
            place: segment.place.clone(),
            reason: format!("function `{}` has no parameter `{}`", function.name, segment.name),
            help: did_you_mean(&segment.name, &params(function)),
        }),
    }
}

/// One segment further; the error is a reason and a help.
fn step<'f>(value: &Value<'f>, segment: &Segment) -> Result<Value<'f>, (String, String)> {
    let value = value.clone().resolved();
    let name = segment.name.as_str();
    let is = |what: &str| format!("is {what} and has no `{name}`");
    match value.ty {
        Type::Named(def) => member(&value, &def.kind, &def.name, name),
        Type::List(item) | Type::FixedList(item, _) if name == "[]" => Ok(value.part(item)),
        Type::List(_) | Type::FixedList(..) => {
            Err((is(&format!("a `{}`", value.ty)), "write `[]` for its items".to_owned()))
        }
        Type::Option(item) if name == "some" => Ok(value.part(item)),
        Type::Option(_) => {
            Err((is(&format!("an `{}`", value.ty)), "write `some` for what it holds".to_owned()))
        }
        Type::Result { ok, err } => {
            let sides = [("ok", ok.as_deref()), ("err", err.as_deref())];
            let there: Vec<&str> = sides.iter().filter(|side| side.1.is_some()).map(|side| side.0).collect();
            match (name, ok, err) {
                ("ok", Some(ok), _) => Ok(value.part(ok)),
                ("err", _, Some(err)) => Ok(value.untagged(err)),
                _ => Err((is(&format!("a `{}`", value.ty)), did_you_mean(name, &there))),
            }
        }
        Type::Tuple(items) => match name.parse::<usize>().ok().and_then(|index| items.get(index)) {
            Some(item) => Ok(value.part(item)),
            None => {
                let help = format!("its items are numbered from 0 to {}", items.len().saturating_sub(1));
                Err((is(&format!("a `{}`", value.ty)), help))
            }
        },
        Type::Map(..) => Err((
            is(&format!("a `{}`", value.ty)),
            "an edge carries a map as a whole; take the rest of the path out".to_owned(),
        )),
        Type::Primitive(_) | Type::Stream(_) | Type::Future(_) | Type::Own(_) | Type::Borrow(_) => {
            Err((is(&format!("`{}`", value.ty)), "take the rest of the path out".to_owned()))
        }
    }
}

fn member<'f>(
    value: &Value<'f>,
    kind: &'f TypeKind,
    owner: &str,
    name: &str,
) -> Result<Value<'f>, (String, String)> {
    let lacks = |word: &str, known: Vec<&str>| {
        let what = kind.as_str();
        (format!("is {what} `{owner}` and has no {word} `{name}`"), did_you_mean(name, &known))
    };
    match kind {
        TypeKind::Record(fields) => match fields.iter().find(|field| field.name == name) {
            Some(field) => Ok(value.member(&field.name, &field.ty, &field.tags, field.place.as_ref())),
            None => Err(lacks("field", fields.iter().map(|field| field.name.as_str()).collect())),
        },
        TypeKind::Variant(cases) => match cases.iter().find(|case| case.name == name) {
            Some(case) => match &case.payload {
                Some(payload) => Ok(value.member(&case.name, payload, &case.tags, case.place.as_ref())),
                None => {
                    let reason = format!("has the case `{name}`, which carries nothing");
                    Err((reason, "name a case with a payload".to_owned()))
                }
            },
            None => Err(lacks("case", cases.iter().map(|case| case.name.as_str()).collect())),
        },
        TypeKind::Enum(_) | TypeKind::Flags(_) | TypeKind::Resource | TypeKind::Alias(_) => Err((
            format!("is {} `{owner}` and has no parts", kind.as_str()),
            "take the rest of the path out".to_owned(),
        )),
    }
}

#[cfg(test)]
mod tests {
    use linchpin_contract::{Contract, Function, Place, load_text};

    use super::super::endpoint::{giver, taker};
    use super::{Nowhere, resolve};

    const WIT: &str = "package a:b@1.0.0;
interface api {
    /// @unit eur-per-mwh
    type price = f64;
    record curve {
        /// @range -500..=4000
        prices: list<price>,
        spans: list<tuple<u32, option<price>>>,
    }
    variant fault { stale(u32), missing }
    enum mode { eco, boost }
    record inputs { curve: curve, mode: mode }
    plan: func(inputs: inputs, limit: option<f32>) -> result<curve, fault>;
    ping: func();
}
";

    fn function<'c>(contract: &'c Contract, name: &str) -> &'c Function {
        contract.packages[0].interfaces[0].functions.iter().find(|it| it.name == name).unwrap()
    }

    fn place(text: &str) -> Place {
        let length = u32::try_from(text.len() + 2).unwrap();
        Place { file: "linchpin.toml".to_owned(), line: 1, column: 1, length, line_text: String::new() }
    }

    #[test]
    fn paths_lead_through_every_kind_of_type_and_gather_tags() {
        let contract = load_text("f.wit", WIT).unwrap();
        let plan = function(&contract, "plan");
        let cases = [
            ("m/plan -> ok.prices", "list<price>", ""),
            ("m/plan -> ok.prices[]", "f64", "@range -500..=4000 @unit eur-per-mwh"),
            ("m/plan -> ok.spans[].1.some", "f64", "@unit eur-per-mwh"),
            ("m/plan -> ok.spans[].0", "u32", ""),
            ("m/plan -> err.stale", "u32", ""),
        ];
        for (text, ty, tags) in cases {
            let value = resolve(plan, &giver(text, &place(text)).unwrap()).unwrap();
            let shown = if ty.starts_with("list") { value.clone() } else { value.resolved() };
            assert_eq!(shown.ty.to_string(), ty, "{text}");
            if !ty.starts_with("list") {
                let all: Vec<String> =
                    shown.tags.iter().map(ToString::to_string).filter(|tag| !tag.is_empty()).collect();
                assert_eq!(all.join(" "), tags, "{text}");
            }
        }
        for (text, ty) in [("m/plan(inputs.curve.prices)", "list<price>"), ("m/plan(limit.some)", "f32")] {
            assert_eq!(resolve(plan, &taker(text, &place(text)).unwrap()).unwrap().ty.to_string(), ty);
        }
    }

    #[test]
    fn a_path_that_leads_nowhere_says_at_which_segment_and_what_was_meant() {
        let contract = load_text("f.wit", WIT).unwrap();
        let cases = [
            ("m/plan(input.mode)", "function `plan` has no parameter `input`", "did you mean `inputs`?"),
            (
                "m/plan(inputs.curv)",
                "`inputs` is record `inputs` and has no field `curv`",
                "did you mean `curve`?",
            ),
            ("m/plan(inputs.mode.eco)", "`inputs.mode` is enum `mode` and has no parts", "take the rest"),
            (
                "m/plan(inputs.curve.prices.x)",
                "`inputs.curve.prices` is a `list<price>` and has no `x`",
                "`[]`",
            ),
            ("m/plan(limit.x)", "`limit` is an `option<f32>` and has no `x`", "write `some`"),
            ("m/plan(limit.some.x)", "`limit.some` is `f32` and has no `x`", "take the rest"),
            (
                "m/plan(inputs.curve.spans[].2)",
                "`inputs.curve.spans[]` is a `tuple<u32, option<price>>`",
                "0 to 1",
            ),
        ];
        for (text, reason, help) in cases {
            let wrong =
                resolve(function(&contract, "plan"), &taker(text, &place(text)).unwrap()).unwrap_err();
            assert!(wrong.reason.starts_with(reason) && wrong.help.contains(help), "{wrong:?}");
        }
        let cases = [
            (
                "m/plan -> okk",
                "the result is a `result<curve, fault>` and has no `okk`",
                "did you mean `ok`?",
            ),
            ("m/plan -> err.missing", "`err` has the case `missing`, which carries nothing", "payload"),
            ("m/plan -> err.stael", "`err` is variant `fault` and has no case `stael`", "`stale`"),
        ];
        for (text, reason, help) in cases {
            let wrong =
                resolve(function(&contract, "plan"), &giver(text, &place(text)).unwrap()).unwrap_err();
            assert!(wrong.reason.starts_with(reason) && wrong.help.contains(help), "{wrong:?}");
        }
        let text = "m/ping -> ok";
        let wrong = resolve(function(&contract, "ping"), &giver(text, &place(text)).unwrap()).unwrap_err();
        assert_eq!(wrong.reason, "function `ping` returns nothing");
        let Nowhere { place, .. } = resolve(
            function(&contract, "plan"),
            &taker("m/plan(inputs.curv)", &self::place("m/plan(inputs.curv)")).unwrap(),
        )
        .unwrap_err();
        assert_eq!((place.column, place.length), (16, 4));
    }
}
