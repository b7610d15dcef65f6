//! One pass over the bytes: the outermost component's wiring and its one core module.

use super::core_module;
use super::wiring::{Place, Wiring, unsupported};
use crate::error::Error;
use crate::limits::Limits;
use std::ops::Range;
use wasmparser::{Parser, Payload};

/// What the pass found.
pub(super) struct Scanned<'a> {
    pub(super) wiring: Wiring<'a>,
    /// Where the core module is in the bytes.
    pub(super) core_module: Range<usize>,
}

enum Frame<'a> {
    Component(Wiring<'a>),
    CoreModule,
}

/// Walks over all sections, nested ones included. The bytes were validated before.
pub(super) fn scan<'a>(bytes: &'a [u8], limits: &Limits) -> Result<Scanned<'a>, Error> {
    let mut frames = vec![Frame::Component(Wiring::default())];
    let mut core_module = None;
    for payload in Parser::new(0).parse_all(bytes) {
        let outermost = frames.len() == 1;
        match payload? {
            Payload::ModuleSection { unchecked_range, .. } => {
                if !outermost || core_module.is_some() {
                    return Err(unsupported("more than one core module"));
                }
                core_module = Some(unchecked_range);
                frames.push(Frame::CoreModule);
            }
            Payload::ComponentSection { .. } => frames.push(Frame::Component(Wiring::default())),
            Payload::End(_) => {
                if let Some(wiring) = end(&mut frames) {
                    let core_module = core_module.ok_or_else(|| unsupported("no core module"))?;
                    return Ok(Scanned { wiring, core_module });
                }
            }
            payload => match frames.last_mut() {
                Some(Frame::Component(wiring)) => {
                    let place = if outermost { Place::Outermost } else { Place::Nested };
                    wiring.add(payload, place)?;
                }
                Some(Frame::CoreModule) => core_module::check(payload, limits)?,
                None => {}
            },
        }
    }
    Err(Error::Truncated { bytes: bytes.len() })
}

/// Closes the innermost frame; gives the wiring back if it was the outermost.
fn end<'a>(frames: &mut Vec<Frame<'a>>) -> Option<Wiring<'a>> {
    match (frames.pop(), frames.last_mut()) {
        (Some(Frame::Component(inner)), Some(Frame::Component(outer))) => {
            outer.components.push(inner);
            None
        }
        (Some(Frame::Component(wiring)), None) => Some(wiring),
        (Some(Frame::Component(_)), Some(Frame::CoreModule)) | (Some(Frame::CoreModule), _) | (None, _) => None,
    }
}
