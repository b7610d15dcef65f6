//! One pass over the bytes: the outermost component's wiring and its core module.

use super::core_instances::StartShim;
use super::wiring::{Place, Wiring, unsupported};
use super::{core_module, imports};
use crate::error::Error;
use crate::limits::Limits;
use wasmparser::types::TypesRef;
use wasmparser::{Parser, Payload};

/// What the pass found.
pub(super) struct Scanned<'a> {
    pub(super) wiring: Wiring<'a>,
    /// The bytes of the core module.
    pub(super) core_module: &'a [u8],
}

enum Frame<'a> {
    Component(Wiring<'a>),
    CoreModule,
    StartShim(StartShim),
}

struct Scan<'a, 's> {
    bytes: &'a [u8],
    types: TypesRef<'s>,
    limits: &'s Limits,
    frames: Vec<Frame<'a>>,
    core_module: Option<&'a [u8]>,
    start_shims: usize,
}

/// Walks over all sections, nested ones included. The bytes were validated before.
pub(super) fn scan<'a>(bytes: &'a [u8], types: TypesRef<'_>, limits: &Limits) -> Result<Scanned<'a>, Error> {
    let frames = vec![Frame::Component(Wiring::default())];
    let mut scan = Scan { bytes, types, limits, frames, core_module: None, start_shims: 0 };
    for payload in Parser::new(0).parse_all(bytes) {
        if let Some(wiring) = scan.payload(payload?)? {
            let core_module = scan.core_module.ok_or_else(|| unsupported("no core module"))?;
            return Ok(Scanned { wiring, core_module });
        }
    }
    Err(Error::Truncated { bytes: bytes.len() })
}

impl<'a> Scan<'a, '_> {
    /// Takes one section; gives the outermost component's wiring at its end.
    fn payload(&mut self, payload: Payload<'a>) -> Result<Option<Wiring<'a>>, Error> {
        match payload {
            Payload::ModuleSection { unchecked_range, .. } => {
                // The parser lets a component end in the middle of a nested module.
                let module = self.bytes.get(unchecked_range).ok_or_else(|| self.truncated())?;
                let frame = self.module(module)?;
                self.frames.push(frame);
            }
            Payload::ComponentSection { unchecked_range, .. } => {
                self.bytes.get(unchecked_range).ok_or_else(|| self.truncated())?;
                self.frames.push(Frame::Component(Wiring::default()));
            }
            Payload::End(_) => return self.end(),
            payload => self.section(payload)?,
        }
        Ok(None)
    }

    fn module(&mut self, module: &'a [u8]) -> Result<Frame<'a>, Error> {
        if self.frames.len() == 1 && self.core_module.is_none() {
            self.core_module = Some(module);
            return Ok(Frame::CoreModule);
        }
        self.start_shims += 1;
        if self.frames.len() == 1 && self.start_shims == 1 {
            return Ok(Frame::StartShim(StartShim::default()));
        }
        Err(unsupported("more than one core module"))
    }

    fn section(&mut self, payload: Payload<'a>) -> Result<(), Error> {
        let place = if self.frames.len() == 1 { Place::Outermost } else { Place::Nested };
        match self.frames.last_mut() {
            Some(Frame::Component(wiring)) => {
                if place == Place::Outermost {
                    imports::check(&payload, self.types)?;
                }
                wiring.add(payload, place)
            }
            Some(Frame::CoreModule) => core_module::check(payload, self.limits),
            Some(Frame::StartShim(shim)) => shim.add(payload),
            None => Ok(()),
        }
    }

    /// Closes the innermost frame.
    fn end(&mut self) -> Result<Option<Wiring<'a>>, Error> {
        match (self.frames.pop(), self.frames.last_mut()) {
            (Some(Frame::Component(inner)), Some(Frame::Component(outer))) => outer.components.push(inner),
            (Some(Frame::Component(wiring)), None) => return Ok(Some(wiring)),
            (Some(Frame::StartShim(shim)), _) => shim.finish()?,
            (Some(Frame::Component(_) | Frame::CoreModule) | None, _) => {}
        }
        Ok(None)
    }

    fn truncated(&self) -> Error {
        Error::Truncated { bytes: self.bytes.len() }
    }
}
