//! Regions that lie in others by the lexicon, where the article names both.

use std::sync::Arc;

use crate::extraction::scene::{Place, Scene};
use crate::extraction::{Relation, RelationType, Status};
use crate::source::Span;

/// How many bytes may lie between two regions of which the outer one comes first.
const FAR: usize = 400;

/// `LOCATED_IN` for every pair of regions that the lexicon nests and the article names near each other.
pub(super) fn nested(scene: &Scene<'_>) -> Vec<Relation> {
    let rule: Arc<str> = Arc::from("division");
    let pairs = scene.nested.iter();
    let found = pairs.filter_map(|&(inner, outer)| {
        let (subject, object) = nearest(scene, inner, outer)?;
        let span = |place: Place| Span::new(place.start, place.end);
        let is_before = subject.start < object.start;
        let is_apart = sentence(scene, subject) != sentence(scene, object);
        let carried = (is_apart && is_before).then(|| span(subject));
        Some(Relation {
            subject: inner,
            relation_type: RelationType::LocatedIn,
            object: outer,
            status: Status::Stated,
            role: None,
            span: match carried {
                Some(_) => span(object),
                None => span(subject).to(span(object)),
            },
            carried_subject: carried,
            trigger: None,
            rule: rule.clone(),
        })
    });
    found.collect()
}

/// The places of two regions that stand in one sentence, else the nearest of which the inner one comes first or that
/// are not far from each other.
fn nearest(scene: &Scene<'_>, inner: usize, outer: usize) -> Option<(Place, Place)> {
    let of = |entity: usize| {
        scene
            .places
            .iter()
            .filter(move |place| place.entity == entity)
    };
    let pairs = of(inner).flat_map(|subject| of(outer).map(move |object| (*subject, *object)));
    let distance = |(subject, object): &(Place, Place)| {
        let is_apart = sentence(scene, *subject) != sentence(scene, *object);
        (is_apart, subject.start.abs_diff(object.start))
    };
    let may = |(subject, object): &(Place, Place)| {
        subject.start < object.start || subject.start - object.start <= FAR
    };
    pairs.filter(may).min_by_key(distance)
}

fn sentence(scene: &Scene<'_>, place: Place) -> usize {
    scene
        .sentences
        .partition_point(|sentence| sentence.range.end <= place.start)
}
