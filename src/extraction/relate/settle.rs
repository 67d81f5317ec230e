//! Where a site lies of which the article says no place: in the region that its sentence is about.

use std::sync::Arc;

use super::token::{TokenKind, Tokens};
use super::topic::Topics;
use crate::extraction::scene::{Labels, Scene};
use crate::extraction::{Label, Relation, RelationType, Status};
use crate::source::Span;

/// What stands on ground.
const SITES: Labels = Labels::of(&[
    Label::Facility,
    Label::Zone,
    Label::District,
    Label::Enterprise,
]);

/// The place of each site's first mention, and the region in force there.
#[derive(Debug, Default)]
pub(super) struct Ground {
    found: Vec<(usize, usize)>,
    seen: Vec<usize>,
}

impl Ground {
    /// Takes in the sites of a sentence.
    pub(super) fn enter(
        &mut self,
        scene: &Scene<'_>,
        tokens: &Tokens,
        topics: &Topics,
        sentence: usize,
    ) {
        if scene.sentences[sentence].is_title {
            return;
        }
        for token in tokens.sentences[sentence].clone() {
            let TokenKind::Place(place) = tokens.all[token].kind else {
                continue;
            };
            let entity = scene.places[place].entity;
            if !SITES.has(scene.labels[entity]) || self.seen.contains(&entity) {
                continue;
            }
            self.seen.push(entity);
            let text = &scene.text[scene.places[place].start..scene.places[place].end];
            let region = match scene.labels[entity] {
                Label::Facility if text.ends_with("项目") => topics.main_region(scene, false),
                Label::District if text.ends_with(['镇', '乡']) || text.ends_with("街道") => {
                    topics.main_region(scene, true)
                }
                Label::Zone
                    if text.ends_with("开发区")
                        || text.ends_with("集中区")
                        || text.ends_with("高新区") =>
                {
                    topics.main_region(scene, true)
                }
                _ => None,
            };
            if let Some(region) = region {
                self.found.push((place, region));
            }
        }
    }

    /// `LOCATED_IN` for every site that the relations give no place.
    pub(super) fn settle(self, scene: &Scene<'_>, relations: &mut Vec<Relation>) {
        let rule: Arc<str> = Arc::from("ground");
        for (place, region) in self.found {
            let (site, ground) = (scene.places[place], scene.places[region]);
            let is_placed = relations.iter().any(|one| {
                one.relation_type == RelationType::LocatedIn && one.subject == site.entity
            });
            if is_placed || site.entity == ground.entity {
                continue;
            }
            let span = |one: crate::extraction::scene::Place| Span::new(one.start, one.end);
            relations.push(Relation {
                subject: site.entity,
                relation_type: RelationType::LocatedIn,
                object: ground.entity,
                status: Status::Stated,
                role: None,
                span: span(site).to(span(ground)),
                carried_subject: None,
                trigger: None,
                rule: rule.clone(),
            });
        }
    }
}
