//! TOML with places: reads tables key by key, notes every error and goes on.

use std::ops::Range;

use linchpin_contract::Place;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::error::Error;

/// The text, and the errors so far.
pub(super) struct Reader<'t> {
    file: &'t str,
    text: &'t str,
    /// Where each line begins.
    starts: Vec<usize>,
    pub(super) errors: Vec<Error>,
    targets: Vec<String>,
}

/// One table and its full name.
pub(super) struct Table<'t> {
    name: String,
    place: Place,
    items: Vec<(String, Place, Spanned<DeValue<'t>>)>,
}

/// One string, where it stands and under which full key.
pub(super) struct Text {
    pub(super) value: String,
    pub(super) place: Place,
    pub(super) key: String,
}

impl<'t> Reader<'t> {
    pub(super) fn new(file: &'t str, text: &'t str) -> Self {
        let newlines = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = std::iter::once(0).chain(newlines.map(|(offset, _)| offset + 1)).collect();
        Self { file, text, starts, errors: Vec::new(), targets: Vec::new() }
    }

    /// The whole file as a table. Syntax errors are noted, all of them.
    pub(super) fn root(&mut self) -> Option<Table<'t>> {
        let (table, errors) = DeTable::parse_recoverable(self.text);
        for error in errors {
            let place = Box::new(self.place(error.span().unwrap_or(0..0)));
            self.errors.push(Error::Syntax { place, message: error.message().replace('\n', ", ") });
        }
        if !self.errors.is_empty() {
            return None;
        }
        let span = table.span();
        let root = self.open(String::new(), span.start..span.start, table.into_inner());
        self.targets = root.find("targets").map_or_else(Vec::new, |(_, value)| {
            value
                .get_ref()
                .as_table()
                .map_or_else(Vec::new, |table| table.keys().map(|key| key.get_ref().to_string()).collect())
        });
        Some(root)
    }

    /// The names of the tables in `[targets]`, whether or not they are in order themselves.
    pub(super) fn keys_of(&self, _table: &str) -> Vec<String> {
        self.targets.clone()
    }

    pub(super) fn bad<T>(&mut self, text: &Text, reason: String, help: &str) -> Option<T> {
        self.errors.push(Error::BadValue {
            place: Box::new(text.place.clone()),
            key: text.key.clone(),
            reason,
            help: help.to_owned(),
        });
        None
    }

    fn open(&self, name: String, span: Range<usize>, table: DeTable<'t>) -> Table<'t> {
        let items = table
            .into_iter()
            .map(|(key, value)| (key.get_ref().to_string(), self.place(key.span()), value))
            .collect();
        Table { name, place: self.place(span), items }
    }

    fn wrong_kind<T>(&mut self, key: String, value: &Spanned<DeValue<'_>>, wanted: &str) -> Option<T> {
        let text = Text { value: String::new(), place: self.place(value.span()), key };
        let found = value.get_ref().type_str();
        self.bad(&text, format!("holds {} {found}", article(found)), &format!("write {wanted}"))
    }

    fn place(&self, span: Range<usize>) -> Place {
        let start = span.start.min(self.text.len());
        let line = self.starts.partition_point(|line_start| *line_start <= start);
        let line_start = self.starts.get(line.saturating_sub(1)).copied().unwrap_or_default();
        let line_text = self.text.get(line_start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
        let column = self.text.get(line_start..start).unwrap_or_default().chars().count();
        let spanned = self.text.get(start..span.end).unwrap_or_default();
        let length = spanned.lines().next().unwrap_or_default().chars().count();
        Place {
            file: self.file.to_owned(),
            line: small(line),
            column: small(column + 1),
            length: small(length.max(1)),
            line_text: Place::held(line_text),
        }
    }
}

impl<'t> Table<'t> {
    /// Notes every key that is not one of these.
    pub(super) fn only(&self, reader: &mut Reader<'t>, known: &[&str]) {
        for (key, place, _) in self.items.iter().filter(|(key, ..)| !known.contains(&key.as_str())) {
            reader.errors.push(Error::UnknownKey {
                place: Box::new(place.clone()),
                key: self.full(key),
                help: did_you_mean(key, known),
            });
        }
    }

    pub(super) fn optional(&self, reader: &mut Reader<'t>, key: &str) -> Option<Text> {
        let (_, value) = self.find(key)?;
        self.text(reader, key, value)
    }

    pub(super) fn required(&self, reader: &mut Reader<'t>, key: &str, help: &str) -> Option<Text> {
        match self.find(key) {
            Some((_, value)) => self.text(reader, key, value),
            None => self.lacks(reader, key, help),
        }
    }

    pub(super) fn lacks<T>(&self, reader: &mut Reader<'t>, key: &str, help: &str) -> Option<T> {
        reader.errors.push(Error::MissingKey {
            place: Box::new(self.place.clone()),
            table: if self.name.is_empty() { "the file".to_owned() } else { self.name.clone() },
            key: key.to_owned(),
            help: format!("give {help}"),
        });
        None
    }

    /// Where a key's value stands, for what is to be said of it.
    pub(super) fn mention(&self, reader: &Reader<'t>, key: &str) -> Option<Text> {
        let (_, value) = self.find(key)?;
        Some(Text { value: String::new(), place: reader.place(value.span()), key: self.full(key) })
    }

    /// A whole number of at least 1.
    pub(super) fn natural(&self, reader: &mut Reader<'t>, key: &str) -> Option<u64> {
        let (_, value) = self.find(key)?;
        let number = value
            .get_ref()
            .as_integer()
            .and_then(|number| u64::from_str_radix(&number.as_str().replace('_', ""), number.radix()).ok());
        match number {
            Some(number) if number > 0 => Some(number),
            Some(_) | None => match value.get_ref().as_integer() {
                Some(number) => {
                    let text =
                        Text { value: String::new(), place: reader.place(value.span()), key: self.full(key) };
                    let help = "write a whole number above 0, of at most 19 digits";
                    reader.bad(&text, format!("is {}, which cannot be meant", number.as_str()), help)
                }
                None => reader.wrong_kind(self.full(key), value, "a whole number above 0"),
            },
        }
    }

    pub(super) fn table(&self, reader: &mut Reader<'t>, key: &str, help: &str) -> Option<Table<'t>> {
        if self.find(key).is_none() {
            return self.lacks(reader, key, help);
        }
        self.optional_table(reader, key)
    }

    pub(super) fn optional_table(&self, reader: &mut Reader<'t>, key: &str) -> Option<Table<'t>> {
        let (_, value) = self.find(key)?;
        as_table(reader, self.full(key), value)
    }

    /// Every item of this table, each of which must be a table.
    pub(super) fn tables(&self, reader: &mut Reader<'t>) -> Vec<(String, Place, Table<'t>)> {
        let mut tables = Vec::new();
        for (key, place, value) in &self.items {
            let table = as_table(reader, self.full(key), value);
            tables.extend(
                table.map(|table| (key.clone(), place.clone(), Table { place: place.clone(), ..table })),
            );
        }
        tables
    }

    /// The tables of a list that must hold at least one.
    pub(super) fn tables_of(&self, reader: &mut Reader<'t>, key: &str, help: &str) -> Vec<Table<'t>> {
        let items = self.list(reader, key, help);
        items.into_iter().filter_map(|(name, value)| as_table(reader, name, &value)).collect()
    }

    /// As [`tables_of`](Self::tables_of), where the list may be absent.
    pub(super) fn optional_tables_of(
        &self,
        reader: &mut Reader<'t>,
        key: &str,
        help: &str,
    ) -> Vec<Table<'t>> {
        if self.find(key).is_some() { self.tables_of(reader, key, help) } else { Vec::new() }
    }

    /// Every item of this table, each of which must be a string; the key is kept as the text's key.
    pub(super) fn texts(&self, reader: &mut Reader<'t>) -> Vec<(String, Text)> {
        let text = |(key, _, value): &(String, Place, Spanned<DeValue<'t>>)| {
            Some((key.clone(), self.text(reader, key, value)?))
        };
        self.items.iter().filter_map(text).collect()
    }

    /// Where the table begins.
    pub(super) fn place(&self) -> &Place {
        &self.place
    }

    /// The strings of a list that must hold at least one.
    pub(super) fn strings(&self, reader: &mut Reader<'t>, key: &str, help: &str) -> Vec<Text> {
        let items = self.list(reader, key, help);
        let mut texts = Vec::new();
        for (name, value) in items {
            let place = reader.place(value.span());
            match value.get_ref().as_str() {
                Some(text) => texts.push(Text { value: text.to_owned(), place, key: name }),
                None => texts.extend(reader.wrong_kind::<Text>(name, &value, "a string")),
            }
        }
        texts
    }

    fn list(&self, reader: &mut Reader<'t>, key: &str, help: &str) -> Vec<(String, Spanned<DeValue<'t>>)> {
        let Some((_, value)) = self.find(key) else {
            return self.lacks(reader, key, help).unwrap_or_default();
        };
        match value.get_ref().as_array() {
            Some(items) if items.is_empty() => {
                let text =
                    Text { value: String::new(), place: reader.place(value.span()), key: self.full(key) };
                reader.bad(&text, "is empty".to_owned(), &format!("give {help}")).unwrap_or_default()
            }
            Some(items) => {
                let name = |index: usize| format!("{}[{index}]", self.full(key));
                items.iter().enumerate().map(|(index, item)| (name(index), item.clone())).collect()
            }
            None => reader.wrong_kind(self.full(key), value, "a list in `[ ]`").unwrap_or_default(),
        }
    }

    fn text(&self, reader: &mut Reader<'t>, key: &str, value: &Spanned<DeValue<'t>>) -> Option<Text> {
        let Some(text) = value.get_ref().as_str() else {
            return reader.wrong_kind(self.full(key), value, "a string in quotes");
        };
        let text = Text { value: text.to_owned(), place: reader.place(value.span()), key: self.full(key) };
        if text.value.trim().is_empty() {
            return reader.bad(&text, "is empty".to_owned(), "write a value, or take the key out");
        }
        Some(text)
    }

    fn find(&self, key: &str) -> Option<(&Place, &Spanned<DeValue<'t>>)> {
        self.items.iter().find(|(name, ..)| name == key).map(|(_, place, value)| (place, value))
    }

    fn full(&self, key: &str) -> String {
        if self.name.is_empty() { key.to_owned() } else { format!("{}.{key}", self.name) }
    }
}

fn as_table<'t>(reader: &mut Reader<'t>, name: String, value: &Spanned<DeValue<'t>>) -> Option<Table<'t>> {
    match value.get_ref().as_table() {
        Some(table) => Some(reader.open(name, value.span(), table.clone())),
        None => reader.wrong_kind(name, value, "a table"),
    }
}

/// What was probably meant; else everything that could have been.
pub(crate) fn did_you_mean<S: AsRef<str>>(wrong: &str, known: &[S]) -> String {
    if let Some(name) = nearest(wrong, known) {
        return format!("did you mean `{name}`?");
    }
    let all: Vec<&str> = known.iter().map(AsRef::as_ref).collect();
    match all.as_slice() {
        [] => "there are none yet".to_owned(),
        all => format!("there {} `{}`", if all.len() == 1 { "is only" } else { "are" }, all.join("`, `")),
    }
}

/// The known name that was probably meant, if one is near.
pub(crate) fn nearest<'k, S: AsRef<str>>(wrong: &str, known: &'k [S]) -> Option<&'k str> {
    let distance = |name: &str| strsim::damerau_levenshtein(wrong, name);
    let nearest = known.iter().map(AsRef::as_ref).min_by_key(|name| distance(name))?;
    (distance(nearest) <= 2.max(wrong.len() / 3)).then_some(nearest)
}

fn article(word: &str) -> &'static str {
    if word.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" }
}

/// Lines and columns of a file of bounded size.
fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
