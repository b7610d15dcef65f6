//! Text that is put together while the compiler runs.

use crate::shape::{NamedShape, Shape};

/// Longest message in bytes; what is longer is cut, with a mark.
const CAPACITY: usize = 4096;

/// The mark at the end of a message that was cut.
const CUT: &[u8] = b" [cut]";

/// A message under construction.
pub(crate) struct Text {
    bytes: [u8; CAPACITY],
    length: usize,
    is_cut: bool,
}

impl Text {
    pub(crate) const fn new() -> Self {
        Self { bytes: [0; CAPACITY], length: 0, is_cut: false }
    }

    /// The message. Pieces are added whole or cut between characters, so it is UTF-8.
    pub(crate) const fn as_str(&self) -> &str {
        let (message, _) = self.bytes.split_at(self.length);
        match core::str::from_utf8(message) {
            Ok(message) => message,
            Err(_) => "a message that is not UTF-8",
        }
    }

    pub(crate) const fn push(mut self, piece: &str) -> Self {
        if self.is_cut {
            return self;
        }
        let room = CAPACITY - CUT.len() - self.length;
        if piece.len() <= room {
            return self.push_bytes(piece.as_bytes());
        }
        self.is_cut = true;
        let (fitting, _) = piece.as_bytes().split_at(piece.floor_char_boundary(room));
        self.push_bytes(fitting).push_bytes(CUT)
    }

    const fn push_bytes(mut self, mut piece: &[u8]) -> Self {
        let (_, mut free) = self.bytes.split_at_mut(self.length);
        while let ([first, rest @ ..], [slot, slots @ ..]) = (piece, free) {
            *slot = *first;
            self.length += 1;
            (piece, free) = (rest, slots);
        }
        self
    }

    /// A shape as WIT would write it, declared types by their full name.
    pub(crate) const fn shape(self, shape: &Shape) -> Self {
        match shape {
            Shape::Unit => self.push("nothing"),
            Shape::Primitive(name) => self.push(name),
            Shape::List(item) => self.push("list<").shape(item).push(">"),
            Shape::Option(item) => self.push("option<").shape(item).push(">"),
            Shape::Result(ok, err) => self.result(ok, err),
            Shape::Tuple(items) => self.push("tuple<").items(items).push(">"),
            Shape::Named(named) => self.named(named),
            Shape::Alias(alias, of) => self.push(alias.key).push(" = ").shape(of.behind_aliases()),
            Shape::Reported => self.push("_"),
        }
    }

    const fn result(self, ok: &Shape, err: &Shape) -> Self {
        match (ok, err) {
            (Shape::Unit, Shape::Unit) => self.push("result"),
            (Shape::Unit, err) => self.push("result<_, ").shape(err).push(">"),
            (ok, Shape::Unit) => self.push("result<").shape(ok).push(">"),
            (ok, err) => self.push("result<").shape(ok).push(", ").shape(err).push(">"),
        }
    }

    const fn items(mut self, mut items: &[&Shape]) -> Self {
        while let [first, rest @ ..] = items {
            self = self.shape(first);
            if !rest.is_empty() {
                self = self.push(", ");
            }
            items = rest;
        }
        self
    }

    const fn named(self, named: &NamedShape) -> Self {
        let text = self.push(named.key);
        if named.version.is_empty() { text } else { text.push("@").push(named.version) }
    }
}
