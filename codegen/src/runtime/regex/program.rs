//! What a backtracking matcher runs.

use regex_syntax::hir::ClassUnicode;

use super::syntax::{Fault, Node, Syntax};

/// The most instructions of a program.
const LARGEST: usize = 50_000;

/// One step of a match.
#[derive(Debug)]
pub(super) enum Step {
    /// One character of these.
    Set(ClassUnicode),
    Start,
    End,
    Boundary {
        negated: bool,
    },
    /// Goes on at the first place, and at the second one if that fails.
    Split(usize, usize),
    Jump(usize),
    /// Keeps the position in a register.
    Keep(usize),
    /// Forgets what groups have captured.
    Forget(usize, usize),
    /// Fails where the position is the one that was kept: a repetition of nothing.
    Progress(usize),
    /// What follows, up to the step `Done` ahead of `next`, is asked for at this place, and the match goes on at `next`.
    Look {
        ahead: bool,
        negated: bool,
        next: usize,
    },
    /// What a group has captured; nothing where it has not.
    Back(usize),
    Done,
}

/// The steps, and how many registers they need.
#[derive(Debug)]
pub(super) struct Program {
    pub(super) steps: Vec<Step>,
    pub(super) registers: usize,
    /// Whether the rest of a match depends on more than the step and the position.
    pub(super) remembers: bool,
}

impl Program {
    pub(super) fn of(syntax: &Syntax) -> Result<Self, Fault> {
        let remembers = syntax.has_references;
        let registers = if remembers { 2 * (syntax.groups + 1) } else { 0 };
        let mut program = Self { steps: Vec::new(), registers, remembers };
        program.write(&syntax.root)?;
        program.push(Step::Done)?;
        Ok(program)
    }

    fn push(&mut self, step: Step) -> Result<usize, Fault> {
        if self.steps.len() >= LARGEST {
            return Err(Fault::Large);
        }
        self.steps.push(step);
        Ok(self.steps.len() - 1)
    }

    fn next(&self) -> usize {
        self.steps.len()
    }

    fn write(&mut self, node: &Node) -> Result<(), Fault> {
        match node {
            Node::Set(set) => drop(self.push(Step::Set(set.clone()))?),
            Node::Start => drop(self.push(Step::Start)?),
            Node::End => drop(self.push(Step::End)?),
            Node::Boundary { negated } => drop(self.push(Step::Boundary { negated: *negated })?),
            Node::Sequence(nodes) => nodes.iter().try_for_each(|node| self.write(node))?,
            Node::Alternatives(nodes) => self.alternatives(nodes)?,
            Node::Repeat { .. } => self.repetition(node)?,
            Node::Group(index, node) if self.remembers => {
                self.push(Step::Keep(2 * index))?;
                self.write(node)?;
                self.push(Step::Keep(2 * index + 1))?;
            }
            Node::Group(_, node) => self.write(node)?,
            Node::Look { ahead, negated, node } => {
                let look = self.push(Step::Done)?;
                self.write(node)?;
                self.push(Step::Done)?;
                self.steps[look] = Step::Look { ahead: *ahead, negated: *negated, next: self.next() };
            }
            Node::Back(group) => drop(self.push(Step::Back(*group))?),
        }
        Ok(())
    }

    fn alternatives(&mut self, nodes: &[Node]) -> Result<(), Fault> {
        let mut ends = Vec::new();
        for (index, node) in nodes.iter().enumerate() {
            let is_last = index + 1 == nodes.len();
            let split = if is_last { None } else { Some(self.push(Step::Done)?) };
            self.write(node)?;
            if let Some(split) = split {
                ends.push(self.push(Step::Done)?);
                self.steps[split] = Step::Split(split + 1, self.next());
            }
        }
        for end in ends {
            self.steps[end] = Step::Jump(self.next());
        }
        Ok(())
    }

    fn repetition(&mut self, node: &Node) -> Result<(), Fault> {
        let Node::Repeat { node, min, max, lazy, groups } = node else { return Ok(()) };
        let split = |inner, after| if *lazy { Step::Split(after, inner) } else { Step::Split(inner, after) };
        for _ in 0..*min {
            self.pass(node, groups)?;
        }
        let Some(max) = max else {
            let begin = self.push(Step::Done)?;
            self.optional_pass(node, groups)?;
            self.push(Step::Jump(begin))?;
            self.steps[begin] = split(begin + 1, self.next());
            return Ok(());
        };
        let mut splits = Vec::new();
        for _ in *min..*max {
            splits.push(self.push(Step::Done)?);
            self.optional_pass(node, groups)?;
        }
        for begin in splits {
            self.steps[begin] = split(begin + 1, self.next());
        }
        Ok(())
    }

    /// One repetition: what groups within it have captured is of the one before.
    fn pass(&mut self, node: &Node, groups: &(usize, usize)) -> Result<(), Fault> {
        if self.remembers && groups.0 < groups.1 {
            self.push(Step::Forget(groups.0, groups.1))?;
        }
        self.write(node)
    }

    /// One that need not be: it must match more than nothing.
    fn optional_pass(&mut self, node: &Node, groups: &(usize, usize)) -> Result<(), Fault> {
        if !self.remembers {
            return self.write(node);
        }
        let register = self.registers;
        self.registers += 1;
        self.push(Step::Keep(register))?;
        self.pass(node, groups)?;
        self.push(Step::Progress(register)).map(drop)
    }
}
