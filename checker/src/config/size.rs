//! Sizes as people write them: `128KiB`.

/// Bytes; absent if the text is no size, or more than a `u64` can hold.
pub(super) fn parse(text: &str) -> Option<u64> {
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at_checked(digits)?;
    let factor = match unit.trim_start() {
        "B" => 1,
        "KiB" => 1 << 10,
        "MiB" => 1 << 20,
        "GiB" => 1_u64 << 30,
        _ => return None,
    };
    number.parse::<u64>().ok()?.checked_mul(factor)
}

/// Whether the text is a size of more bytes than are counted.
pub(super) fn is_too_large(text: &str) -> bool {
    let unit = text.trim_start_matches(|c: char| c.is_ascii_digit());
    unit.len() < text.len() && parse(text).is_none() && parse(&format!("1{unit}")).is_some()
}

/// As people write it, in the largest unit that is exact.
pub(super) fn written(bytes: u64) -> String {
    let units = [(1_u64 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")];
    match units.iter().find(|(factor, _)| bytes >= *factor && bytes.is_multiple_of(*factor)) {
        Some((factor, unit)) => format!("{}{unit}", bytes / factor),
        None => format!("{bytes}B"),
    }
}

#[cfg(test)]
mod tests {
    use super::{is_too_large, parse, written};

    #[test]
    fn binary_units_are_read_and_all_else_is_refused() {
        assert_eq!(parse("128KiB"), Some(131_072));
        assert_eq!(parse("1 MiB"), Some(1_048_576));
        assert_eq!(parse("7B"), Some(7));
        for wrong in ["", "128", "KiB", "128KB", "128kib", "-1KiB", "1.5MiB", "18446744073709551615GiB"] {
            assert_eq!(parse(wrong), None, "{wrong}");
            assert_eq!(is_too_large(wrong), wrong.starts_with("1844"), "{wrong}");
        }
    }

    #[test]
    fn what_is_written_is_read_back() {
        for (bytes, text) in
            [(7, "7B"), (1 << 10, "1KiB"), (1500, "1500B"), (3 << 20, "3MiB"), (1 << 30, "1GiB")]
        {
            assert_eq!(written(bytes), text);
            assert_eq!(parse(text), Some(bytes));
        }
    }
}
