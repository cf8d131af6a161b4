"""What the tests share: a scorer and a reader built once, the fixture documents, and a deterministic Hypothesis."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

import credscore
from credscore.batch.sources import headline_of
from credscore.reading import default_reader

ROOT = Path(__file__).resolve().parents[1]

settings.register_profile(
    "deterministic",
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=50,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile("deterministic")


def fixture_documents() -> list[credscore.Document]:
    """The fixture documents in the order of their names."""
    documents = []
    for path in sorted((ROOT / "fixtures" / "documents").glob("*.md")):
        title, text = headline_of(path.read_text(encoding="utf8"))
        documents.append(credscore.Document(text, id=path.stem, title=title))
    return documents


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def reader() -> credscore.Reader:
    """The reader with the bundled lexicon."""
    return default_reader()


@pytest.fixture(scope="session")
def scorer() -> credscore.Scorer:
    """The scorer with the bundled model."""
    return credscore.load()


@pytest.fixture(scope="session")
def documents() -> list[credscore.Document]:
    """The fixture documents in the order of their names."""
    return fixture_documents()
