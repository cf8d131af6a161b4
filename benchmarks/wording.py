"""Wording: hedged sentences, loaded spans and biased sentences against other people's labels.

On: WikiWeasel (CoNLL-2010, Wikipedia sentences marked uncertain) and BioScope abstracts (speculation in biomedicine);
PTC (propaganda techniques in news: loaded language, name calling); Lim et al. 2020 (news sentences marked biased).
How: a sentence is hedged when any `hedge` or `weasel` evidence or a `vague` source stands in it (BioScope marks speculation
and no weasels, so a row counts hedges alone); loaded spans agree by
partial overlap; biased sentences are ranked by the summed strength of their `loaded` evidence (AUC). One row in five is
reported, by checksum of its id (BioScope: of the abstract); the rest was open to look at while lexicons were written.
"""

from collections.abc import Callable, Iterator

from sklearn.metrics import roc_auc_score

from benchmarks import corpora
from benchmarks.fixtures import Agreement, Place, by_spans, comparable
from benchmarks.spans import AGREEMENT_COLUMNS, agreement_cells, decisions
from benchmarks.tables import Cell, Table

TECHNIQUES = frozenset(("Loaded_Language", "Name_Calling,Labeling"))


def run() -> list[Table]:
    """Hedges, loaded spans, biased sentences."""
    return [
        Table("Hedged sentences", ("corpus", "rows", *AGREEMENT_COLUMNS), _all_hedged()),
        Table("Loaded spans (PTC)", ("rows", *AGREEMENT_COLUMNS), _loaded()),
        Table("Biased sentences (Lim et al. 2020)", ("rows", "sentences", "biased", "AUC"), _biased()),
    ]


def _is_hedged(sentence: str) -> bool:
    return any(item.layer in ("hedge", "weasel") or item.kind == "vague" for item in corpora.read(sentence).evidence)


def _has_hedge(sentence: str) -> bool:
    return any(item.layer == "hedge" for item in corpora.read(sentence).evidence)


def _all_hedged() -> list[list[Cell]]:
    return [
        *_hedged("WikiWeasel", "WikiWeasel", _is_hedged),
        *_hedged("BioScope abstracts", "BioScope abstracts", _is_hedged),
        *_hedged("BioScope abstracts", "BioScope abstracts, hedges alone", _has_hedge),
    ]


def _sentences(corpus: str) -> Iterator[tuple[str, str, bool]]:
    """Part, text and label of every sentence."""
    if corpus == "WikiWeasel":
        for row in corpora.rows("features/hedging_wikiweasel_train"):
            yield corpora.fifth(row["id"]), row["text"], row["label"] == 1
    else:
        for row in corpora.rows("features/hedging_bioscope_abstracts"):
            yield corpora.fifth(row["doc"]), row["text"], row["label"] == "uncertain"


def _hedged(corpus: str, name: str, decide: Callable[[str], bool]) -> list[list[Cell]]:
    pairs: dict[str, list[tuple[bool, bool]]] = {part: [] for part in corpora.PARTS}
    for part, text, label in _sentences(corpus):
        pairs[part].append((decide(text), label))
    return [[name, part, *agreement_cells(decisions(found))] for part, found in pairs.items()]


def _loaded() -> list[list[Cell]]:
    totals = {part: Agreement() for part in corpora.PARTS}
    for row in corpora.rows("features/loaded_ptc"):
        gold = [Place("text", start, end) for start, end, technique in row["spans"] if technique in TECHNIQUES]
        totals[corpora.fifth(row["id"])] += by_spans(comparable(corpora.read(row["text"]).evidence, "loaded"), gold)
    return [[part, *agreement_cells(total)] for part, total in totals.items()]


def _biased() -> list[list[Cell]]:
    labels: dict[str, list[bool]] = {part: [] for part in corpora.PARTS}
    strengths: dict[str, list[int]] = {part: [] for part in corpora.PARTS}
    for row in corpora.rows("features/subjectivity_lim2020_biased_sentences"):
        part = corpora.fifth(row["id"])
        labels[part].append(row["label"] == "biased")
        strengths[part].append(sum(item.strength for item in corpora.read(row["text"]).evidence if item.layer == "loaded"))
    return [[part, len(labels[part]), sum(labels[part]), float(roc_auc_score(labels[part], strengths[part]))] for part in corpora.PARTS]
