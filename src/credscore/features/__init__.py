"""Floor 3: evidence becomes numbers. One declaration a feature: what, why, source, direction, examples."""
