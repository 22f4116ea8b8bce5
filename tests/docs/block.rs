//! The code blocks of a document.

use super::Document;

/// A fenced code block.
pub struct Block {
    /// The words behind the fence: the language first.
    words: Vec<String>,
    /// The lines between the fences.
    pub lines: Vec<String>,
    /// The number of the first of these lines, from 1.
    pub line: usize,
}

impl Block {
    pub fn language(&self) -> &str {
        self.words.first().map_or("", String::as_str)
    }

    /// True if the fence says this word behind the language.
    pub fn says(&self, word: &str) -> bool {
        self.words.iter().skip(1).any(|known| known == word)
    }

    /// The value of `key=value` behind the language.
    pub fn value(&self, key: &str) -> Option<&str> {
        self.words.iter().skip(1).find_map(|word| word.strip_prefix(key)?.strip_prefix('='))
    }

    /// The words behind the language, as they stand.
    pub fn attributes(&self) -> impl Iterator<Item = &str> {
        self.words.iter().skip(1).map(String::as_str)
    }

    pub fn text(&self) -> String {
        self.lines.iter().map(|line| format!("{line}\n")).collect()
    }
}

impl Document {
    /// All code blocks. Fences are three backticks at the start of a line.
    pub fn blocks(&self) -> Vec<Block> {
        let mut blocks: Vec<Block> = Vec::new();
        let mut open = false;
        for (index, line) in self.text.lines().enumerate() {
            match (line.strip_prefix("```"), open) {
                (Some(_), true) => open = false,
                (Some(info), false) => {
                    let words = info.split_whitespace().map(str::to_owned).collect();
                    blocks.push(Block { words, lines: Vec::new(), line: index + 2 });
                    open = true;
                }
                (None, true) => blocks.last_mut().expect("an open block").lines.push(line.to_owned()),
                (None, false) => {}
            }
        }
        assert!(!open, "{}: a code block is not closed", self.path);
        blocks
    }

    /// The text outside of code blocks, line by line with its number.
    pub fn prose(&self) -> Vec<(usize, &str)> {
        let mut open = false;
        let mut prose = Vec::new();
        for (index, line) in self.text.lines().enumerate() {
            let fence = line.starts_with("```");
            if !fence && !open {
                prose.push((index + 1, line));
            }
            open ^= fence;
        }
        prose
    }
}
