//! One core module: its sections, one after another, and its functions, instruction by instruction.

use wasmparser::{
    ConstExpr, Data, DataKind, Element, ElementItems, ElementKind, FunctionBody, Global, MemoryType,
    Operator, Payload, TableType, ValType,
};

use super::scan::length;
use super::segments::Constants;
use super::{Invalid, MemoryProfile, Profile, TableProfile};

const PAGE_BYTES: u64 = 64 << 10;
/// Of core imports, so many are kept by name.
const IMPORTS_NAMED: usize = 8;
/// What the names of exports begin with that a host adds to reset an instance.
const RESERVED: &str = "linchpin:reset/";

/// One core module while its sections are read.
#[derive(Default)]
pub(super) struct CoreScan {
    found: Profile,
    constants: Constants,
    /// Imports without any name, which is how the initialiser of `wit-component` has its only one.
    nameless_imports: usize,
    imports: usize,
    /// The start function is the first one.
    starts_first: bool,
    /// Anything beside types, imports and a start function.
    has_more: bool,
}

impl CoreScan {
    /// Takes one section, or one function body.
    pub(super) fn add(&mut self, payload: Payload<'_>) -> Result<(), Invalid> {
        let only_starts = matches!(
            payload,
            Payload::Version { .. }
                | Payload::TypeSection(_)
                | Payload::CustomSection(_)
                | Payload::ImportSection(_)
                | Payload::StartSection { .. }
        );
        self.has_more |= !only_starts;
        match payload {
            Payload::TypeSection(section) => self.found.types += section.count(),
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    let import = import?;
                    self.import(import.module, import.name);
                }
            }
            Payload::StartSection { func, .. } => {
                self.found.start_functions += 1;
                self.starts_first = func == 0;
            }
            Payload::MemorySection(section) => {
                for memory in section {
                    self.found.memories.push(memory_profile(memory?));
                }
            }
            Payload::TableSection(section) => {
                for table in section {
                    self.found.tables.push(table_profile(table?.ty));
                }
            }
            Payload::GlobalSection(section) => {
                for global in section {
                    self.global(&global?);
                }
            }
            Payload::ExportSection(section) => {
                for export in section {
                    self.export(export?.name);
                }
            }
            Payload::ElementSection(section) => {
                for element in section {
                    self.element(&element?);
                }
            }
            Payload::DataSection(section) => {
                for data in section {
                    self.data(&data?);
                }
            }
            Payload::CodeSectionEntry(body) => self.function(&body)?,
            _ => {}
        }
        Ok(())
    }

    /// Adds what was found to the whole.
    pub(super) fn finish(self, profile: &mut Profile, of_outermost: bool) {
        let only_initialises =
            !self.has_more && self.imports == 1 && self.nameless_imports == 1 && self.starts_first;
        if of_outermost && profile.core_modules > 0 && profile.initialisers == 0 && only_initialises {
            profile.initialisers = 1;
            return;
        }
        profile.core_modules += 1;
        profile.merge(self.found);
    }

    fn import(&mut self, module: &str, name: &str) {
        self.imports += 1;
        self.nameless_imports += usize::from(module.is_empty() && name.is_empty());
        self.found.name(module);
        self.found.name(name);
        if self.found.core_imports.len() < IMPORTS_NAMED {
            self.found.core_imports.push(format!("{module}.{name}"));
        }
    }

    fn export(&mut self, name: &str) {
        self.found.name(name);
        if name.starts_with(RESERVED) {
            self.kept("an export with a name that is reserved for resetting");
        }
    }

    fn global(&mut self, global: &Global<'_>) {
        self.found.globals += 1;
        self.constants.global(global);
        if !global.ty.mutable {
            return;
        }
        self.found.mutable_globals += 1;
        match global.ty.content_type {
            ValType::I32 | ValType::I64 | ValType::F32 | ValType::F64 | ValType::V128 => {}
            ValType::Ref(_) => self.kept("a mutable global that holds a reference"),
        }
    }

    fn element(&mut self, element: &Element<'_>) {
        self.found.element_segments += 1;
        let items = match &element.items {
            ElementItems::Functions(items) => items.count(),
            ElementItems::Expressions(_, items) => items.count(),
        };
        if let ElementKind::Active { table_index, offset_expr } = &element.kind {
            let table = self.found.tables.get(table_index.unwrap_or(0) as usize);
            let room = table.map(|table| table.initial_elements);
            self.fits(offset_expr, u64::from(items), room, "an element segment beyond its table");
        }
    }

    fn data(&mut self, data: &Data<'_>) {
        self.found.data_segments += 1;
        let bytes = length(data.data.len());
        self.found.data_bytes = self.found.data_bytes.saturating_add(bytes);
        if let DataKind::Active { memory_index, offset_expr } = &data.kind {
            let memory = self.found.memories.get(*memory_index as usize);
            let room = memory.map(|memory| memory.initial_bytes);
            self.fits(offset_expr, bytes, room, "a data segment beyond its memory");
        }
    }

    /// An imported memory or table has no size here; imports are a finding of their own.
    fn fits(&mut self, offset: &ConstExpr<'_>, length: u64, room: Option<u64>, what: &str) {
        if let (Some(offset), Some(room)) = (self.constants.offset(offset), room)
            && offset.saturating_add(length) > room
        {
            self.found.segments_out_of_bounds.insert(what.to_owned());
        }
    }

    fn function(&mut self, body: &FunctionBody<'_>) -> Result<(), Invalid> {
        let found = &mut self.found;
        found.functions += 1;
        found.largest_body_bytes = found.largest_body_bytes.max(length(body.range().len()));
        let mut locals = 0_u64;
        for group in body.get_locals_reader()? {
            locals = locals.saturating_add(u64::from(group?.0));
        }
        found.most_locals = found.most_locals.max(locals);
        for operator in body.get_operators_reader()? {
            let operator = operator?;
            if let Operator::BrTable { targets } = &operator {
                let found = &mut self.found;
                found.largest_branch_table = found.largest_branch_table.max(u64::from(targets.len()));
            }
            if let Some(instruction) = keeps(&operator) {
                self.kept(instruction);
            }
        }
        Ok(())
    }

    fn kept(&mut self, what: &str) {
        if !self.found.kept_state.contains(what) {
            self.found.kept_state.insert(what.to_owned());
        }
    }
}

impl Profile {
    /// Adds a core module's figures.
    fn merge(&mut self, other: Self) {
        self.start_functions += other.start_functions;
        self.functions += other.functions;
        self.largest_body_bytes = self.largest_body_bytes.max(other.largest_body_bytes);
        self.most_locals = self.most_locals.max(other.most_locals);
        self.largest_branch_table = self.largest_branch_table.max(other.largest_branch_table);
        self.globals += other.globals;
        self.mutable_globals += other.mutable_globals;
        self.types += other.types;
        self.element_segments += other.element_segments;
        self.data_segments += other.data_segments;
        self.data_bytes = self.data_bytes.saturating_add(other.data_bytes);
        self.longest_name_bytes = self.longest_name_bytes.max(other.longest_name_bytes);
        self.name_not_ascii = self.name_not_ascii.take().or(other.name_not_ascii);
        self.memories.extend(other.memories);
        self.tables.extend(other.tables);
        self.kept_state.extend(other.kept_state);
        self.segments_out_of_bounds.extend(other.segments_out_of_bounds);
        let room = IMPORTS_NAMED.saturating_sub(self.core_imports.len());
        self.core_imports.extend(other.core_imports.into_iter().take(room));
    }
}

fn memory_profile(ty: MemoryType) -> MemoryProfile {
    let page = ty.page_size_log2.map_or(PAGE_BYTES, |log2| 1_u64.checked_shl(log2).unwrap_or(u64::MAX));
    let bytes = |pages: u64| pages.saturating_mul(page);
    MemoryProfile { initial_bytes: bytes(ty.initial), maximum_bytes: ty.maximum.map(bytes) }
}

fn table_profile(ty: TableType) -> TableProfile {
    TableProfile { initial_elements: ty.initial, maximum_elements: ty.maximum }
}

/// The instruction, if it changes what a reset of memory and globals does not put back.
fn keeps(operator: &Operator<'_>) -> Option<&'static str> {
    match operator {
        Operator::TableSet { .. } => Some("`table.set`"),
        Operator::TableGrow { .. } => Some("`table.grow`"),
        Operator::TableFill { .. } => Some("`table.fill`"),
        Operator::TableCopy { .. } => Some("`table.copy`"),
        Operator::TableInit { .. } => Some("`table.init`"),
        Operator::MemoryInit { .. } => Some("`memory.init`"),
        Operator::DataDrop { .. } => Some("`data.drop`"),
        Operator::ElemDrop { .. } => Some("`elem.drop`"),
        _ => None,
    }
}
