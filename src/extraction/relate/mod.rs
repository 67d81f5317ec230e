//! Owns relations: what holds between the entities of an article.
//!
//! Takes a [`Scene`] and [`Rules`]; gives relations with their spans. Each sentence is a row of mentions, words and
//! clause ends; a word tries the rules that begin with it.

mod cue;
mod division;
mod finish;
mod pattern;
mod token;
mod topic;

use super::rule::ast::{Force, Role};
use super::rule::{Compiled, Rules};
use super::scene::Scene;
use super::{Relation, RelationType, Status};
use crate::source::Span;
use pattern::{Match, Sentence};
pub(crate) use token::{TokenKind, Tokens};
pub(crate) use topic::{Topics, is_joined};

/// The relations of an article, in the order of the text; spans are of the scene's text.
pub(crate) fn relate(scene: &Scene<'_>, tokens: &Tokens, rules: &Rules) -> Vec<Relation> {
    let mut topics = Topics::new(scene);
    let (mut found, mut defaults) = (Vec::new(), Vec::new());
    for (index, range) in tokens.sentences.iter().enumerate() {
        topics.enter(scene, tokens, index);
        let sentence = Sentence {
            scene,
            tokens,
            first: range.start,
            end: range.end,
        };
        for token in range.clone() {
            let mut done: Vec<RelationType> = Vec::new();
            let mut run = |rule: &Compiled| {
                let is_one_of = rule.force == Force::Alone && rule.parts.iter().any(is_word);
                if is_one_of && done.contains(&rule.relation) {
                    return;
                }
                let Some(matched) = sentence.matches(rule, token) else {
                    return;
                };
                let Some(matched) = complete(&sentence, &topics, rule, token, matched) else {
                    return;
                };
                let relations = emit(&sentence, rules, rule, token, &matched);
                if relations.is_empty() {
                    return;
                }
                match rule.force {
                    Force::Default => defaults.push((rule.order, relations)),
                    Force::Alone => {
                        done.push(rule.relation);
                        found.extend(relations);
                    }
                }
            };
            match tokens.all[token].kind {
                TokenKind::Word(classes, _) => rules.at_word(classes).for_each(&mut run),
                TokenKind::Place(_) => rules.wordless().for_each(&mut run),
                TokenKind::Break { .. } => {}
            }
        }
    }
    found.extend(division::nested(scene));
    defaults.sort_by_key(|(order, _)| *order);
    finish::finish(scene, found, defaults.into_iter().map(|(_, found)| found))
}

fn is_word(part: &super::rule::Part) -> bool {
    matches!(part.kind, super::rule::PartKind::Word { .. })
}

/// A match with the ends that the pattern leaves to the sentence.
struct Complete {
    subjects: Vec<usize>,
    objects: Vec<usize>,
    words: Vec<(usize, usize)>,
    /// Which end is carried over from an earlier sentence.
    carried: Option<Role>,
}

/// What goes on to list who does it: 出席的有甲、乙.
const LISTS: [&str; 3] = ["的有", "的还有", "的包括"];

fn complete(
    sentence: &Sentence<'_>,
    topics: &Topics,
    rule: &Compiled,
    token: usize,
    matched: Match,
) -> Option<Complete> {
    let Match {
        mut subjects,
        mut objects,
        words,
    } = matched;
    let mut carried = None;
    let own = &sentence.tokens.all[token];
    let behind = &sentence.scene.text[own.end..];
    let is_list = LISTS.iter().any(|list| behind.starts_with(list));
    let is_relative = !words.is_empty() && behind.starts_with('的') && !is_list;
    let leaves = |role: Role| rule.in_force.iter().any(|(left, _)| *left == role);
    if is_relative && leaves(Role::Subject) && rule.force != Force::Default {
        return None; // 甲发布的《乙》: its subject stands right before it
    }
    for (role, labels) in &rule.in_force {
        // Where the clause names its own subject, the place in force is what the article is about.
        let is_guess = rule.force == Force::Default;
        let is_place = rule.relation == RelationType::LocatedIn && *role == Role::Object;
        let (scene, tokens) = (sentence.scene, sentence.tokens);
        let (places, is_carried) = match is_guess {
            true if is_place => topics.ground(scene, tokens, token, *labels),
            true => topics.around(scene, tokens, token, *labels),
            // Where the clause names its own subject, the place in force is what the article is about.
            false if rule.anchor > 0 && *role == Role::Object => {
                topics.around(scene, tokens, token, *labels)
            }
            false => topics.at(scene, tokens, token, *labels),
        };
        let is_vague = is_guess && *role == Role::Object && places.len() > 1;
        if places.is_empty() || is_vague {
            return None;
        }
        if is_carried {
            carried = Some(*role);
        }
        match role {
            Role::Subject => subjects = places,
            Role::Object | Role::Both => objects = places,
        }
    }
    if !matches!(
        rule.relation,
        RelationType::Leads | RelationType::Attended | RelationType::CooperatesWith
    ) {
        for subject in &mut subjects {
            *subject = sentence.governed(*subject);
        }
    }
    if rule.relation == RelationType::Attended {
        subjects.retain(|subject| !sentence.is_affiliation(*subject));
    }
    Some(Complete {
        subjects,
        objects,
        words,
        carried,
    })
}

/// One relation for each subject and object.
fn emit(
    sentence: &Sentence<'_>,
    rules: &Rules,
    rule: &Compiled,
    token: usize,
    matched: &Complete,
) -> Vec<Relation> {
    let mut found = Vec::new();
    let is_refused = rule.force == Force::Default && sentence.is_reported(rules, token)
        || !matched.words.is_empty()
            && (sentence.is_denied(rules, token)
                || rule.relation == RelationType::FocusesOn
                    && sentence.is_topic_of_remark(token, &matched.objects));
    if is_refused {
        return found;
    }
    let planned = rule.status == Status::Planned
        || !matched.words.is_empty() && sentence.is_planned(rules, token);
    for subject in &matched.subjects {
        for object in &matched.objects {
            let (from, to) = (
                sentence.scene.places[*subject],
                sentence.scene.places[*object],
            );
            if from.entity == to.entity {
                continue;
            }
            let planned = planned
                || sentence.is_marked_planned(rules, from.end)
                || sentence.is_marked_planned(rules, to.end);
            let span = |start, end| Span::new(start, end);
            let mut around: Vec<Span> = matched.words.iter().map(|(a, b)| span(*a, *b)).collect();
            let subject_span = span(from.start, from.end);
            if matched.carried != Some(Role::Subject) {
                around.push(subject_span);
            }
            around.push(span(to.start, to.end));
            let whole = around
                .iter()
                .copied()
                .reduce(Span::to)
                .expect("the object is there");
            let role = (rule.relation == RelationType::Leads)
                .then(|| sentence.office(token, from.start))
                .flatten();
            found.push(Relation {
                subject: from.entity,
                relation_type: rule.relation,
                object: to.entity,
                status: if planned {
                    Status::Planned
                } else {
                    Status::Stated
                },
                role,
                span: whole,
                carried_subject: (matched.carried == Some(Role::Subject)).then_some(subject_span),
                trigger: matched.words.first().map(|(a, b)| span(*a, *b)),
                rule: rule.name.clone(),
            });
        }
    }
    found
}
