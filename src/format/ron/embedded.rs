//! The graphs that are compiled into the library.

/// The names and texts of the graphs in the folder `graph/`, in the order in which they refer to each other.
///
/// # Examples
///
/// ```
/// use tupu::format::ron;
/// use tupu::graph::Graph;
///
/// let mut graph = Graph::new();
/// ron::open(ron::embedded(), &mut graph)?;
/// assert!(graph.view().label("District").is_some());
/// # Ok::<(), ron::FormatError>(())
/// ```
#[must_use]
pub fn embedded() -> &'static [(&'static str, &'static str)] {
    macro_rules! graphs {
        ($($name:literal),* $(,)?) => {
            &[$((concat!("graph/", $name), include_str!(concat!("../../../graph/", $name)))),*]
        };
    }
    graphs![
        "pingshan-2023-08-01.ron",
        "shenzhen-districts-2023-10-31.ron",
        "zhuhai-gaoxin-2023.ron",
        "pingshan-2024-01-17.ron",
        "pingshan-2024-02-20.ron",
    ]
}
