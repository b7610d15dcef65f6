//! Digests of what decides about a component, so that what was read of one need not be read again of another.

use sha2::{Digest as _, Sha256};
use wasmparser::{Encoding, Parser, Payload};

use crate::digest::Digest;

/// Custom sections that upstream reads where it decodes a component, and may refuse.
const TELLING: [&str; 2] = ["package-docs", "wit-component-encoding"];

/// Digests over parts of a component's bytes. Other custom sections than those that upstream reads are in none of them:
/// they change neither what a component is nor what it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SectionDigests {
    /// Over everything but core modules: valid components with the same digest have the same world.
    pub world: Digest,
    /// Over everything.
    pub code: Digest,
}

/// The digests of a component; absent where its sections cannot be told apart.
///
/// ```
/// let empty = b"\0asm\x0d\0\x01\0";
/// let with_a_custom_section = [&empty[..], &[0, 2, 1, b'x']].concat();
/// let digests = linchpin_contract::section_digests(empty);
/// assert!(digests.is_some());
/// assert_eq!(digests, linchpin_contract::section_digests(&with_a_custom_section));
/// ```
pub fn section_digests(component: &[u8]) -> Option<SectionDigests> {
    let (mut world, mut code) = (Sha256::new(), Sha256::new());
    // What stands around the section at hand, outermost first: whether it is a core module.
    let mut within: Vec<bool> = Vec::new();
    for payload in Parser::new(0).parse_all(component) {
        let payload = payload.ok()?;
        let in_module = within.contains(&true);
        let mut add = |bytes: &[u8]| {
            code.update(bytes);
            if !in_module {
                world.update(bytes);
            }
        };
        match &payload {
            Payload::Version { encoding, .. } => add(&[u8::from(*encoding == Encoding::Component)]),
            Payload::CustomSection(section) if TELLING.contains(&section.name()) => {
                add(section.name().as_bytes());
                add(&u64::try_from(section.data().len()).ok()?.to_le_bytes());
                add(section.data());
            }
            Payload::CustomSection(_) => {}
            Payload::ModuleSection { .. } => {
                add(b"module");
                within.push(true);
            }
            Payload::ComponentSection { .. } => {
                add(b"component");
                within.push(false);
            }
            Payload::End(_) => {
                add(b"end");
                within.pop();
            }
            section => {
                if let Some((id, range)) = section.as_section() {
                    add(&[id]);
                    add(&u64::try_from(range.len()).ok()?.to_le_bytes());
                    add(component.get(range)?);
                }
            }
        }
    }
    Some(SectionDigests { world: Digest(world.finalize().into()), code: Digest(code.finalize().into()) })
}

#[cfg(test)]
mod tests {
    use super::section_digests;

    fn digests(text: &str) -> super::SectionDigests {
        section_digests(&wat::parse_str(text).unwrap()).unwrap()
    }

    #[test]
    fn code_custom_sections_and_types_are_told_apart() {
        let component = |constant: u32, name: &str, custom: &str| {
            format!(
                r#"(component
                    (core module $m (func (export "f") (result i32) i32.const {constant}) {custom})
                    (core instance $i (instantiate $m))
                    (func $f (result u32) (canon lift (core func $i "f")))
                    (export "{name}" (func $f)))"#
            )
        };
        let one = digests(&component(1, "f", ""));
        assert_eq!(one, digests(&component(1, "f", r#"(@custom "x" "y")"#)));
        let documented = digests(
            &component(1, "f", "").replace("(core module", r#"(@custom "package-docs" "x") (core module"#),
        );
        assert_eq!((one.world == documented.world, one.code == documented.code), (false, false));
        let other_code = digests(&component(2, "f", ""));
        assert_eq!((one.world == other_code.world, one.code == other_code.code), (true, false));
        let other_world = digests(&component(1, "g", ""));
        assert_eq!((one.world == other_world.world, one.code == other_world.code), (false, false));
    }

    #[test]
    fn bytes_that_are_cut_have_none() {
        let bytes = wat::parse_str("(component (type (func)))").unwrap();
        assert_eq!(section_digests(&bytes[..bytes.len() - 1]), None);
    }
}
