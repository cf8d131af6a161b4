"""Every error the library raises on purpose. Each says what is wrong, where, and what to do."""


class CredscoreError(Exception):
    """Base of the errors below."""


class UnscorableText(CredscoreError, ValueError):
    """A text that has nothing to score: empty, binary, or too short. `code` is stable and stands in batch failures."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class LexiconError(CredscoreError, ValueError):
    """A lexicon file that cannot be trusted; names the file, the entry and the remedy."""


class ModelError(CredscoreError, ValueError):
    """A model file that cannot be trusted; names the file and the field."""


class InputError(CredscoreError, ValueError):
    """A file or row that cannot be read as a document. `code` is stable and stands in batch failures."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class MissingExtra(CredscoreError, ImportError):
    """An optional package that is not installed; says which command installs it."""

    def __init__(self, package: str, extra: str) -> None:
        super().__init__(f"This needs the package {package}, which is not installed: pip install 'credscore[{extra}]'")
