"""The nine laws of the library, as properties over ordinary and hostile texts."""

import ast
import gc
import json
import math
import re
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable
from itertools import islice, product
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import credscore
from credscore.features.catalogue import BY_NAME, FEATURES
from credscore.lexicon.terms import SLOTS, bundled
from credscore.score import Failure, Score, sigmoid
from strategies import HOSTILE, plain_prose, scorable_texts, texts

ROOT = Path(__file__).resolve().parents[1]
SOURCES = sorted((ROOT / "src" / "credscore").rglob("*.py"))
DOCUMENTS = sorted((ROOT / "fixtures" / "documents").glob("*.md"))
SLUGS = [path.stem for path in DOCUMENTS]


# Law 1: every evidence is a piece of the caller's own string.


def check_spans(text: str, title: str | None) -> None:
    """Every span of every evidence indexes the field it stands in."""
    fields = {"text": text, "title": title or ""}
    for item in credscore.read(text, title=title).evidence:
        field = fields[item.field]
        assert field[item.start : item.end] == item.text
        assert 0 <= item.start < item.end <= len(field)
        if item.attribution is not None:
            for span in (item.attribution.source, item.attribution.cue, item.attribution.content, item.attribution.relay):
                assert span is None or 0 <= span.start < span.end <= len(field)
            for told in (item.attribution.basis, item.attribution.reason, item.attribution.condition):
                assert told is None or told in field


@given(texts(), st.none() | texts(6))
@example("according to the ministry ", None)
@settings(max_examples=200)
def test_evidence_is_the_callers_string(text: str, title: str | None) -> None:
    """Law 1: `text[start:end] == evidence.text`, whatever the string holds."""
    check_spans(text, title)


@pytest.mark.parametrize("piece", HOSTILE, ids=ascii)
def test_evidence_after_each_hostile_piece(piece: str) -> None:
    """Law 1: no character before, inside or after evidence shifts an offset."""
    for text in (
        f"{piece} Ruiz said: “The neo-Nazi regime fell.” It certainly {piece} fell, critics say.",
        f"Ada Ruiz{piece} said the disgraceful{piece} stunt was reportedly{piece}planned.{piece}",
        piece * 50 + "Ruiz said it fell.",
    ):
        check_spans(text, text)


@pytest.mark.parametrize("slug", SLUGS)
def test_evidence_of_the_fixtures_is_the_callers_string(slug: str, documents: list[credscore.Document]) -> None:
    """Law 1, on whole articles."""
    document = documents[SLUGS.index(slug)]
    check_spans(document.text, document.title)


# What any reading promises: numbers that are numbers, shares that are shares, wording with nothing behind it.


@given(texts(), st.none() | texts(6))
@settings(max_examples=200)
def test_features_are_finite_and_shares_are_shares(text: str, title: str | None) -> None:
    """A feature is a finite number that is not negative (or `None`); one whose unit is a share lies between 0 and 1."""
    for name, value in credscore.read(text, title=title).features.items():
        assert value is None or (math.isfinite(value) and value >= 0), (name, value)
        if value is not None and BY_NAME[name].unit.startswith("share"):
            assert value <= 1, (name, value)


@pytest.mark.parametrize(
    "text",
    (
        '\'He said "no way to go for us all" to me and "never in my life", you see,\' Ruiz said.',
        "‘They cried “the bridge is falling into the river” and “run for your lives, all of you”, they did,’ Ruiz said.",
    ),
)
def test_nested_quotations_count_once(text: str) -> None:
    """Words inside a quotation inside a quotation are quoted once: no share passes 1."""
    share = credscore.read(text).features["quoted_share"]
    assert share is not None and share <= 1


# Law 2: the parts add up.


def check_sum(score: Score) -> None:
    """Baseline and amounts make the logit; value and probability follow from it."""
    assert score.baseline + math.fsum(item.amount for item in score.contributions) == pytest.approx(score.logit, abs=1e-9)
    assert score.value == pytest.approx(100 / (1 + math.exp(-score.logit)), abs=1e-9)
    assert score.prior == 0.5
    assert score.value == 100 * score.probability
    assert 0 <= score.interval[0] <= score.value <= score.interval[1] <= 100
    effects = [abs(item.amount) for item in score.contributions]
    assert effects == sorted(effects, reverse=True)
    held = {id(item) for item in score.evidence}
    assert all(id(found) in held for item in score.contributions for found in item.evidence)


@given(scorable_texts(), st.none() | texts(4))
def test_contributions_add_up(text: str, title: str | None) -> None:
    """Law 2: baseline + Σ amounts == logit to 1e-9, value == 100·σ(logit) == 100·probability at prior ½."""
    check_sum(credscore.score(text, title))


def test_contributions_of_the_fixtures_add_up(scorer: credscore.Scorer, documents: list[credscore.Document]) -> None:
    """Law 2, on whole articles with headlines; each contribution belongs to a weight of the model and has a reason."""
    for document in documents:
        score = scorer.score_document(document)
        check_sum(score)
        assert {item.feature for item in score.contributions} == {weight.feature for weight in scorer.model.weights}
        assert all(item.reason and "{" not in item.reason for item in score.contributions)


@given(st.floats(0.001, 0.999))
def test_prior_moves_the_probability_alone(prior: float) -> None:
    """A prior shifts the log-odds of the probability by its own and leaves everything else as it was."""
    text = "Ada Ruiz said the bridge was safe. The ministry said it was new. " * 5
    plain, shifted = credscore.score(text), credscore.score(text, prior=prior)
    assert shifted.probability == sigmoid(plain.logit + math.log(prior / (1 - prior)))
    assert (shifted.value, shifted.logit, shifted.interval, shifted.contributions) == (
        plain.value,
        plain.logit,
        plain.interval,
        plain.contributions,
    )


@pytest.mark.parametrize("prior", (0.0, 1.0, -1.0, 2.0, math.nan))
def test_impossible_priors_are_refused(prior: float) -> None:
    """A prior outside (0, 1) is an error, not a number."""
    with pytest.raises(ValueError, match="prior"):
        credscore.score("word " * 60, prior=prior)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_sigmoid_never_overflows(logit: float) -> None:
    """The probability of any log-odds is a number between 0 and 1."""
    assert 0 <= sigmoid(logit) <= 1


# Law 4: same text, same bytes.

ANOTHER = credscore.Reader()


@given(scorable_texts(), st.none() | texts(4))
def test_same_text_same_bytes(text: str, title: str | None) -> None:
    """Law 4: a fresh scorer gives the same JSON, and the JSON is ASCII on one line."""
    first, again = credscore.score(text, title).to_json(), credscore.load().score(text, title).to_json()
    assert first == again
    assert first.isascii()
    assert "\n" not in first


@given(scorable_texts(), st.none() | texts(4))
def test_score_survives_json(text: str, title: str | None) -> None:
    """A score read back from its JSON says the same, lone surrogates included."""
    score = credscore.score(text, title)
    back = Score.from_json(score.to_json())
    assert back.to_json() == score.to_json()
    assert back.signature == score.signature
    assert [item.reason for item in back.contributions] == [item.reason for item in score.contributions]
    assert [(item.start, item.end, item.text) for item in back.evidence] == [(item.start, item.end, item.text) for item in score.evidence]


@given(texts(), st.none() | texts(4))
def test_reading_is_json(text: str, title: str | None) -> None:
    """A reading of any string is JSON without NaN or infinities, and the same each time."""
    first = json.dumps(credscore.read(text, title=title).to_dict(), allow_nan=False)
    assert first == json.dumps(ANOTHER.read(credscore.Document(text, title=title)).to_dict(), allow_nan=False)


def test_bytes_do_not_depend_on_the_hash_seed(documents: list[credscore.Document]) -> None:
    """Law 4: no set or hash order reaches the output of another process."""
    text = documents[0].text
    code = "import sys, credscore; print(credscore.score(sys.stdin.buffer.read().decode('utf8')).to_json())"
    outputs = [
        subprocess.run(
            [sys.executable, "-c", code], input=text.encode("utf8"), capture_output=True, check=True, env={"PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2")
    ]
    assert outputs[0] == outputs[1]
    assert outputs[0].decode("ascii").strip() == credscore.score(text).to_json()


def test_signature_names_what_moves_numbers(scorer: credscore.Scorer) -> None:
    """Law 4: version, model and digest, lexicon digest and segmentation stand in every signature."""
    signature = scorer.signature
    assert signature.version == credscore.__version__
    assert signature.model_digest == scorer.model.to_dict()["digest"]
    assert signature.lexicon == bundled().digest
    assert signature.segmentation != credscore.load(segmentation="punkt").signature.segmentation
    assert str(signature) == scorer.score("Ada Ruiz said the bridge was safe. " * 10).to_dict()["signature"]


# Law 5: a batch gives what one by one gives.


def mixed_batch(documents: list[credscore.Document]) -> list[object]:
    """Documents in every accepted form, with some that cannot be scored and some that are none."""
    mixed: list[object] = []
    for number, document in enumerate(documents):
        mapping = {"id": document.id, "text": document.text, "title": document.title, "source": "gazette.example"}
        mixed.append((document, mapping, document.text)[number % 3])
    mixed[5:5] = ["", "too short", {"id": 7, "title": "no text"}, "\x00" * 900, Failure("gone", "missing_file", "there is no such file")]
    mixed.append("word \ud800 " * 60)
    return mixed


def test_batch_equals_one_by_one(scorer: credscore.Scorer, documents: list[credscore.Document]) -> None:
    """Law 5: the same bytes in the same order from `score_many` in one process, in two, and from `score_document`."""
    batch = mixed_batch(documents)
    single = [json.dumps(scorer.try_score(item).to_dict()) for item in batch]  # type: ignore[arg-type]
    assert [json.dumps(item.to_dict()) for item in scorer.score_many(batch)] == single  # type: ignore[arg-type]
    assert [json.dumps(item.to_dict()) for item in scorer.score_many(batch, jobs=2)] == single  # type: ignore[arg-type]
    failures = [item for item in scorer.score_many(batch) if isinstance(item, Failure)]  # type: ignore[arg-type]
    assert [failure.code for failure in failures] == ["empty", "too_short", "not_a_document", "binary", "missing_file"]
    assert all(failure.message for failure in failures)


def test_batch_streams(scorer: credscore.Scorer) -> None:
    """An endless iterable can be scored: nothing is read ahead in one process."""
    taken = []

    def endless() -> object:
        while True:
            taken.append(None)
            yield "Ada Ruiz said the bridge was safe. " * 10

    assert len(list(islice(scorer.score_many(endless()), 3))) == 3  # type: ignore[arg-type]
    assert len(taken) == 3


def test_fewer_than_one_job_is_refused(scorer: credscore.Scorer) -> None:
    """A wrong number of processes is an error before anything is read."""
    with pytest.raises(ValueError, match="jobs"):
        list(scorer.score_many(["text"], jobs=0))


@given(scorable_texts())
@settings(max_examples=20)
def test_earlier_texts_do_not_matter(text: str) -> None:
    """Law 5: what a scorer has read before moves nothing."""
    scorer = credscore.load()
    alone = scorer.score(text).to_json()
    scorer.score("Critics say the disgraceful regime of Ruiz certainly fell! " * 10)
    assert scorer.score(text).to_json() == alone


# Law 6: only the writer's own words count.

WRITERS_OWN = tuple(feature.name for feature in FEATURES if feature.family == "wording")
LOADED = (
    "The neo-Nazi regime and its disgraceful cronies certainly crushed the town",
    "This unbelievable stunt by traitors is a disgusting betrayal and everyone knows it",
    "Undoubtedly the puppet regime is extremely corrupt",
)
QUOTED = (
    "Ruiz said: “{}.”",
    'Ruiz said: "{}."',
    "Ruiz said: ‘{}.’",
    "Ruiz said: '{}.'",
    "Ruiz said: “{}.",
    "“{},” Ruiz said.",
    '"{}," Ruiz said.',
    "Ruiz said: “{}”.",
    "Ruiz said: ``{}.''",
    "Ruiz said: „{}.“",
    "Ruiz said: «{}.»",
    "Ruiz said:\n\n“{}.”",
    "Ruiz said: “It fell.\n\n“{}.\n\n“It is over.”",
)


@pytest.mark.parametrize("frame", QUOTED)
@pytest.mark.parametrize("sentence", LOADED)
def test_quoted_wording_is_not_the_writers(frame: str, sentence: str) -> None:
    """Law 6: a loaded sentence in quotation marks is reported with `in_quote` and raises no wording feature."""
    quoted, neutral = credscore.read(frame.format(sentence)), credscore.read(frame.format("The bridge fell and people went home"))
    assert {name: quoted.features[name] for name in WRITERS_OWN} == {name: neutral.features[name] for name in WRITERS_OWN}
    loaded = [item for item in quoted.evidence if item.layer == "loaded"]
    assert loaded
    assert all(item.in_quote for item in loaded)


def test_every_loaded_term_is_silenced_by_quotation_marks() -> None:
    """Law 6, for every entry of the loaded lexicon."""
    filling = {"*": "grey", "#": "12", "^": "Ostland", "$": "$"}
    missed = []
    for term in bundled().terms:
        if term.layer != "loaded":
            continue
        words = " ".join(filling[word] if word in SLOTS else word for word in term.terms[0].split(" "))
        features = credscore.read(f"Ruiz said: “They {words} there.” It fell.").features
        if features["loaded_terms"] or features["strongly_loaded_terms"]:
            missed.append((term.id, words))
    assert not missed


@given(st.lists(st.sampled_from(LOADED), min_size=1, max_size=4), st.sampled_from(("“{}”", '"{}"', "‘{}’")))
def test_quotation_of_several_sentences_is_not_the_writers(sentences: list[str], marks: str) -> None:
    """Law 6: a quotation may run over several sentences."""
    text = "Ruiz said: " + marks.format(". ".join(sentences) + ".") + " The town was quiet."
    features = credscore.read(text).features
    assert features["loaded_terms"] == features["strongly_loaded_terms"] == features["boosters"] == 0


def test_the_writers_own_wording_counts() -> None:
    """Law 6, the other half: the same words without quotation marks do count."""
    for sentence in LOADED:
        features = credscore.read(f"{sentence}. Ruiz said it fell.").features
        assert features["loaded_terms"]


# Law 7: no weight on a name.

PEOPLE = (
    ("Jo", "Vane"), ("Bartholomew", "Featherstonehaugh"), ("Wim", "Keyes"), ("Zoë", "Łukaszewska"), ("Amara", "Okonkwo-Lindqvist"),
    ("Li", "Wu"), ("Priyadarshini", "Venkataraman"), ("Sean", "O’Dowd"),
)  # fmt: skip
COUNTRIES = ("France", "Chad", "Kazakhstan", "Ukraine", "Russia", "America", "Philippines", "Iran", "Zanduwe")
NATIONALS = ("French", "Chadian", "Kazakh", "Ukrainian", "Russian", "American", "Filipino", "Iranian", "Israeli")
PARTIES = ("Democrats", "Republicans", "Tories", "Conservatives", "Liberals", "Labourites", "Socialists", "Greens", "Communists")
OUTLETS = ("Ostrel", "Wolverhampton", "Ely", "Kyiv", "Washington", "Moscow", "Christchurch")
INSTITUTIONS = ("Reuters", "Gazprom", "Unicef", "Kremlin", "Pentagon", "Hamas", "Greenpeace")

NOTE = (
    "{given} {surname}, who was born in {country}, told the {outlet} Gazette on Tuesday that the {national} army would leave {country}. "
    "“We wait for the {parties},” {surname} said. "
    "{given} {surname} of {country} is no friend of the {parties}, the {outlet} Gazette reported. "
    "In {country}, {parties} said the {national} minister had lied. {country} said it would answer. {surname}’s lawyer said nothing.\n\n"
    "According to {given} {surname}, many {parties} and some {parties} left {country} with the {national} team. "
    "The {national} government denied it, {institution} said. "
    "{institution} declined to comment. {parties} say {surname} is a {national} spy. "
    "{parties} believe that {country} and the {outlet} Gazette will pay. The {national} regime and the {parties} agreed."
)
FIRST = {
    "given": "Ada",
    "surname": "Ruiz",
    "country": "Norway",
    "national": "Norwegian",
    "parties": "Centrists",
    "outlet": "Wenning",
    "institution": "Interpol",
}
SWAPS = {
    "people": [{"given": first_name, "surname": surname} for first_name, surname in PEOPLE],
    "countries": [{"country": country, "national": national} for country, national in zip(COUNTRIES, NATIONALS, strict=True)],
    "parties": [{"parties": parties} for parties in PARTIES],
    "outlets": [{"outlet": outlet} for outlet in OUTLETS],
    "institutions": [{"institution": institution} for institution in INSTITUTIONS],
}


def moved(before: credscore.Document, after: credscore.Document) -> list[str]:
    """The features that differ between two documents."""
    one, other = (ANOTHER.read(document).features for document in (before, after))
    return [name for name in one if one[name] != other[name]]


@pytest.mark.parametrize("group", SWAPS)
def test_swapping_names_moves_no_score(group: str, scorer: credscore.Scorer, documents: list[credscore.Document]) -> None:
    """Law 7: on every fixture with a paragraph full of names, other names give exactly the same score."""
    wrong: dict[str, set[str]] = {}
    for number, document in enumerate(documents):
        swaps = SWAPS[group] if number < 3 else [SWAPS[group][number % len(SWAPS[group])]]
        texts_of = [f"{document.text}\n\n{NOTE.format(**FIRST | swap)}\n\nThe end of it." for swap in ({}, *swaps)]
        first, *others = [scorer.score_document(credscore.Document(text, title=document.title)).logit for text in texts_of]
        for swap, other in zip(swaps, others, strict=True):
            if other != first:
                wrong.setdefault(" ".join(swap.values()), set()).add(document.id or "")
    assert not wrong, {name: sorted(slugs)[:3] for name, slugs in wrong.items()}


@pytest.mark.parametrize("swap", [pytest.param(swap, id=" ".join(swap.values())) for swaps in SWAPS.values() for swap in swaps])
def test_swapping_names_moves_no_feature(swap: dict[str, str], reader: credscore.Reader) -> None:
    """Law 7 for every feature a model could use: names give no feature another number."""
    before, after = (reader.read(credscore.Document(NOTE.format(**FIRST | names))).features for names in ({}, swap))
    assert [name for name in before if before[name] != after[name]] == []


def people_of(slug: str, text: str) -> list[tuple[str, str]]:
    """The invented people whose names stand in a document as "Given Surname" and whose parts mean nothing else in it."""
    gold = tomllib.loads((ROOT / "fixtures" / "gold" / f"{slug}.toml").read_text(encoding="utf8"))
    nouns = {form for term in bundled().terms for form in term.terms if " " not in form}
    found = []
    for item in gold.get("sourcing", []):
        name = re.fullmatch(r"([A-Z][a-z]+) ([A-Z][a-z]+)", item["text"])
        if item["kind"] == "named_person" and not item.get("anaphor") and name:
            parts = name[1], name[2]
            if all(part.lower() not in nouns and not re.search(rf"\b{part.lower()}\b", text) for part in parts) and parts not in found:
                found.append(parts)
    return found


def with_other_names(text: str, people: list[tuple[str, str]], shift: int) -> str:
    """The text with each of its people under another name of another length, everywhere."""
    swap: dict[str, str] = {}
    pool = [pair for pair in PEOPLE if "-" not in pair[1] and "’" not in pair[1]]
    for number, (first_name, surname) in enumerate(people):
        other = pool[(number + shift) % len(pool)]
        tag = "" if number < len(pool) else "aeiou"[number // len(pool) - 1]
        swap.setdefault(first_name, other[0] + tag)
        swap.setdefault(surname, other[1] + tag)
    return re.sub(rf"\b({'|'.join(swap)})\b", lambda word: swap[word[0]], text) if swap else text


@pytest.mark.parametrize("slug", SLUGS)
def test_the_fixtures_people_have_no_weight(slug: str, scorer: credscore.Scorer, documents: list[credscore.Document]) -> None:
    """Law 7: every fixture scores exactly the same with its invented people renamed."""
    document = documents[SLUGS.index(slug)]
    people = people_of(slug, document.text)
    expected = scorer.score_document(document)
    for shift in range(3):
        renamed = credscore.Document(
            with_other_names(document.text, people, shift),
            title=with_other_names(document.title, people, shift) if document.title else None,
        )
        score = scorer.score_document(renamed)
        assert score.logit == expected.logit, moved(document, renamed)
        assert score.value == expected.value


def test_a_name_that_is_a_loaded_word_is_a_name(reader: credscore.Reader) -> None:
    """Law 7: a person introduced under a loaded word scores as anybody else does, headline included."""
    words = [form for term in bundled().terms if term.layer == "loaded" for form in term.terms if form.isalpha()]
    assert len(words) > 3000
    found = []
    for word in words:
        name = word.capitalize()
        text = f"The road was shut. Ada {name} closed it on Friday. {name} said so, and people met {name}."
        document = credscore.Document(text, title=f"{name} Shuts Road")
        found += [item.text for item in reader.read(document).evidence if item.layer == "loaded" and item.text == name]
    assert found == []


# Law 8: cost grows with length and no faster.


def new_names(size: int) -> str:
    """A sentence for each of ever new names."""
    names = ("Q" + "".join(letters) for letters in product("abcdefghijklmnopqrstuvwxyz", repeat=4))
    return "".join(f"{name} said it. " for name in islice(names, size // 15))


REPEATED = {
    "commas": ",",
    "spaced commas": ", ",
    "quotation marks": '"',
    "spaced quotation marks": '" ',
    "quoted words": '"a" ',
    "opening marks only": " “a",
    "single marks": " 'a",
    "single quoted words": " 'a s'",
    "mixed marks": "'\"",
    "endless sentence": "the man said that ",
    "endless sentence of names": "Ada Ruiz said ",
    "endless sentence of commas and capitals": "Ruiz said in A B C D, ",
    "told without end": "told ",
    "adding without end": "adding ",
    "according to": "according to ",
    "claims by": "claims by Ruiz and ",
    "pronouns after many names": "Ruiz " * 20 + "He said. " * 6,
    "dashes in one sentence": "he said - ",
    "said who": "said Ruiz who ",
    "appositions": "said Ruiz, a man ",
    "dots": ".",
    "spaced dots": ". ",
    "dots and closing marks": '.")]*_',
    "initials": "A. ",
    "newlines": "\n",
    "short lines": ".\n",
    "short paragraphs": "a\n\n",
    "spaces": " ",
    "one word": "a",
    "capitals": "NOT ",
    "digits": "1.,1",
    "exclamations": "! ",
    "hyphens": "a-",
    "possessives": "s' ",
    "emoji": "😀\u200d",
    "surrogates": "\ud800",
    "boilerplate phrases": "subscribe to our newsletter ",
    "boilerplate openings": "x get the latest ",
    "many dialogues": "“Yes,” he said. ",
    "many explained sources": "Two officials familiar with the matter said it. ",
    "wrapped lines": "word " * 14 + "word\n",
    "entities": "&amp;",
    "unended entities": "&a",
    "letters apart": "a b ",
    "letters apart that are words": "r e g i m e ",
    "letters with hyphens": "r-e-g-i-m-e ",
    "signs for letters": "r3g1m3 ",
    "one endless word of signs": "a1",
    "mixed alphabets": "rеgimе ",
    "one endless mixed word": "еe",
    "loose accents": "e\u0301",
    "emoji between letters": "a😀",
    "zero width in words": "re\u200bgi\u2060me ",
    "wrong decoding": "â€™",
    "half of a wrong decoding": "Ãâ",
    "carriage returns": "\r",
}
"""What is hostile when it comes again and again."""


def repeated(unit: str) -> Callable[[int], str]:
    """Builds texts of about so many characters out of one piece."""
    return lambda size: unit * (size // len(unit))


SHAPES: dict[str, Callable[[int], str]] = {
    **{shape: repeated(unit) for shape, unit in REPEATED.items()},
    "deep brackets": lambda n: "(" * (n // 2) + ")" * (n // 2),
    "deep nesting": lambda n: "(“‘" * (n // 6) + "’”)" * (n // 6),
    "combining marks": lambda n: "e" + "\u0301" * n,
    "many quotations after one speaker": lambda n: '"Yes," Ada Ruiz said. It rained. ' + '"A b." ' * (n // 7),
    "one speaker quoted without end": lambda n: '"Yes," Ada Ruiz said. ' + '"A b." ' * (n // 7),
    "one name, far apart and often": lambda n: "Odes said it. " * 2 + "It rained. " * (n // 22) + "Odes said it. " * (n // 28),
    "many new names": new_names,
}
FIRST_SIZE = {
    "many new names": 40_000,
    "many explained sources": 20_000,
    "many quotations after one speaker": 60_000,
    "one speaker quoted without end": 60_000,
}
"""Where what grows too fast is cheap, it shows only in longer texts."""

ENOUGH = 0.02
LARGEST = 120_000
CHANCE = 0.06
"""Below so many seconds the memory that a longer text needs for the first time is most of what is measured."""

GENEROUS = 7.5
"""Four times the length may cost this many times the time: linear is 4, quadratic is 16."""


def seconds(text: str) -> float:
    """The best of three readings."""
    best = math.inf
    for _ in range(3):
        begun = time.perf_counter()
        credscore.read(text)
        best = min(best, time.perf_counter() - begun)
        if best > 0.25:
            break
    return best


@pytest.mark.parametrize("shape", SHAPES)
def test_cost_is_linear(shape: str) -> None:
    """Law 8: four times as much of a hostile shape costs about four times as much time."""
    build = SHAPES[shape]
    credscore.read("warm")
    gc.collect()
    gc.disable()
    try:
        size = FIRST_SIZE.get(shape, 2000)
        while size < LARGEST and seconds(build(size)) < ENOUGH:
            size *= 2
        for _ in range(3):
            short, long = seconds(build(size)), seconds(build(4 * size))
            if long < CHANCE or long < GENEROUS * short:
                return
            if long > 0.4:  # too long for chance
                break
        pytest.fail(f"{size} characters took {short * 1e3:.0f} ms, {4 * size} took {long * 1e3:.0f} ms: {long / short:.1f} times")
    finally:
        gc.enable()


def test_one_line_of_five_megabytes() -> None:
    """Law 8: one line of five million characters of prose is read, and in seconds."""
    sentence = "The bridge, which Ada Ruiz said was safe, fell into the grey river on Tuesday and “nobody knows why,” she said. "
    text = sentence * (5_000_000 // len(sentence) + 1)
    begun = time.perf_counter()
    reading = credscore.read(text)
    assert time.perf_counter() - begun < 45
    assert reading.words > 800_000
    last = reading.evidence[-1]
    assert text[last.start : last.end] == last.text


# Law 9: no download, no network, no pickle; and nothing heavy for one score.

FORBIDDEN = {
    "pickle",
    "cPickle",
    "dill",
    "cloudpickle",
    "shelve",
    "marshal",
    "socket",
    "urllib",
    "http",
    "requests",
    "httpx",
    "ftplib",
    "ssl",
}
HEAVY = ("sklearn", "numpy", "scipy", "nltk", "joblib", "pandas", "socket", "urllib.request", "http.client", "rich", "click")


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_no_network_and_no_pickle(path: Path) -> None:
    """Law 9: no module imports a network or pickle library, and none runs code made from text."""
    tree = ast.parse(path.read_text(encoding="utf8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            assert not {name.name.split(".")[0] for name in node.names} & FORBIDDEN
        elif isinstance(node, ast.ImportFrom):
            assert (node.module or "").split(".")[0] not in FORBIDDEN
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in ("eval", "exec", "__import__")
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            assert node.func.attr != "download"


def in_new_process(code: str) -> str:
    """What a fresh interpreter prints."""
    return subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout.strip()


def test_one_score_imports_nothing_heavy() -> None:
    """Law 9 and the promise of a light start: `credscore.score` imports none of the heavy or networking packages."""
    code = (
        "import sys, credscore\n"
        "credscore.score('Ada Ruiz said the bridge was safe. ' * 10).to_json()\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    assert in_new_process(code) == "[]"


def test_start_is_quick() -> None:
    """Importing and the first score take a moment, not seconds."""
    code = (
        "import time; begun = time.perf_counter()\n"
        "import credscore; credscore.score('Ada Ruiz said the bridge was safe. ' * 10)\n"
        "print(time.perf_counter() - begun)"
    )
    assert min(float(in_new_process(code)) for _ in range(3)) < 1.5


# What `score` refuses, and what it only notices.


@pytest.mark.parametrize(
    ("text", "code"),
    (
        ("", "empty"),
        (" \n\t\u3000", "empty"),
        ("\x00\x01\x02" * 300, "binary"),
        ("\ufffd" * 500, "binary"),
        ("word " * 39, "too_short"),
        ("😀" * 500, "too_short"),
    ),
    ids=ascii,
)
def test_unscorable_texts_say_what_to_do(text: str, code: str) -> None:
    """Only empty, binary and very short texts are refused, each with a stable code and a remedy; `read` takes them all."""
    with pytest.raises(credscore.UnscorableText) as caught:
        credscore.score(text)
    assert caught.value.code == code
    assert len(str(caught.value)) > 20
    assert credscore.read(text).features


def test_forty_words_are_enough() -> None:
    """The shortest text that is scored has 40 words."""
    assert credscore.score("word " * 40).words == 40


@given(plain_prose())
def test_a_score_is_between_0_and_100(text: str) -> None:
    """A score is on the scale it is printed on."""
    assert 0 <= credscore.score(text).value <= 100
