//! The notes of the tolerant reader: what it took for what, and where first.

/// Collects notes, one for each sort of liberty.
#[derive(Default)]
pub(super) struct Notes(Vec<Note>, Vec<String>);

struct Note {
    what: &'static str,
    line: usize,
    more: usize,
}

impl Notes {
    /// Notes a liberty taken on a line.
    pub fn add(&mut self, what: &'static str, line: usize) {
        match self.0.iter_mut().find(|n| n.what == what) {
            Some(note) => note.more += 1,
            None => self.0.push(Note { what, line, more: 0 }),
        }
    }

    /// Notes what no line can be told of.
    pub fn say(&mut self, what: String) {
        self.1.push(what);
    }

    /// Returns the notes in the order they were first made.
    pub fn texts(self) -> Vec<String> {
        let text = |note: Note| match note.more {
            0 => format!("linje {}: {}", note.line, note.what),
            1 => format!("linje {} og et andet sted: {}", note.line, note.what),
            n => format!("linje {} og {n} andre steder: {}", note.line, note.what),
        };
        self.0.into_iter().map(text).chain(self.1).collect()
    }
}
