//! Tags that stand where they guard nothing: on what holds no number, or with a range that its type cannot hold.

use crate::model::{
    Case, Field, Function, Interface, Label, Package, Place, Primitive, Type, TypeDef, TypeKind, World,
    WorldItem,
};
use crate::tags::{Decimal, Range, TagNote, Tags};

/// What is wrong with the tags of a package's items, in source order within each interface and world.
pub(crate) fn notes(package: &Package) -> Vec<TagNote> {
    let mut sense = Sense(Vec::new());
    package.interfaces.iter().for_each(|interface| sense.interface(interface));
    package.worlds.iter().for_each(|world| sense.world(world));
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
    fn interface(&mut self, interface: &Interface) {
        interface.types.iter().for_each(|def| self.def(def));
        interface.functions.iter().for_each(|function| self.function(function));
    }

    fn world(&mut self, world: &World) {
        for item in world.imports.iter().chain(&world.exports) {
            match item {
                // Those of a package stand there as well.
                WorldItem::Interface(interface) if interface.id.package.is_none() => {
                    self.interface(interface)
                }
                WorldItem::Interface(_) => {}
                WorldItem::Function(function) => self.function(function),
                WorldItem::Type(def) => self.def(def),
            }
        }
    }

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
        let mut push = |message: String, help: String| {
            self.0.push(TagNote { item: item.to_owned(), place: place.cloned(), message, help });
        };
        let Some(name) = first(tags) else { return };
        let numbers = ty.map(Type::numbers).unwrap_or_default();
        if numbers.is_empty() {
            let has = ty.map_or_else(|| "has no value".to_owned(), |ty| format!("is `{ty}`"));
            push(
                format!("tag `@{name}` speaks of a number, and {} {has}", quoted(item)),
                "put it where the number is written, or take it out".to_owned(),
            );
            return;
        }
        let Some(range) = &tags.range else { return };
        let held: Option<Vec<Range>> = numbers.into_iter().map(bounds).collect();
        if let Some(widest) = held.into_iter().flatten().reduce(wider)
            && (range.min < widest.min || range.max > widest.max)
        {
            push(
                format!("range {range} goes beyond what {} can hold, {widest}", quoted(item)),
                "correct the range, or the type".to_owned(),
            );
        }
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
