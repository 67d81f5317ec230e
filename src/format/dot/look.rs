//! Colours and shapes by label.
//!
//! The fills are Paul Tol's *light* qualitative scheme (Colour Schemes, SRON/EPS/TN/09-002, issue 3.2, 2021), made for
//! black text on coloured cells and for eyes that do not tell red from green. Where more labels than colours occur,
//! shapes tell them apart.

use std::fmt;

use indexmap::IndexMap;

const BLUE: &str = "#77AADD";
const CYAN: &str = "#99DDFF";
const MINT: &str = "#44BB99";
const PEAR: &str = "#BBCC33";
const OLIVE: &str = "#AAAA00";
const YELLOW: &str = "#EEDD88";
const ORANGE: &str = "#EE8866";
const PINK: &str = "#FFAABB";
const GREY: &str = "#DDDDDD";
const WHITE: &str = "#FFFFFF";

/// How the nodes of one label are drawn; displays as attributes of DOT.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Look {
    shape: &'static str,
    style: &'static str,
    fill: &'static str,
}

const fn look(shape: &'static str, style: &'static str, fill: &'static str) -> Look {
    Look { shape, style, fill }
}

/// The labels of the ontology look the same in every drawing.
const KNOWN: [(&str, Look); 16] = [
    ("Region", look("ellipse", "filled", CYAN)),
    ("Province", look("octagon", "filled", BLUE)),
    ("City", look("ellipse", "filled", BLUE)),
    ("District", look("ellipse", "filled", CYAN)),
    ("Zone", look("ellipse", "filled,dashed", CYAN)),
    ("Enterprise", look("box", "filled,rounded", ORANGE)),
    ("Cluster", look("hexagon", "filled", MINT)),
    ("Policy", look("note", "filled", YELLOW)),
    ("Park", look("tab", "filled", PEAR)),
    ("Organization", look("box", "filled", PINK)),
    ("Facility", look("box3d", "filled", OLIVE)),
    ("Fund", look("cylinder", "filled", YELLOW)),
    ("Event", look("ellipse", "filled", PINK)),
    ("Person", look("box", "filled,rounded", GREY)),
    ("Document", look("note", "filled", GREY)),
    ("Indicator", look("box", "filled,rounded", WHITE)),
];

/// What other labels get, in turn.
const OTHERS: [Look; 9] = [
    look("box", "filled,rounded", BLUE),
    look("ellipse", "filled", ORANGE),
    look("hexagon", "filled", YELLOW),
    look("box", "filled", MINT),
    look("octagon", "filled", PINK),
    look("tab", "filled", CYAN),
    look("note", "filled", PEAR),
    look("component", "filled", GREY),
    look("box3d", "filled", OLIVE),
];

const UNLABELLED: Look = look("box", "filled,rounded", WHITE);

/// The looks of the labels that occur in one drawing.
pub(super) struct Looks<'a>(IndexMap<&'a str, Look>);

impl<'a> Looks<'a> {
    /// Looks for labels: those of the ontology first, in its order, then the others by name.
    pub(super) fn new(labels: impl Iterator<Item = &'a str>) -> Self {
        let mut looks: IndexMap<&str, Look> = labels.map(|label| (label, UNLABELLED)).collect();
        looks.sort_unstable_by_key(|label, _| (position(label), *label));
        let mut others = OTHERS.into_iter().cycle();
        for (label, look) in &mut looks {
            *look = match KNOWN.get(position(label)) {
                Some((_, known)) => *known,
                None => others.next().expect("a cycle does not end"),
            };
        }
        Self(looks)
    }

    /// The look of nodes with a label, or of those without one.
    pub(super) fn of(&self, label: Option<&str>) -> Look {
        label
            .and_then(|label| self.0.get(label))
            .copied()
            .unwrap_or(UNLABELLED)
    }

    /// All labels with their looks.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&'a str, Look)> {
        self.0.iter().map(|(label, look)| (*label, *look))
    }
}

/// A label's place among the known ones; behind all for others.
fn position(label: &str) -> usize {
    KNOWN
        .iter()
        .position(|(known, _)| *known == label)
        .unwrap_or(KNOWN.len())
}

impl fmt::Display for Look {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { shape, style, fill } = self;
        write!(
            f,
            "shape=\"{shape}\", style=\"{style}\", fillcolor=\"{fill}\""
        )
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// The contrast of near-black text (`#1A1A1A`) on a colour, as WCAG 2 defines it.
    fn contrast(fill: &str) -> f64 {
        let luminance = |colour: &str| {
            let part =
                |at: usize| f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
            let linear = |part: f64| {
                if part <= 0.03928 {
                    part / 12.92
                } else {
                    ((part + 0.055) / 1.055).powf(2.4)
                }
            };
            0.2126 * linear(part(1)) + 0.7152 * linear(part(3)) + 0.0722 * linear(part(5))
        };
        (luminance(fill) + 0.05) / (luminance("#1A1A1A") + 0.05)
    }

    #[test]
    fn text_is_readable_on_every_fill() {
        for look in KNOWN.iter().map(|(_, look)| look).chain(&OTHERS) {
            assert!(
                contrast(look.fill) >= 6.5,
                "{look}: {}",
                contrast(look.fill)
            );
        }
    }

    #[test]
    fn known_labels_look_different() {
        let looks: BTreeSet<String> = KNOWN
            .iter()
            .filter(|(label, _)| *label != "Region")
            .map(|(_, look)| look.to_string())
            .collect();
        assert_eq!(looks.len(), KNOWN.len() - 1);
    }

    #[test]
    fn looks_do_not_depend_on_the_order_of_labels() {
        let one: Vec<_> = Looks::new(["甲", "City", "乙"].into_iter())
            .iter()
            .collect();
        let other: Vec<_> = Looks::new(["乙", "甲", "City", "甲"].into_iter())
            .iter()
            .collect();
        assert_eq!(one, other);
        assert_eq!(one[0].0, "City");
    }
}
