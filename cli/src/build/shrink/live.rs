//! What the kept exports of a core module can reach.

use std::collections::BTreeSet;
use std::convert::Infallible;

use wasm_encoder::reencode::{Error, Reencode};
use wasmparser::{
    ConstExpr, Element, ElementItems, ElementKind, Export, FunctionBody, Global, Parser, Payload,
};

/// Indexes of what is kept.
#[derive(Default)]
pub(super) struct Live {
    pub(super) functions: BTreeSet<u32>,
    pub(super) globals: BTreeSet<u32>,
    pub(super) tables: BTreeSet<u32>,
    pub(super) types: BTreeSet<u32>,
    pub(super) elements: BTreeSet<u32>,
    /// There is at most one.
    pub(super) memory: bool,
}

impl Live {
    /// Follows every reference from the exports that are `used`.
    pub(super) fn find(module: &[u8], used: &BTreeSet<String>) -> Result<Self, String> {
        let parts = Parts::read(module).map_err(|error| error.to_string())?;
        let mut walk = Walk { parts: &parts, live: Self::default(), bodies: Vec::new(), inits: Vec::new() };
        walk.roots(used).and_then(|()| walk.follow()).map_err(|error| error.to_string())?;
        Ok(walk.live)
    }
}

/// The module by parts. It has no imports, so the first of each kind is number zero.
#[derive(Default)]
struct Parts<'m> {
    types_of_functions: Vec<u32>,
    bodies: Vec<FunctionBody<'m>>,
    globals: Vec<Global<'m>>,
    exports: Vec<Export<'m>>,
    elements: Vec<Element<'m>>,
    data_offsets: Vec<ConstExpr<'m>>,
    start: Option<u32>,
}

impl<'m> Parts<'m> {
    fn read(module: &'m [u8]) -> wasmparser::Result<Self> {
        let mut parts = Self::default();
        for payload in Parser::new(0).parse_all(module) {
            match payload? {
                Payload::FunctionSection(section) => {
                    parts.types_of_functions = section.into_iter().collect::<Result<_, _>>()?;
                }
                Payload::CodeSectionEntry(body) => parts.bodies.push(body),
                Payload::GlobalSection(section) => {
                    parts.globals = section.into_iter().collect::<Result<_, _>>()?;
                }
                Payload::ExportSection(section) => {
                    parts.exports = section.into_iter().collect::<Result<_, _>>()?;
                }
                Payload::ElementSection(section) => {
                    parts.elements = section.into_iter().collect::<Result<_, _>>()?;
                }
                Payload::DataSection(section) => {
                    for data in section {
                        if let wasmparser::DataKind::Active { offset_expr, .. } = data?.kind {
                            parts.data_offsets.push(offset_expr);
                        }
                    }
                }
                Payload::StartSection { func, .. } => parts.start = Some(func),
                // The rest refers to nothing.
                _ => {}
            }
        }
        Ok(parts)
    }
}

/// Follows references. Encoding is only a way to meet every one of them.
struct Walk<'p, 'm> {
    parts: &'p Parts<'m>,
    live: Live,
    /// Functions whose bodies were not read yet.
    bodies: Vec<u32>,
    /// Expressions that were not read yet.
    inits: Vec<ConstExpr<'m>>,
}

type Walked = Result<(), Error<Infallible>>;

impl Walk<'_, '_> {
    fn roots(&mut self, used: &BTreeSet<String>) -> Walked {
        let parts = self.parts;
        for export in parts.exports.iter().filter(|export| used.contains(export.name)) {
            self.external_index(export.kind, export.index)?;
        }
        if let Some(start) = parts.start {
            self.function_index(start)?;
        }
        // What is declared may be referred to in ways that are not worth following.
        for (index, element) in (0..).zip(&parts.elements) {
            if let ElementKind::Declared = element.kind {
                self.element_index(index)?;
            }
        }
        Ok(())
    }

    fn follow(&mut self) -> Walked {
        let mut discarded = wasm_encoder::CodeSection::new();
        let mut data_offsets = self.parts.data_offsets.clone();
        loop {
            if self.live.memory {
                self.inits.append(&mut data_offsets);
            }
            if let Some(init) = self.inits.pop() {
                self.const_expr(init)?;
            } else if let Some(function) = self.bodies.pop() {
                if let Some(body) = self.parts.bodies.get(function as usize) {
                    self.parse_function_body(&mut discarded, body.clone())?;
                }
            } else {
                return Ok(());
            }
        }
    }

    fn element(&mut self, element: &Element<'_>) -> Walked {
        match element.items.clone() {
            ElementItems::Functions(functions) => {
                for function in functions {
                    self.function_index(function?)?;
                }
            }
            ElementItems::Expressions(_, expressions) => {
                for expression in expressions {
                    self.const_expr(expression?)?;
                }
            }
        }
        Ok(())
    }
}

impl Reencode for Walk<'_, '_> {
    type Error = Infallible;

    fn function_index(&mut self, index: u32) -> Result<u32, Error<Infallible>> {
        if self.live.functions.insert(index) {
            self.bodies.push(index);
            if let Some(ty) = self.parts.types_of_functions.get(index as usize) {
                self.type_index(*ty)?;
            }
        }
        Ok(index)
    }

    fn global_index(&mut self, index: u32) -> Result<u32, Error<Infallible>> {
        if self.live.globals.insert(index) {
            self.inits.extend(self.parts.globals.get(index as usize).map(|global| global.init_expr.clone()));
        }
        Ok(index)
    }

    /// A table may be called through, so whatever lies in it from the start is live too.
    fn table_index(&mut self, index: u32) -> Result<u32, Error<Infallible>> {
        if self.live.tables.insert(index) {
            for (element, segment) in (0..).zip(&self.parts.elements) {
                if let ElementKind::Active { table_index, .. } = segment.kind
                    && table_index.unwrap_or(0) == index
                {
                    self.element_index(element)?;
                }
            }
        }
        Ok(index)
    }

    fn element_index(&mut self, index: u32) -> Result<u32, Error<Infallible>> {
        if self.live.elements.insert(index)
            && let Some(element) = self.parts.elements.get(index as usize)
        {
            if let ElementKind::Active { table_index, offset_expr } = &element.kind {
                self.inits.push(offset_expr.clone());
                self.table_index(table_index.unwrap_or(0))?;
            }
            self.element(element)?;
        }
        Ok(index)
    }

    fn type_index(&mut self, index: u32) -> Result<u32, Error<Infallible>> {
        self.live.types.insert(index);
        Ok(index)
    }

    fn memory_index(&mut self, index: u32) -> Result<u32, Error<Infallible>> {
        self.live.memory = true;
        Ok(index)
    }
}
