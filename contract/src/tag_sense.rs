//! Tags that stand where they guard nothing: on what holds no number, or with a range that its type cannot hold.

use crate::model::{Case, Field, Function, Label, Package, Place, Primitive, Type, TypeDef, TypeKind};
use crate::query::Declared;
use crate::tags::{Decimal, Range, TagNote, Tags};

/// What is wrong with the tags of a package's items, in source order within each interface and world.
pub(crate) fn notes(package: &Package) -> Vec<TagNote> {
    let mut sense = Sense(Vec::new());
    for declared in package.declared() {
        match declared {
            Declared::Type(def) => sense.def(def),
            Declared::Function(function) => sense.function(function),
        }
    }
    sense.0
}

/// A note about tags on something that is never a number.
pub(crate) fn nothing_to_say(item: &str, place: Option<&Place>, tags: &Tags) -> Option<TagNote> {
    let name = first(tags).or_else(|| tags.was.as_ref().map(|_| "was"))?;
    Some(TagNote {
        item: item.to_owned(),
        place: place.cloned(),
        message: format!("tag `@{name}` says nothing of {}", quoted(item)),
        help: "put it on a field, a case, an alias or a function that has a number, or take it out"
            .to_owned(),
    })
}

struct Sense(Vec<TagNote>);

impl Sense {
    fn function(&mut self, function: &Function) {
        let item = format!("function {}", function.name);
        self.item(&item, function.place.as_ref(), &function.tags, function.result.as_ref());
    }

    fn def(&mut self, def: &TypeDef) {
        let alias = if let TypeKind::Alias(target) = &def.kind { Some(target) } else { None };
        self.item(&format!("type {}", def.name), def.place.as_ref(), &def.tags, alias);
        match &def.kind {
            TypeKind::Record(fields) => fields.iter().for_each(|field| self.field(field)),
            TypeKind::Variant(cases) => cases.iter().for_each(|case| self.case(case)),
            TypeKind::Enum(labels) => labels.iter().for_each(|label| self.label("case", label)),
            TypeKind::Flags(labels) => labels.iter().for_each(|label| self.label("flag", label)),
            TypeKind::Alias(_) | TypeKind::Resource => {}
        }
    }

    fn field(&mut self, field: &Field) {
        self.item(&format!("field {}", field.name), field.place.as_ref(), &field.tags, Some(&field.ty));
    }

    fn case(&mut self, case: &Case) {
        self.item(&format!("case {}", case.name), case.place.as_ref(), &case.tags, case.payload.as_ref());
    }

    fn label(&mut self, what: &str, label: &Label) {
        self.item(&format!("{what} {}", label.name), label.place.as_ref(), &label.tags, None);
    }

    fn item(&mut self, item: &str, place: Option<&Place>, tags: &Tags, ty: Option<&Type>) {
        let wrong = of_no_number(item, tags, ty).map_or_else(
            || {
                let against = ty.map(aliases).unwrap_or_default();
                let against = against.into_iter().flat_map(|def| against_alias(tags, def));
                against.chain(ty.and_then(|ty| beyond_type(item, tags, ty))).collect()
            },
            |wrong| vec![wrong],
        );
        let note = |(message, help)| TagNote { item: item.to_owned(), place: place.cloned(), message, help };
        self.0.extend(wrong.into_iter().map(note));
    }
}

/// What is wrong, and what to do.
type Wrong = (String, String);

fn of_no_number(item: &str, tags: &Tags, ty: Option<&Type>) -> Option<Wrong> {
    let name = first(tags)?;
    if ty.is_some_and(|ty| !ty.numbers().is_empty()) {
        return None;
    }
    let has = ty.map_or_else(|| "has no value".to_owned(), |ty| format!("is `{ty}`"));
    Some((
        format!("tag `@{name}` speaks of a number, and {} {has}", quoted(item)),
        "put it where the number is written, or take it out".to_owned(),
    ))
}

/// Tags of an item that the alias of its type denies.
fn against_alias(tags: &Tags, def: &TypeDef) -> Vec<Wrong> {
    let unit = match (&tags.unit, &def.tags.unit) {
        (Some(own), Some(of_type)) if own != of_type => Some((
            format!("unit `{own}` contradicts type `{}`, whose unit is `{of_type}`", def.name),
            "take one of the two out, or give the value a type of its own".to_owned(),
        )),
        (_, _) => None,
    };
    let range = match (&tags.range, &def.tags.range) {
        (Some(own), Some(of_type)) if own.min < of_type.min || own.max > of_type.max => Some((
            format!("range {own} goes beyond that of type `{}`, {of_type}", def.name),
            "keep within it, or give the value a type of its own".to_owned(),
        )),
        (_, _) => None,
    };
    unit.into_iter().chain(range).collect()
}

fn beyond_type(item: &str, tags: &Tags, ty: &Type) -> Option<Wrong> {
    let range = tags.range.as_ref()?;
    let held: Option<Vec<Range>> = ty.numbers().into_iter().map(bounds).collect();
    let widest = held?.into_iter().reduce(wider)?;
    (range.min < widest.min || range.max > widest.max).then(|| {
        (
            format!("range {range} goes beyond what {} can hold, {widest}", quoted(item)),
            "correct the range, or the type".to_owned(),
        )
    })
}

/// The aliases that a value's number is reached through, outermost first.
fn aliases(ty: &Type) -> Vec<&TypeDef> {
    match ty {
        Type::Named(def) => match &def.kind {
            TypeKind::Alias(target) => [vec![&**def], aliases(target)].concat(),
            TypeKind::Record(_)
            | TypeKind::Variant(_)
            | TypeKind::Enum(_)
            | TypeKind::Flags(_)
            | TypeKind::Resource => Vec::new(),
        },
        Type::List(item) | Type::FixedList(item, _) | Type::Option(item) => aliases(item),
        // What several numbers are reached through is said of each by itself.
        Type::Map(..)
        | Type::Result { .. }
        | Type::Tuple(_)
        | Type::Primitive(_)
        | Type::Stream(_)
        | Type::Future(_)
        | Type::Own(_)
        | Type::Borrow(_) => Vec::new(),
    }
}

/// "field `name`".
fn quoted(item: &str) -> String {
    item.split_once(' ').map_or_else(|| item.to_owned(), |(what, name)| format!("{what} `{name}`"))
}

/// The first tag that speaks of a number.
fn first(tags: &Tags) -> Option<&'static str> {
    let unit = tags.unit.as_ref().map(|_| "unit");
    unit.or_else(|| tags.range.as_ref().map(|_| "range")).or_else(|| tags.step.map(|_| "step"))
}

/// What an integer type holds; nothing for other types.
fn bounds(primitive: Primitive) -> Option<Range> {
    let (min, max) = primitive.integer_bounds()?;
    Some(Range { min: Decimal::integer(min), max: Decimal::integer(max) })
}

fn wider(one: Range, other: Range) -> Range {
    Range { min: one.min.min(other.min), max: one.max.max(other.max) }
}
