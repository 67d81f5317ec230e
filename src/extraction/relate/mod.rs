//! Owns relations: what holds between the entities of an article.
//!
//! Takes a [`Scene`] and [`Rules`]; gives relations with their spans. Each sentence is a row of mentions, words and
//! clause ends; a word tries the rules that begin with it.

mod cue;
mod division;
mod finish;
mod pattern;
mod settle;
mod token;
mod topic;

use super::rule::ast::Role;
use super::rule::{Compiled, Rules};
use super::scene::Scene;
use super::{Relation, RelationType, Status};
use crate::source::Span;
use pattern::{Match, Sentence};
pub(crate) use token::{TokenKind, Tokens};
pub(crate) use topic::Topics;

/// The relations of an article, in the order of the text; spans are of the scene's text.
pub(crate) fn relate(scene: &Scene<'_>, tokens: &Tokens, rules: &Rules) -> Vec<Relation> {
    let mut topics = Topics::new(scene);
    let mut found = Vec::new();
    let mut ground = settle::Ground::default();
    for (index, range) in tokens.sentences.iter().enumerate() {
        topics.enter(scene, tokens, index);
        ground.enter(scene, tokens, &topics, index);
        let sentence = Sentence {
            scene,
            tokens,
            first: range.start,
            end: range.end,
        };
        for token in range.clone() {
            let mut done: Vec<RelationType> = Vec::new();
            let mut run = |rule: &Compiled| {
                if done.contains(&rule.relation) && rule.parts.iter().any(is_word) {
                    return;
                }
                let Some(matched) = sentence.matches(rule, token) else {
                    return;
                };
                let Some(matched) = complete(&sentence, &topics, rule, token, matched) else {
                    return;
                };
                if emit(&sentence, rules, rule, token, &matched, &mut found) {
                    done.push(rule.relation);
                }
            };
            match tokens.all[token].kind {
                TokenKind::Word(classes, _) => rules.at_word(classes).for_each(&mut run),
                TokenKind::Place(_) => rules.wordless().for_each(&mut run),
                TokenKind::Break => {}
            }
        }
    }
    found.extend(division::nested(scene));
    ground.settle(scene, &mut found);
    finish::finish(scene, found)
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
    if is_relative && !rule.in_force.is_empty() {
        return None; // 甲发布的《乙》: its subject stands right before it
    }
    for (role, labels) in &rule.in_force {
        // Where the clause names its own subject, the place in force is what the article is about.
        let (places, is_carried) = match rule.anchor > 0 && *role == Role::Object {
            true => topics.around(sentence.scene, sentence.tokens, token, *labels),
            false => topics.at(sentence.scene, sentence.tokens, token, *labels),
        };
        if places.is_empty() {
            return None;
        }
        if is_carried {
            carried = Some(*role);
        }
        match role {
            Role::Subject => subjects = places,
            Role::Object => objects = places,
        }
    }
    if !matches!(rule.relation, RelationType::Leads | RelationType::Attended) {
        for subject in &mut subjects {
            *subject = sentence.governed(*subject);
        }
    }
    Some(Complete {
        subjects,
        objects,
        words,
        carried,
    })
}

/// Writes one relation for each subject and object; says whether there was any.
fn emit(
    sentence: &Sentence<'_>,
    rules: &Rules,
    rule: &Compiled,
    token: usize,
    matched: &Complete,
    found: &mut Vec<Relation>,
) -> bool {
    if !matched.words.is_empty() && sentence.is_denied(rules, token)
        || rule.relation == RelationType::FocusesOn
            && !matched.words.is_empty()
            && sentence.is_topic_of_remark(token, &matched.objects)
    {
        return false;
    }
    let before = found.len();
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
    found.len() > before
}
