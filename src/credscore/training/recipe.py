"""From a path to a model: the user's labelled file, or the folder of public corpora that the bundled model is made of."""

from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Any

from credscore.errors import InputError
from credscore.model import LinearModel
from credscore.training import data
from credscore.training.data import Example
from credscore.training.fit import fit

_ANYONE, _NOT_SOLD, _RESEARCH, _UNSTATED = "CC BY 4.0", "CC BY-NC-SA 4.0", "research use", "no licence stated"

SOURCES = {
    "recovery_covid": ("Zhou et al. 2020, ReCOVery", _NOT_SOLD, "publisher rated reliable or unreliable"),
    "webis_buzzfeed2016": ("Potthast et al. 2018, BuzzFeed-Webis", _ANYONE, "article judged mostly true, or mixture or mostly false"),
    "semeval2019_hyperpartisan": (
        "Kiesel et al. 2019, SemEval-2019 task 4",
        _ANYONE,
        "article judged not hyperpartisan or hyperpartisan",
    ),
    "horne_random": ("Horne & Adali 2017", _UNSTATED, "publisher of real news, or of fake news or satire"),
    "horne_buzzfeed": ("Horne & Adali 2017", _UNSTATED, "publisher of real news, or of fake news or satire"),
    "perezrosas_amt": ("Pérez-Rosas et al. 2018, FakeNewsAMT", _UNSTATED, "news text, or rewritten by crowd workers"),
    "publishers": ("texts of publishers rated by Lin et al. 2023 (pc1)", "by data set", "publisher rated above .7 or below .4"),
}
"""The corpora of the bundled model: citation, licence, and what its label means."""

DATA_SETS = {
    "allsides_baly2020": ("Baly et al. 2020", _UNSTATED),
    "polnear": ("Newell et al. 2018", _RESEARCH),
    "recovery_covid19": ("Zhou et al. 2020", _NOT_SOLD),
    "semeval19_byarticle": ("Kiesel et al. 2019", _ANYONE),
    "webis_buzzfeed16": ("Potthast et al. 2018", _ANYONE),
}
"""Where the texts of publishers come from: citation and licence of each data set."""

NON_COMMERCIAL = "non-commercial"
"""What `without` takes for every corpus and data set whose licence says so, or allows research alone."""


def bundled_examples(folder: Path) -> list[Example]:
    """All training examples of a corpus folder, without duplicates, in a fixed order."""
    examples = [example for name in data.ARTICLES for example in data.corpus(folder, name)]
    if (folder / "sources" / "domains.csv").is_file():
        examples += [example for example in data.publishers(folder) if example.label >= 0]
    return data.without_duplicates(examples)


def train(path: Path, name: str, *, without: Collection[str] = (), say: Callable[[str], None] = lambda _line: None) -> LinearModel:
    """Fit a model on a labelled file or a corpus folder, without the corpora and data sets named in `without`.

    `without` may hold `NON_COMMERCIAL`. Raises `InputError` or `ValueError` saying what is missing.
    """
    everything = bundled_examples(path) if path.is_dir() else data.without_duplicates(data.labelled_file(path))
    examples = left_in(everything, without)
    if not examples:
        raise InputError("no_examples", f"{path} holds no labelled text of at least {data.FEWEST_WORDS} words.")
    if path.is_dir():
        about: dict[str, Any] = {
            "trained_on": {
                corpus: {"cite": cite, "licence": _licence(licence, corpus, examples), "credible_means": meaning}
                for corpus, (cite, licence, meaning) in SOURCES.items()
                if any(example.corpus == corpus for example in examples)
            },
            "credible_means": "from a publisher rated above .7 against one rated below .4, or judged credible article by article",
        }
    else:
        about = {
            "trained_on": {path.name: {"cite": "own labels", "licence": "own", "credible_means": "label 1"}},
            "credible_means": "label 1",
        }
    if without:
        about["without"] = sorted(_names(without))
    return fit(examples, name, about, errors=path.is_dir(), say=say)


def left_in(examples: Sequence[Example], without: Collection[str]) -> list[Example]:
    """The examples that are of no corpus or data set named. Raises `InputError` for a name that no example has."""
    known = {name for example in examples for name in (example.corpus, example.dataset) if name}
    if unknown := sorted(set(without) - known - {NON_COMMERCIAL}):
        raise InputError("no_such_corpus", f"There is no corpus {', '.join(unknown)} to leave out; there are {', '.join(sorted(known))}.")
    names = _names(without)
    return [example for example in examples if example.corpus not in names and example.dataset not in names]


def _names(without: Collection[str]) -> set[str]:
    names = set(without)
    if NON_COMMERCIAL in names:
        licences = {name: about[1] for name, about in (*SOURCES.items(), *DATA_SETS.items())}
        names |= {name for name, licence in licences.items() if licence in (_NOT_SOLD, _RESEARCH)}
        names.discard(NON_COMMERCIAL)
    return names


def _licence(licence: str, corpus: str, examples: Sequence[Example]) -> str:
    """A corpus's licence, or those of the data sets that its examples come from."""
    if corpus != data.PUBLISHERS:
        return licence
    sets = sorted({example.dataset for example in examples if example.corpus == corpus})
    return "; ".join(f"{name} ({', '.join(DATA_SETS.get(name, (_UNSTATED,)))})" for name in sets)
