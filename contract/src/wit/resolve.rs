//! WIT text to upstream's resolved form, with every error at its place.

use wit_parser::decoding::DecodedWasm;
use wit_parser::{
    PackageId, PackageName, ParseErrorKind, Resolve, ResolveErrorKind, SourceMap, Span,
    UnresolvedPackageGroup,
};

use super::files::{Dep, Files, Text};
use super::old_syntax;
use super::places::{Lines, Places};
use super::{Gates, binary, near, words};
use crate::error::Error;
use crate::model::{Place, SourceFile};

/// How deep brackets may nest in WIT text. Upstream's parser recurses, so the text is bounded before it sees it.
const MAX_BRACKET_DEPTH: usize = 100;

/// A package in upstream's form.
pub(crate) struct Source {
    /// All packages.
    pub resolve: Resolve,
    /// The package that was asked for.
    pub package: PackageId,
    /// Packages nested in its files.
    pub nested: Vec<PackageId>,
    /// The files that were read.
    pub files: Vec<SourceFile>,
    /// Where everything is.
    pub places: Places,
}

/// Parses and resolves the package with all that it needs.
pub(super) fn source(files: &Files, gates: Gates) -> Result<Source, Error> {
    let mut resolve = Resolve { all_features: gates == Gates::Open, ..Resolve::default() };
    let main = parse(&files.main)?;
    let nested: Vec<PackageName> = main.nested.iter().map(|package| package.name.clone()).collect();
    let mut groups = Vec::new();
    for dep in &files.deps {
        match dep {
            Dep::Text(texts) => groups.push(parse(texts)?),
            Dep::Encoded(path, bytes) => merge(&mut resolve, path, bytes)?,
        }
    }
    let package = resolve.push_groups(main, groups).map_err(|error| {
        let place = self::place(&resolve.source_map, files.texts(), error.kind().span());
        Error::Syntax { place, message: message(error.kind(), &resolve.source_map) }
    })?;
    let places = Places::of_files(files);
    let nested = nested.iter().filter_map(|name| resolve.package_names.get(name).copied()).collect();
    Ok(Source { resolve, package, nested, files: files.read.clone(), places })
}

fn message(kind: &ResolveErrorKind, map: &SourceMap) -> String {
    match kind {
        ResolveErrorKind::PackageNotFound { requested, .. } => {
            format!("package `{requested}` is not there: put it into the `deps` folder beside the contract")
        }
        ResolveErrorKind::DuplicatePackage { name, span2, .. } => {
            format!("package `{name}` is declared twice, also at {}", map.render_location(*span2))
        }
        other => words::told(&other.to_string()),
    }
}

fn merge(resolve: &mut Resolve, path: &std::path::Path, bytes: &[u8]) -> Result<(), Error> {
    let wrong = |reason: String| Error::Read { path: path.to_owned(), reason };
    match binary::decode(bytes) {
        Ok(DecodedWasm::WitPackage(other, _)) => {
            resolve.merge(other).map(drop).map_err(|error| wrong(format!("{error:#}")))
        }
        Ok(DecodedWasm::Component(..)) => Err(wrong("it is a component, not a WIT package".to_owned())),
        Err(reason) => Err(wrong(reason)),
    }
}

fn parse(texts: &[Text]) -> Result<UnresolvedPackageGroup, Error> {
    let mut map = SourceMap::default();
    for text in texts {
        bound_depth(text)?;
        map.push_str(&text.name, text.text.as_str());
    }
    map.parse().map_err(|(map, error)| Error::Syntax {
        place: place(&map, texts.iter(), error.kind().span()).or_else(|| nameless(texts)),
        message: syntax_message(error.kind(), &map, texts),
    })
}

/// Where a package that no file names could be named: in an empty file, or in the first one.
fn nameless(texts: &[Text]) -> Option<Place> {
    let empty = texts.iter().find(|text| text.text.trim().is_empty());
    empty.or_else(|| texts.first()).map(|text| Lines::of(text).place(0..0))
}

/// Upstream's message, or what the text is where it is of an older WIT.
fn syntax_message(kind: &ParseErrorKind, map: &SourceMap, texts: &[Text]) -> String {
    let located = || {
        let location = map.resolve_span(kind.span())?;
        let text = texts.iter().find(|text| text.name == location.path)?;
        Some((text, location.range.start))
    };
    let old = match kind {
        ParseErrorKind::ItemNotFound { name, kind: wanted, .. } => {
            old_syntax::type_name(name).filter(|_| wanted != near::CONTAINER).or_else(|| {
                let (text, at) = located()?;
                let near = near::near(name, wanted, text, at, texts)?;
                Some(format!("{}: did you mean `{near}`?", words::told(&kind.to_string())))
            })
        }
        // The parser stopped at a token, whichever of its layers says so.
        _ => located().and_then(|(text, at)| {
            let (before, from) = text.text.split_at_checked(at)?;
            words::short_version(before).or_else(|| old_syntax::message(before, from))
        }),
    };
    old.unwrap_or_else(|| words::told(&kind.to_string()))
}

/// Refuses text whose brackets nest deeper than upstream's recursion is safe for. Comments to the end of a line
/// and the arrow of a function do not count.
fn bound_depth(text: &Text) -> Result<(), Error> {
    let mut depth = 0_usize;
    let mut offset = 0;
    for line in text.text.split_inclusive('\n') {
        let code = line.split_once("//").map_or(line, |(code, _)| code);
        let mut before = b' ';
        for (column, byte) in code.bytes().enumerate() {
            match byte {
                b'<' | b'(' | b'{' => depth += 1,
                b'>' if before == b'-' => {}
                b'>' | b')' | b'}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            before = byte;
            if depth > MAX_BRACKET_DEPTH {
                let place = Lines::of(text).place(offset + column..offset + column + 1);
                return Err(Error::TypeTooDeep { limit: MAX_BRACKET_DEPTH, place: Some(place) });
            }
        }
        offset += line.len();
    }
    Ok(())
}

/// The place of a span, for an error.
fn place<'a>(map: &SourceMap, mut texts: impl Iterator<Item = &'a Text>, span: Span) -> Option<Place> {
    let location = map.resolve_span(span)?;
    let text = texts.find(|text| text.name == location.path)?;
    Some(Lines::of(text).place(location.range))
}
