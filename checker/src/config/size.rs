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

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn binary_units_are_read_and_all_else_is_refused() {
        assert_eq!(parse("128KiB"), Some(131_072));
        assert_eq!(parse("1 MiB"), Some(1_048_576));
        assert_eq!(parse("7B"), Some(7));
        for wrong in ["", "128", "KiB", "128KB", "128kib", "-1KiB", "1.5MiB", "18446744073709551615GiB"] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }
}
