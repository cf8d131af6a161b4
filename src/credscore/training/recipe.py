"""From a path to a model: the user's labelled file, or the folder of public corpora that the bundled model is made of."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from credscore.errors import InputError
from credscore.model import LinearModel
from credscore.training import data
from credscore.training.data import Example
from credscore.training.fit import fit

SOURCES = {
    "recovery_covid": ("Zhou et al. 2020, ReCOVery", "CC BY-NC-SA 4.0", "publisher rated reliable or unreliable"),
    "webis_buzzfeed2016": ("Potthast et al. 2018, BuzzFeed-Webis", "CC BY 4.0", "article judged mostly true, or mixture or mostly false"),
    "semeval2019_hyperpartisan": (
        "Kiesel et al. 2019, SemEval-2019 task 4",
        "CC BY 4.0",
        "article judged not hyperpartisan or hyperpartisan",
    ),
    "horne_random": ("Horne & Adali 2017", "no licence stated", "publisher of real news, or of fake news or satire"),
    "horne_buzzfeed": ("Horne & Adali 2017", "no licence stated", "publisher of real news, or of fake news or satire"),
    "perezrosas_amt": ("Pérez-Rosas et al. 2018, FakeNewsAMT", "no licence stated", "news text, or rewritten by crowd workers"),
    "publishers": ("texts of publishers rated by Lin et al. 2023 (pc1)", "as their data sets", "publisher rated above .7 or below .4"),
}
"""The corpora of the bundled model: citation, licence, and what its label means."""


def bundled_examples(folder: Path) -> list[Example]:
    """All training examples of a corpus folder, without duplicates, in a fixed order."""
    examples = [example for name in data.ARTICLES for example in data.corpus(folder, name)]
    if (folder / "sources" / "domains.csv").is_file():
        examples += [example for example in data.publishers(folder) if example.label >= 0]
    return data.without_duplicates(examples)


def train(path: Path, name: str, *, say: Callable[[str], None] = lambda _line: None) -> LinearModel:
    """Fit a model on a labelled file or a corpus folder. Raises `InputError` or `ValueError` saying what is missing."""
    if path.is_dir():
        examples = bundled_examples(path)
        about: dict[str, Any] = {
            "trained_on": {
                corpus: {"cite": cite, "licence": licence, "credible_means": meaning}
                for corpus, (cite, licence, meaning) in SOURCES.items()
                if any(example.corpus == corpus for example in examples)
            },
            "credible_means": "from a publisher rated above .7 against one rated below .4, or judged credible article by article",
        }
    else:
        examples = data.without_duplicates(data.labelled_file(path))
        about = {
            "trained_on": {path.name: {"cite": "own labels", "licence": "own", "credible_means": "label 1"}},
            "credible_means": "label 1",
        }
    if not examples:
        raise InputError("no_examples", f"{path} holds no labelled text of at least {data.FEWEST_WORDS} words.")
    return fit(examples, name, about, errors=path.is_dir(), say=say)
