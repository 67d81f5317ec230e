//! `tupu eval`: how well articles were read.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

use crate::extraction::score::{Annotated, Scores, Tally};
use crate::repl::{Console, Failure};

/// Score what was read against annotations made by people
///
/// Precision, recall and F1 of entities, relations and indicators, for each label and type and over all articles.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// What was read: JSON Lines, as `tupu extract` prints it
    #[arg(value_name = "PREDICTED")]
    predicted: PathBuf,
    /// The folder of reference annotations, *.gold.json
    #[arg(value_name = "GOLD")]
    gold: PathBuf,
    /// Show each article's figures first
    #[arg(long)]
    per_doc: bool,
    /// Print one JSON object instead of a table
    #[arg(long)]
    json: bool,
}

impl Arguments {
    pub(super) fn run(self, console: &mut Console) -> Result<(), Failure> {
        let predicted = predictions(&self.predicted)?;
        let empty = Annotated::default();
        let mut sum = Scores::default();
        for reference in references(&self.gold)? {
            let read = predicted.get(&reference.doc).unwrap_or(&empty);
            let mut scores = Scores::default();
            scores.add(read, &reference);
            if self.per_doc {
                for row in ["entity", "relation", "indicator"] {
                    let tally = scores.row(row);
                    let (p, r, f1) = (tally.precision(), tally.recall(), tally.f1());
                    let doc = &reference.doc;
                    writeln!(
                        console.results(),
                        "{doc:<32} {row:<10} P {p:.3} R {r:.3} F1 {f1:.3}"
                    )?;
                }
            }
            sum.add_all(&scores);
        }
        if self.json {
            writeln!(console.results(), "{}", as_json(&sum))?;
            return Ok(());
        }
        let heads = ["", "tp", "fp", "fn", "P", "R", "F1"];
        let [name, tp, fp, missed, p, r, f1] = heads;
        writeln!(
            console.results(),
            "{name:<28} {tp:>6} {fp:>6} {missed:>6}   {p:>6} {r:>6} {f1:>6}"
        )?;
        for (name, tally) in &sum.rows {
            let Tally {
                true_positives: tp,
                false_positives: fp,
                false_negatives: missed,
            } = tally;
            let (p, r, f1) = (tally.precision(), tally.recall(), tally.f1());
            writeln!(
                console.results(),
                "{name:<28} {tp:>6} {fp:>6} {missed:>6}   {p:>6.3} {r:>6.3} {f1:>6.3}"
            )?;
        }
        Ok(())
    }
}

fn as_json(scores: &Scores) -> Value {
    let rows = scores.rows.iter().map(|(name, tally)| {
        let row = json!({
            "p": tally.precision(),
            "r": tally.recall(),
            "f1": tally.f1(),
            "tp": tally.true_positives,
            "fp": tally.false_positives,
            "fn": tally.false_negatives,
        });
        (name.clone(), row)
    });
    Value::Object(rows.collect::<Map<String, Value>>())
}

/// What was read, by article; the last line of an article counts.
fn predictions(path: &Path) -> Result<HashMap<String, Annotated>, Failure> {
    let text = read(path)?;
    let mut found = HashMap::new();
    for (number, line) in (1..).zip(text.lines()) {
        if line.trim().is_empty() {
            continue;
        }
        let annotated: Annotated = serde_json::from_str(line).map_err(|error| {
            Failure::Usage(format!(
                "{}:{number}: no annotation: {error}",
                path.display()
            ))
        })?;
        found.insert(annotated.doc.clone(), annotated);
    }
    Ok(found)
}

/// The reference annotations of a folder, in the order of their files' names.
fn references(folder: &Path) -> Result<Vec<Annotated>, Failure> {
    let unread = |error| Failure::Read {
        path: folder.to_owned(),
        error,
    };
    let entries = fs::read_dir(folder).map_err(unread)?;
    let mut paths = entries
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<Vec<_>, _>>()
        .map_err(unread)?;
    paths.retain(|path| path.to_string_lossy().ends_with(".gold.json"));
    paths.sort();
    if paths.is_empty() {
        return Err(Failure::NotFound(format!(
            "no *.gold.json in {}",
            folder.display()
        )));
    }
    paths
        .iter()
        .map(|path| {
            serde_json::from_str(&read(path)?).map_err(|error| {
                Failure::Usage(format!("{}: no annotation: {error}", path.display()))
            })
        })
        .collect()
}

fn read(path: &Path) -> Result<String, Failure> {
    fs::read_to_string(path).map_err(|error| Failure::Read {
        path: path.to_owned(),
        error,
    })
}
