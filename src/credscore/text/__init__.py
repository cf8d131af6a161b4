"""Floor 1: a text as the engine reads it. Offsets always index the caller's own string."""
