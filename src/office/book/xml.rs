//! The XML of a file's parts, element by element. Names are taken without their
//! prefixes, since writers choose them freely. Refuses document types and deep
//! nesting, and never holds more of a part than one tag or text.

use std::borrow::Cow;
use std::io::{self, BufRead, Read};

use quick_xml::events::{BytesEnd, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::refusal::Refusal;

/// So deep may elements stand in each other.
const DEPTH: usize = 64;
/// So many bytes may one tag or one text have.
const PIECE: usize = 8 << 20;

/// A part that is being read.
pub(super) struct Xml<'a> {
    reader: Reader<Metered<'a>>,
    piece: Vec<u8>,
    depth: usize,
}

/// What comes next in a part.
pub(super) enum Node<'p> {
    /// An element begins.
    Open(Tag<'p>),
    /// An element ends, an empty one too.
    Close(End<'p>),
    /// A text or a piece of one.
    Text(Cow<'p, str>),
    /// The part is over.
    Over,
}

/// The beginning of an element.
pub(super) struct Tag<'p>(BytesStart<'p>);

/// The end of an element.
pub(super) struct End<'p>(BytesEnd<'p>);

impl Tag<'_> {
    /// Its name.
    pub fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// The value of an attribute, whatever its prefix.
    pub fn attribute(&self, name: &str) -> Option<String> {
        self.find(|prefixed, local| local == name && (!prefixed || name != "id"))
    }

    /// The value of the attribute `id` that has a prefix: it names a relation.
    pub fn relation(&self) -> Option<String> {
        self.find(|prefixed, local| prefixed && local == "id")
    }

    /// The value of an attribute that has this prefix.
    pub fn prefixed(&self, prefix: &str, name: &str) -> Option<String> {
        let whole = format!("{prefix}:{name}");
        let attribute = self.0.try_get_attribute(whole.as_str()).ok()??;
        attribute.normalized_value(XmlVersion::Implicit1_0).map(Cow::into_owned).ok()
    }

    /// Whether an attribute says yes.
    pub fn says(&self, name: &str) -> bool {
        self.attribute(name).is_some_and(|value| matches!(value.trim(), "1" | "true" | "on"))
    }

    fn find(&self, is: impl Fn(bool, &str) -> bool) -> Option<String> {
        let mut attributes = self.0.attributes();
        let mut attributes = attributes.with_checks(false).flatten();
        let found = attributes.find(|it| is(it.key.prefix().is_some(), it.key.local_name().into_inner()))?;
        found.normalized_value(XmlVersion::Implicit1_0).map(Cow::into_owned).ok()
    }
}

impl End<'_> {
    /// The element's name.
    pub fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }
}

impl<'a> Xml<'a> {
    /// Reads what comes out of `source`.
    pub fn new(source: Box<dyn BufRead + 'a>) -> Xml<'a> {
        let mut reader = Reader::from_reader(Metered { source, piece: 0, over: false });
        reader.config_mut().expand_empty_elements = true;
        Xml { reader, piece: Vec::new(), depth: 0 }
    }

    /// What comes next.
    ///
    /// # Errors
    /// When this is no XML, or none that a workbook has.
    pub fn next(&mut self) -> Result<Node<'_>, Refusal> {
        self.piece.clear();
        self.reader.get_mut().piece = 0;
        // What is passed over leaves nothing for its caller to look at.
        let event = match self.reader.read_event_into(&mut self.piece) {
            Ok(event) => event,
            Err(_) if self.reader.get_ref().over => return Err(Refusal::Wordy),
            Err(_) => return Err(Refusal::Damaged),
        };
        match event {
            Event::Start(tag) | Event::Empty(tag) => {
                self.depth += 1;
                if self.depth > DEPTH { Err(Refusal::Deep(DEPTH)) } else { Ok(Node::Open(Tag(tag))) }
            }
            Event::End(end) => {
                self.depth = self.depth.saturating_sub(1);
                Ok(Node::Close(End(end)))
            }
            Event::Text(text) => Ok(Node::Text(text.xml10_content())),
            Event::CData(text) => Ok(Node::Text(text.xml10_content())),
            Event::GeneralRef(name) => {
                let text = match name.resolve_char_ref() {
                    Ok(Some(c)) => c.to_string(),
                    Ok(None) => match &*name {
                        "lt" => "<",
                        "gt" => ">",
                        "amp" => "&",
                        "quot" => "\"",
                        "apos" => "'",
                        _ => return Err(Refusal::Damaged),
                    }
                    .to_owned(),
                    Err(_) => return Err(Refusal::Damaged),
                };
                Ok(Node::Text(Cow::Owned(text)))
            }
            Event::DocType(_) => Err(Refusal::Doctype),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => Ok(Node::Text(Cow::Borrowed(""))),
            Event::Eof if self.depth > 0 => Err(Refusal::Damaged),
            Event::Eof => Ok(Node::Over),
        }
    }

    /// Passes over the rest of the element that has just begun.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn skip(&mut self) -> Result<(), Refusal> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside {
            self.next()?;
        }
        Ok(())
    }

    /// The whole text of the element that has just begun.
    ///
    /// # Errors
    /// When it cannot be read or is too long.
    pub fn text(&mut self) -> Result<String, Refusal> {
        let outside = self.depth.saturating_sub(1);
        let mut whole = String::new();
        while self.depth > outside {
            if let Node::Text(text) = self.next()? {
                if whole.len() + text.len() > PIECE {
                    return Err(Refusal::Wordy);
                }
                whole.push_str(&text);
            }
        }
        Ok(whole)
    }

    /// How many elements are open.
    pub fn depth(&self) -> usize {
        self.depth
    }
}

/// Ends when one piece goes beyond measure.
struct Metered<'a> {
    source: Box<dyn BufRead + 'a>,
    piece: usize,
    over: bool,
}

impl Read for Metered<'_> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        let length = self.fill_buf()?.read(room)?;
        self.consume(length);
        Ok(length)
    }
}

impl BufRead for Metered<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.piece > PIECE {
            self.over = true;
            return Err(io::Error::other("too long"));
        }
        self.source.fill_buf()
    }

    fn consume(&mut self, length: usize) {
        self.piece = self.piece.saturating_add(length);
        self.source.consume(length);
    }
}
