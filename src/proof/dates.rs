//! Days, counted: enough to compare and subtract dates written as `2026-01-31`.

/// Returns the number of a day; `None` when the text is no date.
pub fn day(text: &str) -> Option<i64> {
    let bytes = text.as_bytes();
    let shape = bytes.len() == 10
        && bytes.iter().enumerate().all(|(i, b)| if i == 4 || i == 7 { *b == b'-' } else { b.is_ascii_digit() });
    if !shape {
        return None;
    }
    let part = |range: std::ops::Range<usize>| text.get(range).and_then(|t| t.parse::<i64>().ok());
    let (year, month, day) = (part(0..4)?, part(5..7)?, part(8..10)?);
    if !(1..=12).contains(&month) || day < 1 || day > days_in(year, month) {
        return None;
    }
    let before = year - 1;
    let leap_days = before / 4 - before / 100 + before / 400;
    let months: i64 = (1..month).map(|m| days_in(year, m)).sum();
    Some(before * 365 + leap_days + months + day)
}

fn days_in(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::day;

    #[test]
    fn counts_days() {
        let between = |a: &str, b: &str| day(b).zip(day(a)).map(|(b, a)| b - a);
        assert_eq!(between("2025-11-06", "2025-11-27"), Some(21));
        assert_eq!(between("2024-02-28", "2024-03-01"), Some(2));
        assert_eq!(between("1999-12-31", "2001-01-01"), Some(367));
        assert_eq!(between("1900-02-28", "1900-03-01"), Some(1));
        for no in ["2025-02-29", "2025-13-01", "2025-1-01", "", "20250101--", "2025-04-31", "２025-01-01"] {
            assert_eq!(day(no), None, "{no}");
        }
    }
}
