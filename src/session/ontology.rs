//! A graph is held to an ontology.

use std::sync::Arc;

use super::shared::Company;
use super::{Database, Error, Limits};
use crate::expression::Interrupt;
use crate::ontology::{Finding, Mode, Ontology};
use crate::source::Span;

/// Ontologies.
impl Database {
    /// What the graph is held to.
    #[must_use]
    pub fn ontology(&self) -> Option<Arc<Ontology>> {
        self.shared.snapshot().ontology.clone()
    }

    /// Holds the graph to an ontology from now on, or to none. A durable graph keeps it in its file. Gives what in the graph
    /// an ontology does not allow that only warns.
    ///
    /// # Errors
    ///
    /// [`Error::Ontology`] where one that is enforced does not allow what is in the graph, [`Error::Store`],
    /// [`Error::Busy`]; the graph is then held to what it was held to before.
    ///
    /// # Examples
    ///
    /// ```
    /// use tupu::ontology::Ontology;
    /// use tupu::session::Database;
    /// use tupu::value::Map;
    ///
    /// let ontology = r#"Ontology(mode: enforce, labels: [Label(name: "Town")], types: [])"#;
    /// let database = Database::new();
    /// database.set_ontology(Ontology::parse("towns.ron", ontology).ok())?;
    ///
    /// let mut session = database.session();
    /// session.run("CREATE (:Town {name: '坪山'})", &Map::default())?;
    /// let refused = session.run("CREATE (:Twon {name: '坪山'})", &Map::default());
    /// assert!(refused.is_err_and(|error| error.to_string().ends_with("did you mean `Town`?")));
    /// # Ok::<(), tupu::session::Error>(())
    /// ```
    pub fn set_ontology(&self, ontology: Option<Ontology>) -> Result<Vec<Finding>, Error> {
        let patience = Limits::default().patience;
        let interrupt = Interrupt::default();
        let mut turn = self.shared.turn(Company::Readers, patience, &interrupt)?;
        let mut findings = Vec::new();
        if let Some(ontology) = &ontology {
            findings = ontology.findings(turn.graph.view(), None, || interrupt.check())?;
            if ontology.mode == Mode::Enforce && !findings.is_empty() {
                let span = Span::default();
                return Err(Error::Ontology { findings, span });
            }
        }
        let ontology = ontology.map(Arc::new);
        let writer = &mut *turn;
        if let Some((path, store)) = &mut writer.store {
            let kept = store.set_ontology(&writer.graph, ontology.clone());
            kept.map_err(|error| Error::store(path, error))?;
        }
        writer.ontology = ontology;
        Ok(findings)
    }
}
