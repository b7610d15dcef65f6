//! Core modules of the right types, fit to be components of pure functions.

use wasmparser::{Parser, Payload};
use wit_component::dummy_module;
use wit_parser::{ManglingAndAbi, Resolve, WorldId};

/// The memory section that `dummy_module` writes, with its length: one memory, no upper bound, no page.
const UNBOUNDED: [u8; 4] = [3, 1, 0, 0];

/// A module of the world's types that traps when it is called, with a memory of so many pages (at most 126) that can
/// grow by one page and no further.
///
/// # Errors
/// If upstream's dummy module has another memory than it has today.
pub fn bounded_module(resolve: &Resolve, world: WorldId, pages: u8) -> Result<Vec<u8>, String> {
    let mut module = dummy_module(resolve, world, ManglingAndAbi::Standard32);
    let section = Parser::new(0).parse_all(&module).find_map(|payload| match payload {
        Ok(Payload::MemorySection(section)) => Some(section.range()),
        Ok(_) | Err(_) => None,
    });
    let section = section.map(|section| section.start - 1..section.end);
    match section {
        Some(section) if module.get(section.clone()) == Some(&UNBOUNDED) => {
            module.splice(section, [4, 1, 1, pages, pages + 1]);
            Ok(module)
        }
        Some(_) | None => {
            Err("the dummy module has no memory without bounds: look at what it has".to_owned())
        }
    }
}
