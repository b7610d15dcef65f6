//! A core module without what its component does not use.
//!
//! The linker keeps whatever is exported, and compilers export more than a component uses: an allocator that no
//! function needs, addresses of the data, helpers of the bindings. What only those reach goes with them.
//!
//! ```text
//! module ─▶ component ─▶ the exports that it uses ─▶ live ─▶ the module again, with indexes moved up
//!                        (used)                     (live)  (here)
//! ```

mod live;
mod used;

use std::collections::BTreeSet;

use wasm_encoder::reencode::{Error, Reencode, utils};
use wasmparser::{CodeSectionReader, CustomSectionReader, Parser};

use live::Live;

/// The same module, with those of its exports that `component` uses and what these need, and which of its functions
/// that are, by their indexes before.
pub(super) fn shrink(module: &[u8], component: &[u8]) -> Result<(Vec<u8>, BTreeSet<u32>), String> {
    let used = used::exports(component)?;
    let live = Live::find(module, &used)?;
    let mut shrunk = wasm_encoder::Module::new();
    let mut shrinker = Shrinker { live, used, bodies: 0 };
    shrinker.parse_core_module(&mut shrunk, Parser::new(0), module).map_err(|error| error.to_string())?;
    Ok((shrunk.finish(), shrinker.live.functions))
}

/// Writes what is live, and moves indexes up to where it is then.
struct Shrinker {
    live: Live,
    used: BTreeSet<String>,
    /// How many bodies were read.
    bodies: u32,
}

type Shrunk<T> = Result<T, Error<String>>;

/// The place of `index` among those that are kept.
fn place(kept: &BTreeSet<u32>, index: u32, what: &str) -> Shrunk<u32> {
    if !kept.contains(&index) {
        return Err(Error::UserError(format!("{what} {index} is used and was not found to be")));
    }
    Ok(kept.range(..index).count() as u32)
}

impl Reencode for Shrinker {
    type Error = String;

    fn function_index(&mut self, index: u32) -> Shrunk<u32> {
        place(&self.live.functions, index, "function")
    }

    fn global_index(&mut self, index: u32) -> Shrunk<u32> {
        place(&self.live.globals, index, "global")
    }

    fn table_index(&mut self, index: u32) -> Shrunk<u32> {
        place(&self.live.tables, index, "table")
    }

    fn type_index(&mut self, index: u32) -> Shrunk<u32> {
        place(&self.live.types, index, "type")
    }

    fn element_index(&mut self, index: u32) -> Shrunk<u32> {
        place(&self.live.elements, index, "element segment")
    }

    fn parse_type_section(
        &mut self,
        types: &mut wasm_encoder::TypeSection,
        section: wasmparser::TypeSectionReader<'_>,
    ) -> Shrunk<()> {
        for (index, group) in (0..).zip(section) {
            let group = group?;
            if self.live.types.contains(&index) {
                utils::parse_recursive_type_group(self, types.ty(), group)?;
            }
        }
        Ok(())
    }

    fn parse_function_section(
        &mut self,
        functions: &mut wasm_encoder::FunctionSection,
        section: wasmparser::FunctionSectionReader<'_>,
    ) -> Shrunk<()> {
        for (index, ty) in (0..).zip(section) {
            let ty = ty?;
            if self.live.functions.contains(&index) {
                functions.function(self.type_index(ty)?);
            }
        }
        Ok(())
    }

    fn parse_table_section(
        &mut self,
        tables: &mut wasm_encoder::TableSection,
        section: wasmparser::TableSectionReader<'_>,
    ) -> Shrunk<()> {
        for (index, table) in (0..).zip(section) {
            let table = table?;
            if self.live.tables.contains(&index) {
                utils::parse_table(self, tables, table)?;
            }
        }
        Ok(())
    }

    fn parse_memory_section(
        &mut self,
        memories: &mut wasm_encoder::MemorySection,
        section: wasmparser::MemorySectionReader<'_>,
    ) -> Shrunk<()> {
        if self.live.memory { utils::parse_memory_section(self, memories, section) } else { Ok(()) }
    }

    fn parse_global_section(
        &mut self,
        globals: &mut wasm_encoder::GlobalSection,
        section: wasmparser::GlobalSectionReader<'_>,
    ) -> Shrunk<()> {
        for (index, global) in (0..).zip(section) {
            let global = global?;
            if self.live.globals.contains(&index) {
                utils::parse_global(self, globals, global)?;
            }
        }
        Ok(())
    }

    fn parse_export(
        &mut self,
        exports: &mut wasm_encoder::ExportSection,
        export: wasmparser::Export<'_>,
    ) -> Shrunk<()> {
        if self.used.contains(export.name) { utils::parse_export(self, exports, export) } else { Ok(()) }
    }

    fn parse_element_section(
        &mut self,
        elements: &mut wasm_encoder::ElementSection,
        section: wasmparser::ElementSectionReader<'_>,
    ) -> Shrunk<()> {
        for (index, element) in (0..).zip(section) {
            let element = element?;
            if self.live.elements.contains(&index) {
                self.parse_element(elements, element)?;
            }
        }
        Ok(())
    }

    fn parse_data_section(
        &mut self,
        data: &mut wasm_encoder::DataSection,
        section: wasmparser::DataSectionReader<'_>,
    ) -> Shrunk<()> {
        if self.live.memory { utils::parse_data_section(self, data, section) } else { Ok(()) }
    }

    fn parse_code_section(
        &mut self,
        code: &mut wasm_encoder::CodeSection,
        section: CodeSectionReader<'_>,
    ) -> Shrunk<()> {
        for body in section {
            self.parse_function_body(code, body?)?;
        }
        Ok(())
    }

    fn parse_function_body(
        &mut self,
        code: &mut wasm_encoder::CodeSection,
        body: wasmparser::FunctionBody<'_>,
    ) -> Shrunk<()> {
        let index = self.bodies;
        self.bodies += 1;
        if self.live.functions.contains(&index) {
            utils::parse_function_body(self, code, body)?;
        }
        Ok(())
    }

    /// Names are of the indexes before, and stripped later anyway. What the bindings say of types is needed.
    fn parse_custom_section(
        &mut self,
        module: &mut wasm_encoder::Module,
        section: CustomSectionReader<'_>,
    ) -> Shrunk<()> {
        if section.name().starts_with("component-type") {
            utils::parse_custom_section(self, module, section)?;
        }
        Ok(())
    }
}
