//! Markup as a row of tags and texts, of HTML and XML alike. Tolerant: what is never
//! closed swallows nothing, and no text is looked at twice for it.

use std::borrow::Cow;

use super::entity::decoded;

/// A piece of markup. Comments, declarations and instructions are none.
pub(crate) enum Token<'a> {
    /// Text with its entities as they are written.
    Text(&'a str),
    /// Text in which nothing is an entity.
    Raw(&'a str),
    /// The beginning of an element.
    Open(Tag<'a>),
    /// The end of one, by its name in lower case.
    Close(String),
}

/// The beginning of an element.
pub(crate) struct Tag<'a> {
    /// Its name in lower case, its prefix included.
    pub(crate) name: String,
    attributes: &'a str,
    /// Whether it ends where it begins: `<br/>`.
    pub(crate) empty: bool,
}

/// The pieces of markup, one after the other.
pub(crate) struct Tokens<'a> {
    rest: &'a str,
    /// What has been looked for and does not come any more.
    missing: Vec<String>,
}

impl<'a> Tokens<'a> {
    pub(crate) fn of(text: &'a str) -> Tokens<'a> {
        Tokens { rest: text, missing: Vec::new() }
    }

    /// Passes over what stands between the tag that was last read and its end.
    pub(crate) fn pass_over(&mut self, name: &str) {
        let end = format!("</{name}");
        if self.missing.contains(&end) {
            return;
        }
        let is_end =
            |at: usize| self.rest.get(at..at + end.len()).is_some_and(|it| it.eq_ignore_ascii_case(&end));
        match self.rest.match_indices("</").map(|(at, _)| at).find(|at| is_end(*at)) {
            Some(at) => self.rest = self.rest.get(at..).unwrap_or_default(),
            None => self.missing.push(end),
        }
    }

    /// Where a text stands in what is left.
    fn find(&mut self, text: &str) -> Option<usize> {
        if self.missing.iter().any(|it| it == text) {
            return None;
        }
        let found = self.rest.find(text);
        if found.is_none() {
            self.missing.push(text.to_owned());
        }
        found
    }

    /// The text up to this byte, which is passed.
    fn take(&mut self, end: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at_checked(end).unwrap_or((self.rest, ""));
        self.rest = rest;
        taken
    }

    /// The length of the tag that begins here: a ">" between quotes that are closed does
    /// not end it.
    fn tag_end(&mut self) -> Option<usize> {
        let bytes = self.rest.as_bytes();
        let mut at = 1;
        let mut value = false;
        loop {
            match *bytes.get(at)? {
                b'>' => return Some(at),
                quote @ (b'"' | b'\'') if value => {
                    let mark = if quote == b'"' { "\"" } else { "'" };
                    if !self.missing.iter().any(|it| it == mark) {
                        match self.rest.get(at + 1..).and_then(|it| it.find(mark)) {
                            Some(length) => at += length + 1,
                            None => self.missing.push(mark.to_owned()),
                        }
                    }
                    value = false;
                }
                b'=' => value = true,
                byte if byte.is_ascii_whitespace() => {}
                _ => value = false,
            }
            at += 1;
        }
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            if self.rest.is_empty() {
                return None;
            }
            if !self.rest.starts_with('<') {
                let end = self.rest.find('<').unwrap_or(self.rest.len());
                return Some(Token::Text(self.take(end)));
            }
            if self.rest.starts_with("<!-->") {
                self.take(5);
                continue;
            }
            if self.rest.starts_with("<!--") {
                let end = self.find("-->").map_or(4, |at| at + 3);
                self.take(end);
                continue;
            }
            if self.rest.starts_with("<![CDATA[")
                && let Some(end) = self.find("]]>")
            {
                let raw = self.take(end + 3);
                return Some(Token::Raw(raw.get(9..raw.len() - 3).unwrap_or_default()));
            }
            match self.rest.as_bytes().get(1) {
                Some(b'!' | b'?') => {
                    let end = self.find(">").map_or(2, |at| at + 1);
                    self.take(end);
                }
                Some(b'/') => {
                    let Some(end) = self.find(">") else { return Some(Token::Text(self.take(1))) };
                    let name = self.take(end + 1).get(2..end).unwrap_or_default();
                    let name = name.split(|c: char| c.is_whitespace()).next().unwrap_or_default();
                    return Some(Token::Close(name.to_ascii_lowercase()));
                }
                Some(byte) if byte.is_ascii_alphabetic() => {
                    if self.missing.iter().any(|it| it == ">") {
                        return Some(Token::Text(self.take(1)));
                    }
                    let Some(end) = self.tag_end() else {
                        self.missing.push(">".to_owned());
                        return Some(Token::Text(self.take(1)));
                    };
                    let inner = self.take(end + 1).get(1..end).unwrap_or_default();
                    return Some(Token::Open(Tag::of(inner)));
                }
                _ => return Some(Token::Text(self.take(1))),
            }
        }
    }
}

impl<'a> Tag<'a> {
    fn of(inner: &'a str) -> Tag<'a> {
        let (inner, empty) = match inner.strip_suffix('/') {
            Some(inner) => (inner, true),
            None => (inner, false),
        };
        let end = inner.find(|c: char| c.is_whitespace() || c == '/').unwrap_or(inner.len());
        let (name, attributes) = inner.split_at(end);
        Tag { name: name.to_ascii_lowercase(), attributes, empty }
    }

    /// Its attributes: names in lower case, values with their entities decoded; a name
    /// may come twice.
    pub(crate) fn attributes(&self) -> Vec<(String, Cow<'a, str>)> {
        let mut all = Vec::new();
        let mut rest = self.attributes;
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/' || c == '=');
            if rest.is_empty() {
                return all;
            }
            let end = rest.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(rest.len());
            let (name, behind) = rest.split_at(end);
            rest = behind;
            let mut value = "";
            if let Some(given) = behind.trim_start().strip_prefix('=').map(str::trim_start) {
                let quote = given.chars().next().filter(|c| matches!(c, '"' | '\''));
                let inner = quote.and_then(|quote| given.get(1..)?.split_once(quote));
                (value, rest) = inner.unwrap_or_else(|| {
                    given.split_at(given.find(|c: char| c.is_whitespace()).unwrap_or(given.len()))
                });
            }
            all.push((name.to_ascii_lowercase(), decoded(value)));
        }
    }
}
