"""Quality on the fixtures: whether scores follow the labels, and how closely evidence agrees with the labelled spans.

On: the documents of `fixtures/`, all invented and labelled by reading. How: the bundled model scores body and headline;
AUC is of credible against not credible. Spans agree by partial overlap (boilerplate by characters), sources of speech
alone; the kind of a source is compared where evidence touches the labelled words. A few dozen short documents find
mistakes; they do not measure accuracy closely.
"""

from sklearn.metrics import roc_auc_score

from benchmarks import corpora, fixtures
from benchmarks.fixtures import Agreement
from benchmarks.spans import AGREEMENT_COLUMNS, KINDS_COLUMNS, agreement_cells, kinds_of_sources, sum_of
from benchmarks.tables import Cell, Table
from credscore import Score


def run() -> list[Table]:
    """Scores by label, spans by layer, kinds of sources."""
    documents = fixtures.documents()
    scores = [corpora.scorer().score(document.text, document.title) for document in documents]
    layers: list[list[Cell]] = []
    for layer in fixtures.KINDS:
        parts = [fixtures.agreement(score.evidence, document, layer) for document, score in zip(documents, scores, strict=True)]
        layers.append([layer, *agreement_cells(sum(parts, Agreement()))])
    kinds: list[list[Cell]] = []
    for kind in ("all", *sorted(fixtures.KINDS["sourcing"])):
        found = sum_of(
            kinds_of_sources(score.evidence, [(span.place, span.kind) for span in document.of("sourcing") if kind in ("all", span.kind)])
            for document, score in zip(documents, scores, strict=True)
        )
        kinds.append([kind, *found.cells()])
    labels = [document.label for document in documents]
    difficulties = sorted({document.difficulty for document in documents})
    values = [score.value for score in scores]
    aucs: list[list[Cell]] = [["all", len(scores), _auc(labels, values)]]
    for difficulty in difficulties:
        here = [at for at, document in enumerate(documents) if document.difficulty == difficulty]
        aucs.append([difficulty, len(here), _auc([labels[at] for at in here], [values[at] for at in here])])
    return [
        Table("Fixtures: scores by label", ("label", "documents", "mean", "lowest", "highest"), _by_label(labels, scores)),
        Table("Fixtures: credible against not credible", ("documents", "number", "AUC"), aucs),
        Table("Fixtures: evidence by layer", ("layer", *AGREEMENT_COLUMNS), layers, "Boilerplate is counted in characters."),
        Table("Fixtures: kinds of sources", ("kind", *KINDS_COLUMNS), kinds),
    ]


def _by_label(labels: list[str], scores: list[Score]) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    for label in fixtures.LABELS:
        values = [score.value for score, its in zip(scores, labels, strict=True) if its == label]
        rows.append([label, len(values), sum(values) / len(values), min(values), max(values)])
    return rows


def _auc(labels: list[str], values: list[float]) -> float:
    ends = [(label == "credible", value) for label, value in zip(labels, values, strict=True) if label != "middling"]
    return float(roc_auc_score([label for label, _ in ends], [value for _, value in ends]))
