"""The package version, in one place, and which of its two builds this is."""

__version__ = "0.1.0"


def compiled() -> bool:
    """Whether the rules run compiled to machine code, which gives the same bytes sooner."""
    from credscore.lexicon import scan

    return not scan.__file__.endswith(".py")
