"""Floor 5: many documents. Reading files, scoring in parallel, writing results."""
