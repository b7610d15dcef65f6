//! The sections of a component and of what is inside it; and the same without the custom ones (names,
//! producers, target features).

use wasmparser::BinaryReader;

pub(super) const HEADER_BYTES: usize = 8;
pub(super) const CUSTOM: u8 = 0;
pub(super) const CORE_MODULE: u8 = 1;
pub(super) const COMPONENT: u8 = 4;

/// One section of one level.
#[derive(Debug, Clone, Copy)]
pub(super) struct Section<'a> {
    pub(super) id: u8,
    pub(super) body: &'a [u8],
    /// Its id and length included.
    pub(super) bytes: usize,
}

/// Whether it is a component, in which sections nest, and not a core module.
pub(super) fn is_component(binary: &[u8]) -> bool {
    // Bytes 6 and 7 are the layer: 0 for a core module, 1 for a component.
    binary.get(6) == Some(&1)
}

/// The same component, or core module, without its custom sections.
pub(super) fn strip(binary: &[u8]) -> Result<Vec<u8>, String> {
    let header = binary.get(..HEADER_BYTES).ok_or("it is shorter than a header")?;
    let mut stripped = header.to_vec();
    for Section { id, body, .. } in sections(binary)? {
        match id {
            CUSTOM => {}
            CORE_MODULE | COMPONENT if is_component(binary) => append(&mut stripped, id, &strip(body)?),
            _ => append(&mut stripped, id, body),
        }
    }
    Ok(stripped)
}

/// The sections of one level, in order.
pub(super) fn sections(binary: &[u8]) -> Result<Vec<Section<'_>>, String> {
    let body = binary.get(HEADER_BYTES..).ok_or("it is shorter than a header")?;
    let mut reader = BinaryReader::new(body, HEADER_BYTES);
    let mut sections = Vec::new();
    while !reader.eof() {
        sections.push(section(&mut reader).map_err(|reason| reason.to_string())?);
    }
    Ok(sections)
}

fn section<'a>(reader: &mut BinaryReader<'a>) -> wasmparser::Result<Section<'a>> {
    let start = reader.original_position();
    let id = reader.read_u8()?;
    let length = reader.read_var_u32()? as usize;
    let body = reader.read_bytes(length)?;
    Ok(Section { id, body, bytes: reader.original_position() - start })
}

fn append(binary: &mut Vec<u8>, id: u8, body: &[u8]) {
    use wasm_encoder::Encode;
    binary.push(id);
    body.encode(binary);
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{Component, CustomSection, Module, ModuleSection};

    #[test]
    fn custom_sections_go_at_every_level() {
        let custom = CustomSection { name: "name".into(), data: (&[0; 16]).into() };
        let mut module = Module::new();
        module.section(&custom);
        let mut component = Component::new();
        component.section(&ModuleSection(&module)).section(&custom);

        let mut expected = Component::new();
        expected.section(&ModuleSection(&Module::new()));
        assert_eq!(super::strip(&component.finish()), Ok(expected.finish()));
    }

    #[test]
    fn a_truncated_binary_is_refused() {
        let whole = Module::new()
            .section(&CustomSection { name: "x".into(), data: (&[1, 2, 3]).into() })
            .clone()
            .finish();
        assert!(super::strip(&whole[..whole.len() - 1]).is_err());
        assert!(super::strip(&whole[..5]).is_err());
    }
}
