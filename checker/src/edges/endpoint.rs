//! The two ends of an edge as people write them: `forecast/day-ahead -> ok.prices`, `setpoint/plan(inputs.prices)`.

use std::fmt;

use linchpin_contract::Place;

/// One end, by its text alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    /// As it is written.
    pub text: String,
    /// Where the text is written.
    pub place: Place,
    /// As `setpoint`.
    pub module: Segment,
    /// As `control` in `setpoint/control.plan`: which interface, where a module has two functions of one name.
    pub interface: Option<Segment>,
    /// As `plan`.
    pub function: Segment,
    /// Whether a value is taken or given.
    pub way: Way,
    /// From the result, or from the parameters, down to the value.
    pub path: Vec<Segment>,
}

impl Endpoint {
    /// Whether both are the same value of the same function, however they are written.
    pub(crate) fn is_value_of(&self, other: &Self) -> bool {
        let names = |path: &[Segment]| path.iter().map(|segment| segment.name.clone()).collect::<Vec<_>>();
        self.is_of_function(other) && self.way == other.way && names(&self.path) == names(&other.path)
    }

    /// Whether both are of the same function.
    pub(crate) fn is_of_function(&self, other: &Self) -> bool {
        let interface = |end: &Self| end.interface.as_ref().map(|it| it.name.clone());
        self.module.name == other.module.name
            && interface(self) == interface(other)
            && self.function.name == other.function.name
    }
}

/// Which values of a function an end speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Its result.
    Result,
    /// One of its parameters; the first segment of the path is its name.
    Param,
}

/// One name of an end, with its own place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// A name, the number of a tuple's item, or `[]` for the items of a list.
    pub name: String,
    /// Where it stands.
    pub place: Place,
}

/// Why a text is no end of an edge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Malformed {
    pub(crate) place: Place,
    pub(crate) reason: String,
    pub(crate) help: &'static str,
}

const RESULT_FORM: &str = "write the value that is given as in `forecast/day-ahead -> ok.prices`, or \
    `forecast/day-ahead` for the whole result";
const PARAM_FORM: &str = "write the value that is taken as in `setpoint/plan(inputs.prices)`";
const FUNCTION_FORM: &str = "write the function as in `setpoint/plan`";

/// The end that gives: `module/function`, with `-> path` where not the whole result is meant.
pub(crate) fn giver(text: &str, place: &Place) -> Result<Endpoint, Malformed> {
    let at = Writing { text, place };
    if let Some(open) = text.find('(') {
        let help = "a value is given by a result; parameters stand in `to`";
        return Err(at.malformed(open..text.len(), "has a parameter where a result is meant", help));
    }
    // A name may hold `-`, and never `>`.
    let (function, path) = match text.find("->") {
        Some(arrow) => (0..arrow, Some(arrow + 2..text.len())),
        None => (0..text.len(), None),
    };
    let path = path.map_or(Ok(Vec::new()), |path| at.path(path, RESULT_FORM))?;
    at.endpoint(function, Way::Result, path, RESULT_FORM)
}

/// The end that takes: `module/function(parameter.path)`.
pub(crate) fn taker(text: &str, place: &Place) -> Result<Endpoint, Malformed> {
    let at = Writing { text, place };
    let whole = 0..text.len();
    let Some(open) = text.find('(') else {
        return Err(at.malformed(whole, "names no parameter", PARAM_FORM));
    };
    let Some(close) = text.trim_end().strip_suffix(')').map(str::len) else {
        return Err(at.malformed(open..text.len(), "has no `)` at its end", PARAM_FORM));
    };
    let path = at.path(open + 1..close, PARAM_FORM)?;
    at.endpoint(0..open, Way::Param, path, PARAM_FORM)
}

/// A function by itself: `module/function`.
pub(crate) fn function(text: &str, place: &Place) -> Result<Endpoint, Malformed> {
    let at = Writing { text, place };
    if let Some(stray) = text.find(['(', '>']) {
        return Err(at.malformed(stray..text.len(), "names more than a function", FUNCTION_FORM));
    }
    at.endpoint(0..text.len(), Way::Param, Vec::new(), FUNCTION_FORM)
}

/// A text and its place.
struct Writing<'a> {
    text: &'a str,
    place: &'a Place,
}

type Span = std::ops::Range<usize>;

impl Writing<'_> {
    fn endpoint(
        &self,
        span: Span,
        way: Way,
        path: Vec<Segment>,
        help: &'static str,
    ) -> Result<Endpoint, Malformed> {
        let function = self.text.get(span.clone()).unwrap_or_default();
        let Some(slash) = function.find('/') else {
            return Err(self.malformed(span, "has no `/` between the module and its function", help));
        };
        let module = self.segment(span.start..span.start + slash, help)?;
        let rest = span.start + slash + 1;
        let (interface, start) = match self.text.get(rest..span.end).and_then(|name| name.rfind('.')) {
            Some(dot) => (Some(self.segment(rest..rest + dot, help)?), rest + dot + 1),
            None => (None, rest),
        };
        let function = self.segment(start..span.end, help)?;
        let (text, place) = (self.text.to_owned(), self.place.clone());
        Ok(Endpoint { text, place, module, interface, function, way, path })
    }

    /// Names with dots between them; `[]` behind a name stands for itself.
    fn path(&self, span: Span, help: &'static str) -> Result<Vec<Segment>, Malformed> {
        let mut segments = Vec::new();
        let mut start = span.start;
        for part in self.text.get(span).unwrap_or_default().split('.') {
            let end = start + part.len();
            let name = part.trim_end().trim_end_matches("[]");
            // `[]` alone is a segment as well: the items of what stands before the dot.
            if !name.trim().is_empty() || !part.contains("[]") {
                segments.push(self.segment(start..start + name.len(), help)?);
            }
            let mut items = start + name.len();
            while items < start + part.trim_end().len() {
                segments.push(Segment { name: "[]".to_owned(), place: self.at(items..items + 2) });
                items += 2;
            }
            start = end + 1;
        }
        Ok(segments)
    }

    fn segment(&self, span: Span, help: &'static str) -> Result<Segment, Malformed> {
        let text = self.text.get(span.clone()).unwrap_or_default();
        let start = span.start + (text.len() - text.trim_start().len());
        let name = text.trim();
        let here = start..start + name.len();
        if name.is_empty() {
            return Err(self.malformed(span, "has an empty name", help));
        }
        let wrong = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '-');
        match wrong {
            Some(_) => Err(self.malformed(here, "has a name that WIT does not allow", help)),
            None => Ok(Segment { name: name.to_owned(), place: self.at(here) }),
        }
    }

    fn malformed(&self, span: Span, reason: &str, help: &'static str) -> Malformed {
        Malformed { place: self.at(span), reason: format!("is `{}`, which {reason}", self.text), help }
    }

    /// The place of a part. The text's own place begins with its quote; where what is written is not the text in
    /// quotes, as with escapes, the whole place stands for each part.
    fn at(&self, span: Span) -> Place {
        let chars =
            |text: Option<&str>| u32::try_from(text.unwrap_or_default().chars().count()).unwrap_or(u32::MAX);
        if chars(Some(self.text)).saturating_add(2) != self.place.length {
            return self.place.clone();
        }
        let before = chars(self.text.get(..span.start));
        Place {
            column: self.place.column.saturating_add(1).saturating_add(before),
            length: chars(self.text.get(span)).max(1),
            ..self.place.clone()
        }
    }
}

impl Endpoint {
    /// What the end says of its function: `plan(inputs.prices)` or `day-ahead -> ok.prices`.
    pub(crate) fn value(&self) -> String {
        let path = Path(&self.path);
        match (self.way, self.path.is_empty()) {
            (_, true) => self.function.name.clone(),
            (Way::Result, false) => format!("{} -> {path}", self.function.name),
            (Way::Param, false) => format!("{}({path})", self.function.name),
        }
    }
}

/// A path as it is written.
pub(crate) struct Path<'a>(pub(crate) &'a [Segment]);

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, segment) in self.0.iter().enumerate() {
            let dot = if index == 0 || segment.name == "[]" { "" } else { "." };
            write!(f, "{dot}{}", segment.name)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use linchpin_contract::Place;

    use super::{Endpoint, Malformed, Path, Way, function, giver, taker};

    /// As the reader of the file places a string that begins in column 8.
    fn place(text: &str) -> Place {
        let length = u32::try_from(text.chars().count()).unwrap() + 2;
        let line_text = format!("from = \"{text}\"");
        Place { file: "linchpin.toml".to_owned(), line: 3, column: 8, length, line_text }
    }

    fn names(endpoint: &Endpoint) -> Vec<&str> {
        endpoint.path.iter().map(|segment| segment.name.as_str()).collect()
    }

    #[test]
    fn both_ends_are_read_with_the_place_of_each_name() {
        let text = "forecast/day-ahead -> ok.prices[].eur";
        let end = giver(text, &place(text)).unwrap();
        assert_eq!((end.module.name.as_str(), end.function.name.as_str()), ("forecast", "day-ahead"));
        assert_eq!((end.way, end.interface.as_ref()), (Way::Result, None));
        assert_eq!(names(&end), ["ok", "prices", "[]", "eur"]);
        for segment in end.path.iter().chain([&end.module, &end.function]) {
            let line: Vec<char> = segment.place.line_text.chars().collect();
            let start = segment.place.column as usize - 1;
            let found: String = line[start..start + segment.place.length as usize].iter().collect();
            assert_eq!(found, segment.name);
        }
        assert_eq!(end.value(), "day-ahead -> ok.prices[].eur");

        let text = "setpoint/control.plan( inputs.prices )";
        let end = taker(text, &place(text)).unwrap();
        assert_eq!(end.interface.as_ref().map(|it| it.name.as_str()), Some("control"));
        assert_eq!((end.way, names(&end)), (Way::Param, vec!["inputs", "prices"]));
        assert_eq!(end.value(), "plan(inputs.prices)");

        let end = giver("a/b", &place("a/b")).unwrap();
        assert!(end.path.is_empty());
        assert_eq!(giver("a/b->ok", &place("a/b->ok")).unwrap().value(), "b -> ok");
        assert_eq!(function("a/i.b", &place("a/i.b")).unwrap().value(), "b");
    }

    #[test]
    fn lists_in_lists_have_one_segment_for_each_level() {
        let text = "a/b -> [].x[][].1";
        let end = giver(text, &place(text)).unwrap();
        assert_eq!(names(&end), ["[]", "x", "[]", "[]", "1"]);
        assert_eq!(Path(&end.path).to_string(), "[].x[][].1");
    }

    #[test]
    fn what_is_no_end_says_where_and_how_to_write_it() {
        let takers =
            ["", "plan(x)", "a/b", "a/b(", "a/b()", "a/b(x", "a/b(x..y)", "a/b(x y)", "a/(x)", "/b(x)"];
        for text in takers {
            let Malformed { reason, .. } = taker(text, &place(text)).unwrap_err();
            assert!(reason.starts_with(&format!("is `{text}`, which ")), "{reason}");
        }
        for text in ["", "b", "a/b(x)", "a/b ->", "a/b -> x.", "a/b -> é", "a/b -> x[0]"] {
            assert!(giver(text, &place(text)).is_err(), "{text}");
        }
        for text in ["a", "a/b(x)", "a/b -> x", "a/"] {
            assert!(function(text, &place(text)).is_err(), "{text}");
        }
        let wrong = taker("a/b(x.y z)", &place("a/b(x.y z)")).unwrap_err();
        assert_eq!((wrong.place.column, wrong.place.length), (15, 3));
    }

    #[test]
    fn a_text_with_escapes_keeps_the_place_of_the_whole() {
        let whole = Place { length: 30, ..place("a/b(x)") };
        assert_eq!(taker("a/b(x)", &whole).unwrap().path[0].place, whole);
    }
}
