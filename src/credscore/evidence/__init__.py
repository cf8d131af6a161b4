"""Floor 2: what stands in the text. Detectors find spans and say what they are; nothing here is a number of the score."""
