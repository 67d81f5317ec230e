//! The `tupu` program.

fn main() -> std::io::Result<()> {
    tupu::server::jsonl::serve(
        &tupu::session::Database::new(),
        std::io::stdin().lock(),
        std::io::stdout().lock(),
    )
}
