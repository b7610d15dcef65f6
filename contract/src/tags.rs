//! Tags in doc comments: `@unit`, `@range`, `@step`, `@was`.
//!
//! A tag stands alone on a line of a doc comment. Any other `@word` is left to its owner, save a near miss of
//! ours, which is reported with what was probably meant.

use std::fmt;
use std::str::FromStr;

use crate::model::Place;

/// The tags of one item.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tags {
    /// `@unit celsius`.
    pub unit: Option<String>,
    /// `@range 10..=85`.
    pub range: Option<Range>,
    /// `@step 0.5`.
    pub step: Option<Decimal>,
    /// `@was old-name`: the name that this item had before.
    pub was: Option<String>,
}

impl Tags {
    /// Whether no tag was written.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// The tags as lines of a doc comment.
impl fmt::Display for Tags {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines = [
            self.unit.as_ref().map(|unit| format!("@unit {unit}")),
            self.range.as_ref().map(|range| format!("@range {range}")),
            self.step.map(|step| format!("@step {step}")),
            self.was.as_ref().map(|was| format!("@was {was}")),
        ];
        f.write_str(&lines.into_iter().flatten().collect::<Vec<_>>().join("\n"))
    }
}

/// An inclusive range of numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Range {
    /// Least allowed value.
    pub min: Decimal,
    /// Greatest allowed value.
    pub max: Decimal,
}

/// An exact decimal number, as written in a tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Decimal {
    /// The digits with their sign, as an integer. Never ends in 0 while `scale` is above 0.
    digits: i128,
    /// How many of the digits stand behind the point, at most 18.
    scale: u32,
}

impl Decimal {
    pub(crate) fn integer(digits: i128) -> Self {
        Self { digits, scale: 0 }
    }

    /// The nearest double.
    pub fn to_f64(self) -> f64 {
        // Both texts round to the nearest double, so parsing is exact where dividing would round twice.
        self.to_string().parse().unwrap_or(f64::NAN)
    }

    /// The digits scaled up to 18 places, which every value here fits.
    fn scaled(self) -> i128 {
        self.digits * 10_i128.pow(18 - self.scale)
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.scaled().cmp(&other.scaled())
    }
}

impl FromStr for Decimal {
    type Err = NotADecimal;

    fn from_str(text: &str) -> Result<Self, NotADecimal> {
        let (sign, unsigned) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
        let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
        let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if !all_digits(whole) || !all_digits(fraction) || whole.len() > 18 || fraction.len() > 18 {
            return Err(NotADecimal);
        }
        let fraction = fraction.trim_end_matches('0');
        let digits: i128 = format!("{whole}{fraction}").parse().map_err(|_| NotADecimal)?;
        let scale = u32::try_from(fraction.len()).map_err(|_| NotADecimal)?;
        Ok(Self { digits: sign * digits, scale })
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.digits < 0 { "-" } else { "" };
        let divisor = 10_u128.pow(self.scale);
        let (whole, fraction) = (self.digits.unsigned_abs() / divisor, self.digits.unsigned_abs() % divisor);
        match usize::try_from(self.scale) {
            Ok(width) if width > 0 => write!(f, "{sign}{whole}.{fraction:0width$}"),
            _ => write!(f, "{sign}{whole}"),
        }
    }
}

impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..={}", self.min, self.max)
    }
}

/// A text that is not a plain decimal number of at most 18 digits on each side of the point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a number is written as in `10`, `-4` or `0.5`, with at most 18 digits on each side of the point")]
pub struct NotADecimal;

/// Something about a tag that its author should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagNote {
    /// The item whose doc comment holds the tag, as in `field tank-temp`.
    pub item: String,
    /// Where the item is declared; absent for a binary.
    pub place: Option<Place>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

/// Splits a doc comment into its prose, its tags, and what is wrong with them as `(message, help)`.
pub(crate) fn split(docs: &str) -> (String, Tags, Vec<(String, String)>) {
    let mut prose = Vec::new();
    let mut tags = Tags::default();
    let mut wrong = Vec::new();
    for line in docs.lines() {
        let Some(tag) = item(line).strip_prefix('@') else {
            prose.push(line);
            wrong.extend(amid(line));
            continue;
        };
        let end = tag.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(tag.len());
        let (name, value) = tag.split_at(end);
        match read(&mut tags, name, value.trim()) {
            Read::Tag => {}
            Read::Other => prose.push(line),
            Read::Wrong(message, help) => wrong.push((message, help)),
        }
    }
    (prose.join("\n").trim().to_owned(), tags, wrong)
}

/// A line without the star that block comments put before each of theirs, and without the mark of a list.
fn item(line: &str) -> &str {
    let line = line.trim();
    line.strip_prefix(['*', '-']).map_or(line, str::trim_start)
}

/// A tag in the middle of a sentence, which nobody would find. What stands in backticks is spoken of, not said.
fn amid(line: &str) -> Option<(String, String)> {
    let spoken = line.split('`').step_by(2);
    let mut words = spoken.flat_map(str::split_whitespace);
    let name = words.find_map(|word| {
        let name = word.trim_start_matches(['(', '[', ',']).strip_prefix('@')?;
        NAMES.contains(&name).then_some(name)
    })?;
    Some((
        format!("tag `@{name}` stands amid other words"),
        "give it a line of its own, or put it into backticks".to_owned(),
    ))
}

enum Read {
    Tag,
    Other,
    Wrong(String, String),
}

/// Every tag.
pub(crate) const NAMES: [&str; 4] = ["unit", "range", "step", "was"];

const RANGE_FORM: &str = "`@range 10..=85`, the smaller number first; a number has at most 18 digits on each side of \
    the point, no exponent and no `+`";
const STEP_FORM: &str = "`@step 0.5`, a number above 0 with at most 18 digits on each side of the point, no exponent \
    and no `+`";

fn read(tags: &mut Tags, name: &str, value: &str) -> Read {
    match name {
        "unit" => set(&mut tags.unit, name, word(value), "`@unit celsius`"),
        "range" => set(&mut tags.range, name, range(value), RANGE_FORM),
        "step" => {
            let step = value.parse().ok().filter(|step: &Decimal| step.digits > 0);
            set(&mut tags.step, name, step, STEP_FORM)
        }
        "was" => set(&mut tags.was, name, word(value), "`@was old-name`"),
        _ => near_miss(name),
    }
}

fn set<T>(slot: &mut Option<T>, name: &str, value: Option<T>, form: &str) -> Read {
    match value {
        None => Read::Wrong(format!("tag `@{name}` has no usable value"), format!("write it as {form}")),
        Some(_) if slot.is_some() => {
            Read::Wrong(format!("tag `@{name}` is written twice"), "keep one of them".to_owned())
        }
        Some(value) => {
            *slot = Some(value);
            Read::Tag
        }
    }
}

fn word(value: &str) -> Option<String> {
    let one_word = !value.is_empty() && !value.starts_with('=') && !value.contains(char::is_whitespace);
    one_word.then(|| value.to_owned())
}

fn range(value: &str) -> Option<Range> {
    let (min, max) = value.split_once("..=")?;
    let range = Range { min: min.trim().parse().ok()?, max: max.trim().parse().ok()? };
    (range.min <= range.max).then_some(range)
}

/// One letter more, fewer, other, or swapped with its neighbour is taken for a slip; anything else is not ours.
fn near_miss(name: &str) -> Read {
    let lower = name.trim_end_matches([':', ',']).to_lowercase();
    match NAMES.iter().find(|known| strsim::damerau_levenshtein(&lower, known) <= 1) {
        Some(known) => Read::Wrong(format!("unknown tag `@{name}`"), format!("did you mean `@{known}`?")),
        None => Read::Other,
    }
}
