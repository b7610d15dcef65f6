//! Short names for what a component imports from itself.
//!
//! `wit-component` wraps every exported interface into a component of its own, with one import for each type and
//! function of the interface, and passes these in by name. The names tell a reader what they are and nobody else
//! anything, and each is written twice.

use std::collections::BTreeMap;

use wasm_encoder::reencode::{Error, ReencodeComponent, component_utils};
use wasmparser::{ComponentInstance, Parser};

/// The same component with short names inside.
pub(super) fn shorten(component: &[u8]) -> Result<Vec<u8>, String> {
    let mut shortened = wasm_encoder::Component::new();
    let parsed = Shortener::default().parse_component(&mut shortened, Parser::new(0), component);
    parsed.map_err(|error| error.to_string())?;
    Ok(shortened.finish())
}

#[derive(Default)]
struct Shortener {
    /// How many components are around.
    depth: u32,
    short: BTreeMap<String, String>,
}

impl Shortener {
    fn short(&mut self, name: &str) -> String {
        let next = self.short.len();
        self.short.entry(name.to_owned()).or_insert_with(|| letters(next)).clone()
    }
}

/// `a` to `z`, then `aa` and on: words, as names in components have to be.
fn letters(number: usize) -> String {
    let last = char::from(b'a' + (number % 26) as u8);
    match number / 26 {
        0 => last.to_string(),
        more => letters(more - 1) + &last.to_string(),
    }
}

impl wasm_encoder::reencode::Reencode for Shortener {
    type Error = std::convert::Infallible;
}

impl ReencodeComponent for Shortener {
    fn push_depth(&mut self) {
        self.depth += 1;
    }

    fn pop_depth(&mut self) {
        self.depth -= 1;
    }

    fn parse_component_import_section(
        &mut self,
        imports: &mut wasm_encoder::ComponentImportSection,
        section: wasmparser::ComponentImportSectionReader<'_>,
    ) -> Result<(), Error<Self::Error>> {
        if self.depth == 0 {
            return component_utils::parse_component_import_section(self, imports, section);
        }
        for import in section {
            let import = import?;
            let name = self.short(import.name.name);
            imports.import(name.as_str(), self.component_type_ref(import.ty)?);
        }
        Ok(())
    }

    fn parse_component_instance(
        &mut self,
        instances: &mut wasm_encoder::ComponentInstanceSection,
        instance: ComponentInstance<'_>,
    ) -> Result<(), Error<Self::Error>> {
        let ComponentInstance::Instantiate { component_index, args } = instance else {
            return component_utils::parse_component_instance(self, instances, instance);
        };
        let named: Vec<_> = args.iter().map(|argument| (self.short(argument.name), argument)).collect();
        let arguments = named.iter().map(|(name, it)| (name.as_str(), it.kind.into(), it.index));
        instances.instantiate(component_index, arguments);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::letters;

    #[test]
    fn every_number_has_letters_of_its_own() {
        let names: std::collections::BTreeSet<String> = (0..1000).map(letters).collect();
        assert_eq!(names.len(), 1000);
        assert_eq!((letters(0), letters(25), letters(26)), ("a".into(), "z".into(), "aa".into()));
    }
}
