//! Sizes on the command line.

/// Bytes, as `131072`, `128KiB` or `2MiB`.
pub(crate) fn bytes(text: &str) -> Result<usize, String> {
    let (digits, unit) = text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()));
    let factor = match unit.trim() {
        "" | "B" => 1,
        "KiB" => 1 << 10,
        "MiB" => 1 << 20,
        "GiB" => 1 << 30,
        other => return Err(format!("`{other}` is no unit; use KiB, MiB or GiB")),
    };
    let number: usize = digits.parse().map_err(|_| "write it as `131072` or `128KiB`".to_owned())?;
    number.checked_mul(factor).ok_or_else(|| "it is larger than any memory".to_owned())
}

#[cfg(test)]
mod tests {
    use super::bytes;

    #[test]
    fn units_are_binary() {
        assert_eq!(bytes("131072"), Ok(131_072));
        assert_eq!(bytes("128KiB"), Ok(131_072));
        assert_eq!(bytes("2 MiB"), Ok(2 << 20));
        assert!(bytes("2MB").is_err());
        assert!(bytes("KiB").is_err());
        assert!(bytes("99999999999GiB").is_err());
    }
}
