//! Circles in a graph: which nodes lead back to themselves, and which of them lead to each other.

/// Of each node the number of its circle, where it is on one: its strongly connected component (Tarjan's algorithm, with
/// a stack of its own, since documents can be deeper than a thread's). Each edge is followed once.
pub fn circles(edges: &[Vec<usize>]) -> Vec<Option<usize>> {
    let mut state = State {
        edges,
        order: vec![None; edges.len()],
        lowest: vec![0; edges.len()],
        open: Vec::new(),
        is_open: vec![false; edges.len()],
        circles: vec![None; edges.len()],
        count: 0,
    };
    for node in 0..edges.len() {
        if state.order.get(node) == Some(&None) {
            state.visit(node);
        }
    }
    state.circles
}

struct State<'a> {
    edges: &'a [Vec<usize>],
    /// When each node was first come to.
    order: Vec<Option<usize>>,
    /// The earliest open node that each leads to.
    lowest: Vec<usize>,
    /// The nodes of which the circle is not known yet.
    open: Vec<usize>,
    is_open: Vec<bool>,
    circles: Vec<Option<usize>>,
    count: usize,
}

#[allow(clippy::indexing_slicing, reason = "every number is that of a node, of which each list has an entry")]
impl State<'_> {
    fn visit(&mut self, start: usize) {
        // A node and how many of its edges have been followed.
        let mut way = vec![(start, 0)];
        self.enter(start);
        while let Some((node, followed)) = way.pop() {
            if let Some(&next) = self.edges[node].get(followed) {
                way.push((node, followed + 1));
                match self.order[next] {
                    None => {
                        self.enter(next);
                        way.push((next, 0));
                    }
                    Some(order) if self.is_open[next] => self.lowest[node] = self.lowest[node].min(order),
                    Some(_) => {}
                }
                continue;
            }
            if let Some(&(parent, _)) = way.last() {
                self.lowest[parent] = self.lowest[parent].min(self.lowest[node]);
            }
            if self.order[node] == Some(self.lowest[node]) {
                self.close(node);
            }
        }
    }

    fn enter(&mut self, node: usize) {
        self.order[node] = Some(self.count);
        self.lowest[node] = self.count;
        self.count += 1;
        self.open.push(node);
        self.is_open[node] = true;
    }

    /// All that was opened since a node leads back to it.
    fn close(&mut self, node: usize) {
        let begin = self.open.iter().rposition(|open| *open == node).unwrap_or_default();
        let members = self.open.split_off(begin);
        let is_circle = members.len() > 1 || self.edges[node].contains(&node);
        for member in members {
            self.is_open[member] = false;
            self.circles[member] = is_circle.then_some(node);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::circles;

    #[test]
    fn nodes_that_lead_back_to_themselves_are_on_a_circle() {
        // 0 <-> 1 -> 2 -> 2, 3 -> 4
        let found = circles(&[vec![1], vec![0, 2], vec![2], vec![4], vec![]]);
        assert_eq!(found[0], found[1]);
        assert!(found[0].is_some() && found[2].is_some() && found[0] != found[2]);
        assert_eq!((found[3], found[4]), (None, None));
    }

    #[test]
    fn a_long_way_needs_no_deep_stack() {
        let nodes = 200_000;
        let ring: Vec<Vec<usize>> = (0..nodes).map(|node| vec![(node + 1) % nodes]).collect();
        let found = circles(&ring);
        assert!(found.iter().all(|circle| circle.is_some() && *circle == found[0]));
    }
}
