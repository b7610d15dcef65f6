//! `[[waivers]]`: findings that are allowed for a while, and why.

use jiff::civil::Date;

use super::reader::{Reader, Table, Text};
use crate::system::DeclaredWaiver;

pub(super) fn read<'t>(reader: &mut Reader<'t>, root: &Table<'t>) -> Vec<DeclaredWaiver> {
    let help = "`[[waivers]]` with `rule`, `reason` and `expires`";
    let tables = root.optional_tables_of(reader, "waivers", help);
    tables.iter().filter_map(|table| waiver(reader, table)).collect()
}

fn waiver<'t>(reader: &mut Reader<'t>, table: &Table<'t>) -> Option<DeclaredWaiver> {
    table.only(reader, &["rule", "path", "module", "reason", "expires"]);
    let rule = table.required(reader, "rule", "the rule, as in `rule = \"range-exceeded\"`");
    let path = table.optional(reader, "path").map(|text| text.value);
    let module = table.optional(reader, "module").map(|text| text.value);
    let reason = table.required(reader, "reason", "why it is allowed, for those who read it later");
    let expires = table.required(reader, "expires", "the last day, as in `expires = \"2027-01-31\"`");
    let expires = expires.and_then(|text| date(reader, text));
    let (rule, reason, expires) = (rule?, reason?, expires?);
    Some(DeclaredWaiver {
        rule: rule.value,
        rule_place: rule.place,
        path,
        module,
        reason: reason.value,
        expires: expires.0,
        expires_place: expires.1.place,
    })
}

fn date(reader: &mut Reader<'_>, text: Text) -> Option<(Date, Text)> {
    // Other forms of ISO 8601 would be read as well; one form is enough for people.
    let plain = text.value.len() == 10;
    match text.value.parse::<Date>().ok().filter(|_| plain) {
        Some(date) => Some((date, text)),
        None => {
            let reason = format!("is `{}`, which is no day", text.value);
            reader.bad(&text, reason, "write year, month and day, as in `\"2027-01-31\"`")
        }
    }
}
