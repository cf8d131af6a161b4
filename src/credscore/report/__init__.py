"""Floor 5: views. They draw what a score holds and compute nothing."""
