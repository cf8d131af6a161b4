"""Labelled texts for fitting and measuring: the user's own files, or a folder of the public corpora.

A corpus folder holds `articles/*.jsonl.gz` (rows with text, title, credible, group) and
`sources/articles_by_domain.jsonl.gz` with `sources/domains.csv` (a publisher rating `pc1`). `docs/DATA.md` says where each
corpus can be had and under which licence.
"""

import csv
import gzip
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from credscore.errors import InputError
from credscore.text.fold import fold

ARTICLES = (
    "recovery_covid",
    "webis_buzzfeed2016",
    "semeval2019_hyperpartisan",
    "horne_random",
    "horne_buzzfeed",
    "perezrosas_amt",
)
"""Corpora whose labels mean credibility article by article or by publisher; the others are side tests."""

SIDE_TESTS = ("fakehealth_story", "fakes_syria")
PUBLISHERS = "publishers"
CREDIBLE_FROM, NOT_CREDIBLE_TO = 0.7, 0.4
"""Publisher ratings (pc1, Lin et al. 2023) above and below which a publisher's texts are labelled."""

FEWEST_WORDS = 80
_FINGERPRINT_WORDS = 40


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled text. `group` is what must not be split between training and test: a publisher, portal or pair."""

    text: str
    title: str | None
    label: int
    group: str
    corpus: str
    rating: float | None = None
    dataset: str = ""


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    opened = gzip.open(path, "rt", encoding="utf8") if path.suffix == ".gz" else path.open(encoding="utf8")
    with opened as lines:
        for line in lines:
            if line.strip():
                row = json.loads(line)
                if not isinstance(row, dict):
                    raise InputError("bad_json", f"{path}: a row is {type(row).__name__}, not an object with text and label.")
                yield row


def corpus(folder: Path, name: str) -> list[Example]:
    """The labelled texts of one article corpus. A publisher has the same group in every corpus: its domain, where that is rated."""
    path = folder / "articles" / f"{name}.jsonl.gz"
    if not path.is_file():
        raise InputError("missing_file", f"{path} is not there. Give a folder laid out as docs/DATA.md describes.")
    rows = [*_rows(path)]
    domains = _domains_of(rows, _ratings(folder))
    return [
        Example(row["text"], row.get("title") or None, row["credible"], domains.get(group, group), name, dataset=name)
        for row in rows
        if row.get("credible") in (0, 1) and row.get("text")
        for group in [row.get("group") or f"{name}:{row['id']}"]
    ]


def _domains_of(rows: Iterable[dict[str, Any]], ratings: Collection[str]) -> dict[str, str]:
    """The rated domain from which most texts of a group come, by group: "Chicago Sun-Times" in one corpus is a domain in another."""
    hosts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        if group := row.get("group"):
            hosts[group][_rated(row.get("source") or "", ratings)] += 1
    commonest = {group: counts.most_common(1)[0] for group, counts in hosts.items()}
    return {group: domain for group, (domain, count) in commonest.items() if domain and 2 * count > hosts[group].total()}


def _rated(host: str, ratings: Collection[str]) -> str:
    """The rated domain that a host is or is part of ("edition.cnn.com"); empty if there is none."""
    names = host.lower().split(".")
    return next((domain for at in range(len(names) - 1) if (domain := ".".join(names[at:])) in ratings), "")


def _ratings(folder: Path) -> dict[str, float]:
    """The rating pc1 of each rated domain; none where the folder has no ratings."""
    path = folder / "sources" / "domains.csv"
    if not path.is_file():
        return {}
    with path.open(encoding="utf8", newline="") as table:
        return {row["domain"]: float(row["pc1"]) for row in csv.DictReader(table) if row["pc1"]}


def publishers(folder: Path) -> list[Example]:
    """All texts of rated publishers; `label` is 1 above .7, 0 below .4 and −1 between."""
    ratings = _ratings(folder)
    examples = []
    for row in _rows(folder / "sources" / "articles_by_domain.jsonl.gz"):
        rating = ratings.get(row["domain"])
        if rating is not None and row.get("text"):
            label = 1 if rating > CREDIBLE_FROM else 0 if rating < NOT_CREDIBLE_TO else -1
            examples.append(
                Example(row["text"], row.get("title") or None, label, row["domain"], PUBLISHERS, rating, row.get("dataset", ""))
            )
    return examples


def labelled_file(path: Path) -> list[Example]:
    """The user's own labels: JSONL or CSV with `text`, `label` (1 credible, 0 not), and optionally `title`, `group`, `corpus`."""
    if path.name.endswith((".csv", ".csv.gz")):
        opened = gzip.open(path, "rt", encoding="utf8", newline="") if path.suffix == ".gz" else path.open(encoding="utf8", newline="")
        with opened as table:
            rows: list[dict[str, Any]] = list(csv.DictReader(table))
    else:
        try:
            rows = list(_rows(path))
        except json.JSONDecodeError as error:
            raise InputError("bad_json", f"{path}: not JSON lines ({error}).") from error
    examples = []
    for number, row in enumerate(rows, 1):
        label = str(row.get("label", "")).strip()
        if label not in ("0", "1") or not isinstance(row.get("text"), str) or not row["text"]:
            raise InputError("bad_label", f"{path}, row {number}: needs a text and a label 0 or 1; the label is {label!r}.")
        group = row.get("group") or f"{path.name}:{number}"
        examples.append(Example(row["text"], row.get("title") or None, int(label), str(group), str(row.get("corpus") or path.stem)))
    return examples


def without_duplicates(examples: Iterable[Example]) -> list[Example]:
    """Texts of at least 80 words, exact and near duplicates dropped: the first of each is kept.

    Two texts are near duplicates when their first or their second forty words agree, letter case and punctuation apart.
    """
    seen: set[bytes] = set()
    kept = []
    for example in examples:
        words = fold(example.text).split()
        if len(words) < FEWEST_WORDS:
            continue
        prints = {
            hashlib.blake2b(" ".join(words[at : at + _FINGERPRINT_WORDS]).encode(), digest_size=12).digest()
            for at in (0, _FINGERPRINT_WORDS)
        }
        if seen.isdisjoint(prints):
            kept.append(example)
        seen |= prints
    return kept
