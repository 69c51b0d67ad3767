//! How wide the columns of a table are: by their shares, yet no narrower than their longest word, if that can be.

use crate::render::paper::{Block, Cell, Table};
use crate::render::typeset::nbsp;

/// Is about how wide a letter of a table is, and the air beside a cell's words, in twentieths of a point.
const LETTER: u64 = 100;
const AIR: u64 = 170;
/// Words beyond this many letters may break; Danish has longer ones.
const LONGEST: u64 = 24;

/// Returns the widths of the columns, which together are `all`.
pub fn widths(table: &Table, all: u64) -> Vec<u64> {
    let shares: Vec<u64> = table.columns.iter().map(|c| u64::from(c.width.max(1))).collect();
    let total: u64 = shares.iter().sum::<u64>().max(1);
    let shares: Vec<u64> = shares.iter().map(|share| share * all / total).collect();
    let least: Vec<u64> = (0..shares.len()).map(|i| AIR + LETTER * longest(table, i).min(LONGEST)).collect();
    let need: u64 = least.iter().sum();
    if need > all {
        return least.iter().map(|width| width * all / need).collect();
    }
    let wide: Vec<u64> = shares.iter().zip(&least).map(|(share, least)| *share.max(least)).collect();
    let over = wide.iter().sum::<u64>().saturating_sub(all);
    let slack: u64 = wide.iter().zip(&least).map(|(width, least)| width - least).sum();
    // Those that have more than they need give it to those that have less.
    wide.iter().zip(&least).map(|(width, least)| width - (width - least) * over / slack.max(1)).collect()
}

/// Returns how many letters the longest word in a column has.
fn longest(table: &Table, column: usize) -> u64 {
    let title = table.columns.get(column).map(|c| c.title.as_str()).unwrap_or_default();
    let cells = table.rows.iter().filter_map(|row| row.get(column));
    // What is bound by a no-break space is one word; a heading is bold.
    let longest = |text: &str| {
        let pieces = nbsp(text);
        let pieces = pieces.split(' ').flat_map(|word| word.split_inclusive('-'));
        pieces.map(|word| u64::try_from(word.chars().count()).unwrap_or(u64::MAX)).max().unwrap_or(0)
    };
    let words = cells.flat_map(texts).map(longest).max().unwrap_or(0);
    words.max(longest(title) + longest(title) / 6)
}

fn texts(cell: &Cell) -> impl Iterator<Item = &str> {
    cell.blocks.iter().flat_map(|block| match block {
        Block::Paragraph { text, .. } => text.iter().map(|s| s.text.as_str()).collect(),
        Block::List { items, .. } => items.iter().flatten().map(|s| s.text.as_str()).collect(),
        _ => Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::paper::Column;

    fn table(columns: &[(&str, u32)]) -> Table {
        let column = |(title, width): &(&str, u32)| Column { title: title.to_string(), width: *width };
        Table { columns: columns.iter().map(column).collect(), ..Table::default() }
    }

    #[test]
    fn shares_hold_where_words_fit() {
        assert_eq!(widths(&table(&[("Nr.", 1), ("Tekst", 3)]), 8000), [2000, 6000]);
    }

    #[test]
    fn a_narrow_column_takes_from_the_others() {
        let wide = widths(&table(&[("Kultur- og Fritidsudvalget", 1), ("Tekst", 9)]), 8000);
        assert_eq!(wide[0], (15 + 2) * LETTER + AIR);
        assert_eq!(wide.iter().sum::<u64>(), 8000);
    }

    #[test]
    fn what_never_fits_is_shared() {
        let long = "x".repeat(99);
        let wide = widths(&table(&[(&long, 0), (&long, 1), (&long, 7), (&long, 2)]), 8000);
        assert!(wide.iter().all(|w| *w == 2000), "{wide:?}");
    }
}
