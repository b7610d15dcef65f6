//! One pass over a component's sections, nested ones included. The bytes were validated before.

use wasmparser::{Parser, Payload};

use super::component::ComponentScan;
use super::core_module::CoreScan;
use super::{Invalid, Profile};

/// What is being read, from the outermost inwards.
enum Frame<'a> {
    Component(ComponentScan<'a>),
    Core(Box<CoreScan>),
}

/// Everything but the features.
pub(super) fn scan(bytes: &[u8]) -> Result<Profile, Invalid> {
    let mut profile = Profile { bytes: length(bytes.len()), depth: 1, ..Profile::default() };
    let mut frames = vec![Frame::Component(ComponentScan::default())];
    for payload in Parser::new(0).parse_all(bytes) {
        let depth = frames.len();
        match payload? {
            Payload::ModuleSection { .. } => {
                if depth > 1 {
                    profile.unusual.insert("a core module in a nested component".to_owned());
                }
                frames.push(Frame::Core(Box::default()));
            }
            Payload::ComponentSection { .. } => {
                profile.nested_components += 1;
                profile.depth = profile.depth.max(count(depth + 1));
                frames.push(Frame::Component(ComponentScan::default()));
            }
            Payload::End(_) => match frames.pop() {
                Some(Frame::Core(core)) => core.finish(&mut profile, depth == 2),
                Some(Frame::Component(component)) => component.finish(&mut profile, depth == 1),
                None => {}
            },
            payload => match frames.last_mut() {
                Some(Frame::Component(component)) => component.add(payload, &mut profile, depth == 1)?,
                Some(Frame::Core(core)) => core.add(payload)?,
                None => {}
            },
        }
    }
    Ok(profile)
}

pub(super) fn length(bytes: usize) -> u64 {
    u64::try_from(bytes).unwrap_or(u64::MAX)
}

pub(super) fn count(items: usize) -> u32 {
    u32::try_from(items).unwrap_or(u32::MAX)
}
