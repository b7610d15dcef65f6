//! An error in the form that a program asked for: it reads standard output, not what people read.

use linchpin_checker::render::github_error;
use serde::Serialize;

use crate::console::Format;
use crate::error::Error;

#[derive(Serialize)]
struct Document {
    error: Body,
}

#[derive(Serialize)]
struct Body {
    code: &'static str,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    causes: Vec<Cause>,
}

/// One error of a system, of which there may be many.
#[derive(Serialize)]
struct Cause {
    code: &'static str,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<Place>,
}

#[derive(Serialize)]
struct Place {
    file: String,
    line: u32,
    column: u32,
}

/// What to write to standard output; absent where standard error says it all.
pub(crate) fn document(error: &Error, format: Format) -> Option<String> {
    let document = || Document {
        error: Body {
            code: error.code(),
            message: error.to_string(),
            fix: error.fix(),
            causes: causes(error),
        },
    };
    match format {
        Format::Json => serde_json::to_string_pretty(&document()).ok(),
        Format::Jsonl => serde_json::to_string(&document()).ok(),
        Format::Github => Some(annotations(error)),
        Format::Text | Format::Sarif | Format::Junit | Format::Markdown | Format::Matrix => None,
    }
}

fn causes(error: &Error) -> Vec<Cause> {
    let Error::System { source, .. } = error else { return Vec::new() };
    let cause = |error: &linchpin_checker::Error| Cause {
        code: error.code(),
        message: error.to_string(),
        place: error.place().map(|place| Place {
            file: place.file.clone(),
            line: place.line,
            column: place.column,
        }),
    };
    source.each().iter().map(cause).collect()
}

fn annotations(error: &Error) -> String {
    let Error::System { manifest, source } = error else {
        return github_error("", None, error.code(), &error.to_string());
    };
    let manifest = manifest.display().to_string();
    let annotation = |error: &linchpin_checker::Error| {
        let place = error.place().map(|place| (place.line, place.column));
        github_error(&manifest, place, error.code(), &error.to_string())
    };
    source.each().iter().map(annotation).collect()
}
