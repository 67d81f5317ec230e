//! What the relations of an article amount to together.

use std::collections::BTreeSet;

use crate::extraction::scene::{Labels, Scene};
use crate::extraction::{Label, Relation, RelationType};
use crate::source::Span;

/// Says each relation once, keeps the narrowest place, and puts all in the order of the text.
///
/// What a default rule finds at a place counts where nothing else says the like of the same end.
pub(super) fn finish(
    scene: &Scene<'_>,
    found: Vec<Relation>,
    defaults: impl Iterator<Item = Vec<Relation>>,
) -> Vec<Relation> {
    let mut known = Known::default();
    known.extend(scene, found);
    for found in defaults {
        let open = found.into_iter().filter(|one| known.is_open(one));
        let open: Vec<Relation> = open.collect();
        known.extend(scene, open);
    }
    let mut once = known.once;
    narrow(scene.labels.len(), &mut once);
    share(scene, &mut once);
    carry_out(scene, &mut once);
    whole(&mut once);
    once.sort_by_key(|relation| (relation.span.start, relation.span.end));
    once
}

/// The relations so far, each once.
#[derive(Default)]
struct Known {
    once: Vec<Relation>,
    seen: BTreeSet<(usize, RelationType, usize)>,
    /// The ends of which something of a type is said.
    told: BTreeSet<(usize, RelationType)>,
}

impl Known {
    fn extend(&mut self, scene: &Scene<'_>, found: Vec<Relation>) {
        for relation in found.into_iter().filter(|one| is_possible(scene, one)) {
            let key = (relation.subject, relation.relation_type, relation.object);
            let mirrored = (relation.object, relation.relation_type, relation.subject);
            let is_known = match relation.relation_type {
                // Both ways say the same, or contradict each other.
                RelationType::CooperatesWith | RelationType::LocatedIn | RelationType::PartOf => {
                    self.seen.contains(&mirrored) || !self.seen.insert(key)
                }
                _ => !self.seen.insert(key),
            };
            if !is_known {
                self.told
                    .insert((said_of(&relation), relation.relation_type));
                // Who builds a thing or comes as a guest tells of no place, and none is to be guessed.
                match relation.relation_type {
                    RelationType::Operates
                        if Labels::REGIONS.has(scene.labels[relation.subject]) =>
                    {
                        self.told.insert((relation.object, RelationType::LocatedIn));
                    }
                    RelationType::InCluster => {
                        self.told.insert((relation.object, RelationType::FocusesOn));
                    }
                    RelationType::PartOf => {
                        self.told
                            .insert((relation.subject, RelationType::FocusesOn));
                    }
                    RelationType::Attended => {
                        self.told
                            .insert((relation.subject, RelationType::LocatedIn));
                    }
                    _ => {}
                }
                self.once.push(relation);
            }
        }
    }

    /// Whether nothing of the type is said of the relation's end.
    fn is_open(&self, relation: &Relation) -> bool {
        !self
            .told
            .contains(&(said_of(relation), relation.relation_type))
    }
}

/// The end of which a relation is said: a firm of its place, an event of its host.
fn said_of(relation: &Relation) -> usize {
    match relation.relation_type {
        RelationType::FocusesOn
        | RelationType::Issued
        | RelationType::Operates
        | RelationType::Hosted => relation.object,
        _ => relation.subject,
    }
}

/// Whether a region may lie in another: no province in a city, no belt of provinces in a district.
fn is_possible(scene: &Scene<'_>, relation: &Relation) -> bool {
    const WIDE: [&str; 10] = [
        "湾区",
        "经济带",
        "都市圈",
        "城市群",
        "经济圈",
        "三角",
        "京津冀",
        "环渤海",
        "流域",
        "走廊",
    ];
    if relation.relation_type != RelationType::LocatedIn {
        return true;
    }
    let is_wide = |entity: usize| {
        let mut places = scene.places.iter().filter(|place| place.entity == entity);
        places.any(|place| {
            let name = &scene.text[place.start..place.end];
            WIDE.iter().any(|end| name.ends_with(end))
        })
    };
    let size = |entity: usize| match scene.labels[entity] {
        Label::Province => Some(3),
        Label::City => Some(2),
        Label::District => Some(1),
        _ => None,
    };
    match (size(relation.subject), size(relation.object)) {
        (Some(inner), Some(outer)) => inner < outer || inner == 1 && outer == 1,
        _ => {
            scene.labels[relation.subject] != Label::Zone
                || !is_wide(relation.subject)
                || is_wide(relation.object)
        }
    }
}

/// Takes out `x LOCATED_IN a` where `x LOCATED_IN b` and `b` lies in `a`.
fn narrow(entities: usize, relations: &mut Vec<Relation>) {
    let mut places: Vec<Vec<usize>> = vec![Vec::new(); entities];
    for relation in relations.iter() {
        if relation.relation_type == RelationType::LocatedIn {
            places[relation.subject].push(relation.object);
        }
    }
    let lies_in = |inner: usize, outer: usize| {
        let mut todo = places[inner].clone();
        let mut seen = BTreeSet::new();
        while let Some(place) = todo.pop() {
            if place == outer {
                return true;
            }
            if seen.insert(place) {
                todo.extend(&places[place]);
            }
        }
        false
    };
    relations.retain(|relation| {
        relation.relation_type != RelationType::LocatedIn
            || !places[relation.subject]
                .iter()
                .any(|other| *other != relation.object && lies_in(*other, relation.object))
    });
}

/// What is done for a whole is done for the members that the same sentence lists, and the other way round.
fn share(scene: &Scene<'_>, relations: &mut Vec<Relation>) {
    let sentence = |relation: &Relation| sentence_of(scene, relation);
    let mut known: BTreeSet<(usize, usize)> = BTreeSet::new();
    let mut focuses = Vec::new();
    let mut parts = Vec::new();
    for relation in relations.iter() {
        match relation.relation_type {
            RelationType::FocusesOn | RelationType::Issued => {
                known.insert((relation.subject, relation.object));
                focuses.push((sentence(relation), relation.clone()));
            }
            RelationType::PartOf => parts.push((sentence(relation), relation.clone())),
            _ => {}
        }
    }
    for (at, part) in &parts {
        // What only a name says is said of no other.
        let said = |(of, focus): &&(usize, Relation)| of == at && focus.trigger.is_some();
        for (_, focus) in focuses.iter().filter(said) {
            let other = match focus.object {
                object if object == part.object => part.subject,
                object if object == part.subject => part.object,
                _ => continue,
            };
            if focus.subject != other && known.insert((focus.subject, other)) {
                relations.push(Relation {
                    object: other,
                    span: focus.span.to(part.span),
                    ..focus.clone()
                });
            }
        }
    }
}

/// What a region's policy says is to be fostered, the region fosters; what it fosters in the sentence that tells of the
/// policy, the policy is for too.
fn carry_out(scene: &Scene<'_>, relations: &mut Vec<Relation>) {
    let is =
        |relation_type: RelationType| move |one: &&Relation| one.relation_type == relation_type;
    let mut known: BTreeSet<(usize, usize)> = relations
        .iter()
        .filter(is(RelationType::FocusesOn))
        .map(|one| (one.subject, one.object))
        .collect();
    let mut further = Vec::new();
    let said = relations.iter().filter(is(RelationType::FocusesOn));
    for focus in said.filter(|one| one.trigger.is_some() && &*one.rule != "covers") {
        let issued = relations.iter().filter(is(RelationType::Issued));
        let of_region = |act: &&Relation| Labels::REGIONS.has(scene.labels[act.subject]);
        for plan in relations.iter().filter(|plan| is_plan(scene, plan, focus)) {
            let policy = match plan.relation_type {
                RelationType::Issued => plan.object,
                _ => plan.subject,
            };
            let begin = focus.trigger.map_or(focus.span, |trigger| trigger).start;
            let named = last_before(scene, policy, begin as usize);
            if named.is_some() && known.insert((policy, focus.object)) {
                further.push(Relation {
                    subject: policy,
                    carried_subject: named,
                    ..focus.clone()
                });
            }
        }
        for act in issued
            .filter(|act| act.object == focus.subject)
            .filter(of_region)
        {
            let Some(issuer) = last_before(scene, act.subject, focus.span.start as usize) else {
                continue;
            };
            if known.insert((act.subject, focus.object)) {
                further.push(Relation {
                    subject: act.subject,
                    carried_subject: Some(issuer),
                    ..focus.clone()
                });
            }
        }
    }
    relations.extend(further);
}

/// Whether a sentence tells of a policy before it says what a region fosters.
fn is_plan(scene: &Scene<'_>, plan: &Relation, focus: &Relation) -> bool {
    let is_of_policy = match plan.relation_type {
        RelationType::Issued => plan.subject == focus.subject,
        RelationType::FocusesOn => {
            scene.labels[plan.subject] == Label::Policy && plan.trigger.is_some()
        }
        _ => false,
    };
    is_of_policy
        && Labels::REGIONS.has(scene.labels[focus.subject])
        && plan.span.end <= focus.span.end
        && sentence_of(scene, plan) == sentence_of(scene, focus)
}

/// The sentence in which a relation is stated.
fn sentence_of(scene: &Scene<'_>, relation: &Relation) -> usize {
    let at = relation.span.end as usize - 1;
    scene
        .sentences
        .partition_point(|sentence| sentence.range.end <= at)
}

/// The last place that names an entity before a byte.
fn last_before(scene: &Scene<'_>, entity: usize, before: usize) -> Option<Span> {
    let places = scene.places.iter().rev();
    places
        .filter(|place| place.entity == entity)
        .find(|place| place.end <= before)
        .map(|place| Span::new(place.start, place.end))
}

/// A firm is in the whole that a sentence names, not in each of the whole's other members.
fn whole(relations: &mut Vec<Relation>) {
    let parts: BTreeSet<(usize, usize)> = relations
        .iter()
        .filter(|relation| relation.relation_type == RelationType::PartOf)
        .map(|relation| (relation.subject, relation.object))
        .collect();
    let firms: BTreeSet<(usize, usize, u32)> = relations
        .iter()
        .filter(|relation| relation.relation_type == RelationType::InCluster)
        .map(|relation| (relation.subject, relation.object, relation.span.start))
        .collect();
    relations.retain(|relation| {
        relation.relation_type != RelationType::InCluster
            || !parts.iter().any(|(member, whole)| {
                *member == relation.object
                    && firms.contains(&(relation.subject, *whole, relation.span.start))
            })
    });
}
