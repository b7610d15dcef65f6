//! Encoded WIT and components, decoded by upstream once it is known that the bytes are all there.

use wasmparser::Parser;
use wit_parser::decoding::{self, DecodedWasm};

/// Decodes a component or an encoded package; the error is one line.
///
/// Upstream reserves as much memory as a section says that it is long. So the sections are walked first, which costs
/// nothing and finds those that the bytes do not have.
pub(super) fn decode(bytes: &[u8]) -> Result<DecodedWasm, String> {
    for payload in Parser::new(0).parse_all(bytes) {
        payload.map_err(|error| error.to_string())?;
    }
    decoding::decode(bytes).map_err(|error| format!("{error:#}"))
}
