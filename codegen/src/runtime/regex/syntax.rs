//! The syntax of ECMA-262's regular expressions (section 22.2.1, and annex B.1.2 where the flag `u` would refuse).

mod classes;

use std::fmt;

use regex_syntax::hir::ClassUnicode;

pub(super) use classes::is_word;

/// How deep groups may stand in one another.
const DEEPEST: usize = 100;

/// The most repetitions that are written out.
const MOST: u32 = 100_000;

/// An expression, and what is to be known of it as a whole.
#[derive(Debug)]
pub(super) struct Syntax {
    pub(super) root: Node,
    /// How many groups capture.
    pub(super) groups: usize,
    pub(super) has_references: bool,
    has_looks: bool,
}

/// A part of an expression.
#[derive(Debug)]
pub(super) enum Node {
    /// One character of these.
    Set(ClassUnicode),
    Start,
    End,
    Boundary {
        negated: bool,
    },
    Sequence(Vec<Node>),
    Alternatives(Vec<Node>),
    /// `groups` are those within: from the first up to the second, exclusively.
    Repeat {
        node: Box<Node>,
        min: u32,
        max: Option<u32>,
        lazy: bool,
        groups: (usize, usize),
    },
    Group(usize, Box<Node>),
    Look {
        ahead: bool,
        negated: bool,
        node: Box<Node>,
    },
    /// What a group has captured.
    Back(usize),
}

/// Why a pattern is not matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It is no regular expression, or one of a later edition.
    Syntax,
    /// It takes too much memory to match, such as `(a{1000}){1000}`.
    Large,
    /// What a look-behind captures is referred to, which depends on the direction of the match.
    Reference,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Syntax => "it is not understood",
            Self::Large => "it is too large to be matched",
            Self::Reference => "it refers to groups, and has one in a look-behind",
        })
    }
}

impl Syntax {
    /// Whether an automaton can match it.
    pub(super) fn is_regular(&self) -> bool {
        !self.has_looks && !self.has_references
    }
}

/// Reads a pattern.
pub(super) fn parse(pattern: &str) -> Result<Syntax, Fault> {
    let letters: Vec<char> = pattern.chars().collect();
    let names = group_names(&letters);
    let mut parser = Parser { letters, at: 0, depth: 0, begun: 0, behind: 0, ..Parser::default() };
    parser.names = names;
    let root = parser.alternatives()?;
    if parser.at < parser.letters.len() {
        return Err(Fault::Syntax);
    }
    let Parser { begun, has_references, has_looks, captures_behind, .. } = parser;
    if has_references && captures_behind {
        return Err(Fault::Reference);
    }
    Ok(Syntax { root, groups: begun, has_references, has_looks })
}

/// Each capturing group's name, where it has one: a reference may come ahead of its group.
fn group_names(letters: &[char]) -> Vec<Option<String>> {
    let mut names = Vec::new();
    let (mut at, mut in_class) = (0, false);
    while let Some(letter) = letters.get(at) {
        let follows = |offset: usize, letter: char| letters.get(at + offset) == Some(&letter);
        match letter {
            '\\' => at += 1,
            '[' => in_class = true,
            ']' => in_class = false,
            '(' if in_class => {}
            '(' if !follows(1, '?') => names.push(None),
            '(' if follows(2, '<') && !follows(3, '=') && !follows(3, '!') => {
                names.push(Some(letters[at + 3..].iter().take_while(|letter| **letter != '>').collect()));
            }
            _ => {}
        }
        at += 1;
    }
    names
}

#[derive(Default)]
struct Parser {
    letters: Vec<char>,
    at: usize,
    names: Vec<Option<String>>,
    depth: usize,
    /// How many capturing groups have begun.
    begun: usize,
    /// How many look-behinds this stands in.
    behind: usize,
    has_looks: bool,
    has_references: bool,
    captures_behind: bool,
}

impl Parser {
    fn peek(&self) -> Option<char> {
        self.letters.get(self.at).copied()
    }

    fn next(&mut self) -> Option<char> {
        let letter = self.peek()?;
        self.at += 1;
        Some(letter)
    }

    /// Passes over a text where it stands here.
    fn takes(&mut self, text: &str) -> bool {
        let stands = text.chars().enumerate().all(|(index, letter)| self.letters.get(self.at + index) == Some(&letter));
        self.at += if stands { text.chars().count() } else { 0 };
        stands
    }

    fn alternatives(&mut self) -> Result<Node, Fault> {
        if self.depth == DEEPEST {
            return Err(Fault::Large);
        }
        self.depth += 1;
        let mut alternatives = vec![self.sequence()?];
        while self.takes("|") {
            alternatives.push(self.sequence()?);
        }
        self.depth -= 1;
        Ok(match alternatives.len() {
            1 => alternatives.swap_remove(0),
            _ => Node::Alternatives(alternatives),
        })
    }

    fn sequence(&mut self) -> Result<Node, Fault> {
        let mut nodes = Vec::new();
        while let Some(letter) = self.peek().filter(|letter| !matches!(letter, '|' | ')')) {
            let begun = self.begun;
            self.at += 1;
            let node = match letter {
                '^' => Node::Start,
                '$' => Node::End,
                '(' => self.group()?,
                '.' => Node::Set(classes::any()),
                '[' => Node::Set(self.class()?),
                '\\' => self.escape()?,
                '*' | '+' | '?' => return Err(Fault::Syntax),
                '{' if self.counts().is_some() => return Err(Fault::Syntax),
                letter => Node::Set(classes::one(letter)),
            };
            nodes.push(self.repeated(node, begun)?);
        }
        Ok(Node::Sequence(nodes))
    }

    /// A node with the quantifier behind it, if there is one.
    fn repeated(&mut self, node: Node, begun: usize) -> Result<Node, Fault> {
        let (min, max) = match self.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => {
                self.at += 1;
                let Some(counts) = self.counts() else {
                    self.at -= 1;
                    return Ok(node);
                };
                self.at -= 1;
                counts
            }
            _ => return Ok(node),
        };
        self.at += 1;
        let is_assertion =
            matches!(node, Node::Start | Node::End | Node::Boundary { .. } | Node::Look { ahead: false, .. });
        if is_assertion || max.is_some_and(|max| max < min) {
            return Err(Fault::Syntax);
        }
        if min > MOST || max.is_some_and(|max| max > MOST) {
            return Err(Fault::Large);
        }
        let lazy = self.takes("?");
        Ok(Node::Repeat { node: Box::new(node), min, max, lazy, groups: (begun + 1, self.begun + 1) })
    }

    /// What stands between braces where that is a quantifier, passed over up to the last letter.
    fn counts(&mut self) -> Option<(u32, Option<u32>)> {
        let close = self.letters[self.at..].iter().position(|letter| *letter == '}')?;
        let inner: String = self.letters[self.at..self.at + close].iter().collect();
        let number = |text: &str| {
            let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
            is_number.then(|| text.parse().unwrap_or(u32::MAX))
        };
        let counts = match inner.split_once(',') {
            None => number(&inner).map(|count| (count, Some(count)))?,
            Some((min, "")) => (number(min)?, None),
            Some((min, max)) => (number(min)?, Some(number(max)?)),
        };
        self.at += close + 1;
        Some(counts)
    }

    fn group(&mut self) -> Result<Node, Fault> {
        let look = [("?=", true, false), ("?!", true, true), ("?<=", false, false), ("?<!", false, true)];
        let look = look.into_iter().find(|(sign, ..)| self.takes(sign));
        if let Some((_, ahead, negated)) = look {
            self.has_looks = true;
            self.behind += usize::from(!ahead);
            let node = Box::new(self.closed()?);
            self.behind -= usize::from(!ahead);
            return Ok(Node::Look { ahead, negated, node });
        }
        if self.takes("?:") {
            return self.closed();
        }
        if self.takes("?<") {
            while self.next().ok_or(Fault::Syntax)? != '>' {}
        } else if self.peek() == Some('?') {
            return Err(Fault::Syntax);
        }
        self.begun += 1;
        self.captures_behind |= self.behind > 0;
        let index = self.begun;
        Ok(Node::Group(index, Box::new(self.closed()?)))
    }

    fn closed(&mut self) -> Result<Node, Fault> {
        let node = self.alternatives()?;
        if self.takes(")") { Ok(node) } else { Err(Fault::Syntax) }
    }

    fn escape(&mut self) -> Result<Node, Fault> {
        match self.peek().ok_or(Fault::Syntax)? {
            'b' | 'B' => Ok(Node::Boundary { negated: self.next() == Some('B') }),
            'k' if self.names.iter().any(Option::is_some) => {
                self.at += 1;
                if !self.takes("<") {
                    return Err(Fault::Syntax);
                }
                let name: String = self.letters[self.at..].iter().take_while(|letter| **letter != '>').collect();
                self.at += name.chars().count() + 1;
                let mut named = (1..=self.names.len()).filter(|group| self.names[group - 1].as_ref() == Some(&name));
                match (named.next(), named.next()) {
                    (Some(group), None) => Ok(self.reference(group)),
                    _ => Err(Fault::Syntax),
                }
            }
            '1'..='9' => {
                let digits: String =
                    self.letters[self.at..].iter().take_while(|letter| letter.is_ascii_digit()).collect();
                self.at += digits.len();
                let group = digits.parse().ok().filter(|group| *group <= self.names.len());
                group.map(|group| self.reference(group)).ok_or(Fault::Syntax)
            }
            _ => Ok(Node::Set(self.escaped(false)?)),
        }
    }

    fn reference(&mut self, group: usize) -> Node {
        self.has_references = true;
        Node::Back(group)
    }
}
