//! Canonical text: one function or type written out in full, with every declared type expanded in place.
//!
//! The grammar is WIT's own, with one space after each `,` and `:` and around braces. Docs, type names,
//! aliases and package versions are not in it; names and order of parameters, fields, cases and flags are.
//! `linchpin-host` writes the same text from a component's bytes; a test holds the two equal.

use crate::error::Error;
use crate::model::{Function, Place, Type, TypeDef, TypeKind};

/// The longest canonical text that is written, in bytes. Types can double at every level, so a short file could
/// otherwise expand without end.
pub const MAX_TEXT_BYTES: usize = 1 << 20;

/// The canonical text of a function: `func(name: type, ..) -> type`. Its own name is not in it.
///
/// # Errors
/// [`Error::TypeTooLarge`] where the text would pass [`MAX_TEXT_BYTES`].
pub fn canonical_text(function: &Function) -> Result<String, Error> {
    let mut writer = Writer::default();
    if function.is_async() {
        writer.push("async ");
    }
    writer.push("func(");
    for (index, param) in function.params.iter().enumerate() {
        writer.name(index, &param.name);
        writer.ty(&param.ty);
    }
    writer.push(")");
    if let Some(result) = &function.result {
        writer.push(" -> ");
        writer.ty(result);
    }
    writer.finish(&function.name, function.place.as_ref())
}

/// The canonical text of a type.
///
/// # Errors
/// As [`canonical_text`].
pub fn canonical_type(ty: &Type) -> Result<String, Error> {
    let mut writer = Writer::default();
    writer.ty(ty);
    let place = if let Type::Named(def) = ty { def.place.as_ref() } else { None };
    writer.finish(&ty.to_string(), place)
}

/// Writes until the limit is passed, and nothing after that.
#[derive(Default)]
struct Writer {
    text: String,
    full: bool,
}

impl Writer {
    fn finish(self, name: &str, place: Option<&Place>) -> Result<String, Error> {
        if self.full {
            return Err(Error::TypeTooLarge {
                name: name.to_owned(),
                limit: MAX_TEXT_BYTES,
                place: place.cloned(),
            });
        }
        Ok(self.text)
    }

    fn push(&mut self, text: &str) {
        if self.text.len() + text.len() > MAX_TEXT_BYTES {
            self.full = true;
        } else {
            self.text.push_str(text);
        }
    }

    fn separator(&mut self, index: usize) {
        if index > 0 {
            self.push(", ");
        }
    }

    fn name(&mut self, index: usize, name: &str) {
        self.separator(index);
        self.push(name);
        self.push(": ");
    }

    fn ty(&mut self, ty: &Type) {
        if self.full {
            return;
        }
        match ty {
            Type::Primitive(primitive) => self.push(primitive.as_str()),
            Type::List(item) => self.generic("list", &[item]),
            Type::FixedList(item, length) => {
                self.push("list<");
                self.ty(item);
                self.push(&format!(", {length}>"));
            }
            Type::Map(key, value) => self.generic("map", &[key, value]),
            Type::Option(item) => self.generic("option", &[item]),
            Type::Result { ok, err } => self.result(ok.as_deref(), err.as_deref()),
            Type::Tuple(items) => self.generic("tuple", &items.iter().collect::<Vec<_>>()),
            Type::Named(def) => self.def(def),
            Type::Stream(None) => self.push("stream"),
            Type::Stream(Some(item)) => self.generic("stream", &[item]),
            Type::Future(None) => self.push("future"),
            Type::Future(Some(item)) => self.generic("future", &[item]),
            Type::Own(def) => self.handle("own", def),
            Type::Borrow(def) => self.handle("borrow", def),
        }
    }

    fn generic(&mut self, keyword: &str, items: &[&Type]) {
        self.push(keyword);
        self.push("<");
        for (index, item) in items.iter().enumerate() {
            self.separator(index);
            self.ty(item);
        }
        self.push(">");
    }

    fn result(&mut self, ok: Option<&Type>, err: Option<&Type>) {
        match (ok, err) {
            (None, None) => self.push("result"),
            (Some(ok), None) => self.generic("result", &[ok]),
            (None, Some(err)) => {
                self.push("result<_, ");
                self.ty(err);
                self.push(">");
            }
            (Some(ok), Some(err)) => self.generic("result", &[ok, err]),
        }
    }

    fn handle(&mut self, keyword: &str, def: &TypeDef) {
        self.push(keyword);
        self.push("<resource ");
        self.push(resource_name(def));
        self.push(">");
    }

    fn def(&mut self, def: &TypeDef) {
        match &def.kind {
            TypeKind::Record(fields) => self.braced("record", fields.len(), |writer, index| {
                if let Some(field) = fields.get(index) {
                    writer.name(index, &field.name);
                    writer.ty(&field.ty);
                }
            }),
            TypeKind::Variant(cases) => self.braced("variant", cases.len(), |writer, index| {
                if let Some(case) = cases.get(index) {
                    writer.separator(index);
                    writer.push(&case.name);
                    if let Some(payload) = &case.payload {
                        writer.push("(");
                        writer.ty(payload);
                        writer.push(")");
                    }
                }
            }),
            TypeKind::Enum(labels) | TypeKind::Flags(labels) => {
                self.braced(def.kind.as_str(), labels.len(), |writer, index| {
                    if let Some(label) = labels.get(index) {
                        writer.separator(index);
                        writer.push(&label.name);
                    }
                });
            }
            TypeKind::Alias(target) => self.ty(target),
            TypeKind::Resource => {
                self.push("resource ");
                self.push(&def.name);
            }
        }
    }

    fn braced(&mut self, keyword: &str, count: usize, item: impl Fn(&mut Self, usize)) {
        self.push(keyword);
        self.push(" {");
        self.push(if count == 0 { "" } else { " " });
        for index in 0..count {
            item(self, index);
        }
        self.push(if count == 0 { "}" } else { " }" });
    }
}

/// The name under which a resource was declared, whatever `use` called it since.
fn resource_name(def: &TypeDef) -> &str {
    let mut def = def;
    while let TypeKind::Alias(Type::Named(target)) = &def.kind {
        def = target;
    }
    &def.name
}
