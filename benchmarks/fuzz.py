"""Fuzzing: `python -m benchmarks.fuzz --cases 100000 --seed 1 [ENTRY …]` mutates short inputs for every way into the library.

Entries: `text`, `phrases` (texts of the words that the rules of sourcing turn on), `score`, `html`, `jsonl`, `csv`, `parquet` (with the
package for it), `model`, `lexicon` and `command`. Only the documented errors may come out; evidence must be the caller's characters and
the parts of a score its sum. What breaks a promise is printed as bytes that a test can keep. The same seed gives the same cases.
`benchmarks.guided` fuzzes one entry by coverage instead.
"""

import json
import math
from collections.abc import Callable, Iterator, Mapping
from contextlib import chdir, suppress
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import NamedTuple

import click
from click.testing import CliRunner

import credscore
from credscore import model as models
from credscore.batch.sources import SUFFIXES, documents
from credscore.cli import main as command_line
from credscore.errors import LexiconError, ModelError, UnscorableText
from credscore.lexicon.terms import combine
from credscore.score import Failure, Score

LONGEST = {"parquet": 2000}
_LONGEST = 600
"""Bytes of a case of an entry, and of all others."""

_MOST_WORDS = 40

SHARES = {
    "text": 400,
    "phrases": 160,
    "score": 15,
    "html": 60,
    "jsonl": 65,
    "csv": 65,
    "parquet": 10,
    "model": 50,
    "lexicon": 180,
    "command": 1,
}
"""Of a thousand cases, about how many go to each entry: fewer where one takes long."""

PROSE = (
    "Ada Ruiz, the mayor, told reporters on Tuesday that the neo-Nazi regime had fallen. “It is certainly over,” she said. ",
    "Officials familiar with the matter, who asked not to be named, said it was reportedly planned; critics say so-called “experts” lied. ",
    "The ministry declined to comment. Subscribe to our newsletter! (Reuters) - All rights reserved. Correction: it was 12,000. ",
    "According to a report seen by the Gazette, many say it may be WRONG! It's a r3gime, r e g i m e, re\u200bgime, &quot;regime&quot;. ",
)
WORDS = (
    "according to|said|says|say|told|citing|by|from|that|if|while|although|and|or|nor|but|of|in|on|the|a|an|who|which|he|she|they|it|his|"
    "her|them|him|their|its|some|many|most|both|neither|three|40|percent|officials|nominee|report|statement|ministry|Gazette|"
    "spokesman for|Ada|Ruiz|Odes|Mr.|Secretary of State|U.S.|Monday|Friday|were|is|has|will|not|to|promising|adding|warning|keeps|called|"
    "reporters|statement on|claim|,|.|:|;|-|—|&|“|”|\"|'|(|)|\n|\n\n|’s"
).split("|")
"""What texts are made of for the entry `phrases`, a byte each."""

TOKENS = tuple(
    token.encode("utf8", "surrogatepass")
    for token in (
        *(
            "“",
            "”",
            "‘",
            '"',
            "'",
            "''",
            "``",
            "\n",
            "\n\n",
            "\r\n",
            "\r",
            "\t",
            "\0",
            "\x1a",
            "\x85",
            "\u2028",
            "\u200b",
            "\u202e",
            "\ufeff",
        ),
        *(
            "\xad",
            "\u0301",
            "😀",
            "👩‍👩‍👧",
            "ﬁ",
            "İ",
            "ß",
            "рe",
            "𝐫𝐞",
            "\ud800",
            "\uffff",
            "â€™",
            "Ã©",
            "ðŸ˜€",
            "&#0;",
            "&#x110000;",
            "&nbsp;",
        ),
        *(
            "<p>",
            "</article>",
            "<h1>",
            "<script>",
            "<!--",
            "<![CDATA[",
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            '"text":',
            "NaN",
            "1e999",
            "-1",
            "1e-300",
        ),
        *(
            "null",
            "true",
            "9" * 50,
            "text,id\n",
            ' "" ',
            "= [",
            "[[",
            "layer",
            "# ",
            "^ ",
            "* ",
            "r-e-g",
            "l33t",
            "a b c d e",
            "said",
            "told",
        ),
        *("--format", "--jobs", "-o", "--prior", "explain", "read", "-", "../", "*", "?", "."),
    )
)


class Broken(Exception):
    """A promise that an input broke."""


def check(reading: credscore.Reading) -> None:
    """Evidence stands in the caller's fields, and numbers are numbers."""
    fields = {"text": reading.document.text, "title": reading.document.title or ""}
    for item in reading.evidence:
        if fields[item.field][item.start : item.end] != item.text or not item.text:
            raise Broken(f"{item.kind} is not the caller's string")
    for name, value in reading.features.items():
        if value is not None and not (math.isfinite(value) and value >= 0):
            raise Broken(f"{name} is {value}")


def check_score(score: Score) -> None:
    """The parts make the whole, and the JSON survives the way back."""
    if abs(score.baseline + math.fsum(item.amount for item in score.contributions) - score.logit) > 1e-9:
        raise Broken("the parts are not the whole")
    if Score.from_json(score.to_json()).to_json() != score.to_json():
        raise Broken("the JSON does not come back")


def _text(data: bytes) -> None:
    body, _, title = data.decode("utf8", "surrogatepass" if b"\xed" in data else "replace").partition("\x1f")
    check(credscore.read(body, title=title or None))


def _tolerant_text(data: bytes) -> None:
    try:
        _text(data)
    except UnicodeDecodeError:
        _text(data.decode("utf8", "replace").encode())


def _phrases(data: bytes) -> None:
    check(credscore.read(" ".join([WORDS[byte % len(WORDS)] for byte in data[:_MOST_WORDS]])))


def _score(data: bytes) -> None:
    with suppress(UnscorableText):
        check_score(credscore.score(data.decode("utf8", "replace") + PROSE[0]))


def _file(suffix: str) -> Callable[[Path, bytes], None]:
    def run(folder: Path, data: bytes) -> None:
        path = folder / f"case{suffix}"
        path.write_bytes(data)
        given = [document for document in documents([str(path)]) if not isinstance(document, Failure)]
        if given and len(data) % 8 == 0:  # what texts do is tried by `text`
            check(credscore.read(given[0].text, title=given[0].title))

    return run


@cache
def _reading() -> credscore.Reading:
    return credscore.read(PROSE[0] * 3)


def _model(folder: Path, data: bytes) -> None:
    path = folder / "case.json"
    path.write_bytes(data)
    with suppress(ModelError, UnicodeError):
        record = models.from_json(path.read_text(encoding="utf8"), path.name)
        if isinstance(record, dict) and "digest" in record:  # else hardly a case would come past the digest
            path.write_text(json.dumps(record | {"digest": models.digest_of(record)}), encoding="utf8")
        if not math.isfinite(credscore.load(path).score_reading(_reading()).logit):
            raise Broken("a model that loads gives no number")


def _lexicon(data: bytes) -> None:
    with suppress(LexiconError):
        combine([("case.toml", data)])


def _command(folder: Path, data: bytes) -> None:
    words = data.decode("utf8", "replace").replace("\0", "").split("\n")
    path = folder / "article.txt"
    path.write_text(PROSE[0] * 4, encoding="utf8")
    arguments = [str(path) if word == "ARTICLE" else word.replace("/", "") for word in words if word not in ("-o", "--output", "--html")]
    with chdir(folder):  # what options such as --failures write
        result = CliRunner().invoke(command_line, arguments, input=PROSE[1])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    if result.exit_code not in (0, 1, 2):
        raise Broken(f"exit status {result.exit_code}")


MODEL = json.dumps(
    {
        "format": 1,
        "name": "small",
        "language": "en",
        "baseline": 0.2,
        "features": [{"name": "loaded_terms", "weight": -0.7, "scale": 0.5, "center": 0.2, "low": 0.0, "high": 2.0, "step": 0.5}],
        "interval": {"level": 0.9, "half_width": 0.5},
        "populations": {"all": [-1.0, 0.0, 1.0]},
        "card": {"a": [1, {"b": None}]},
        "digest": "",
    }
).encode()
LEXICON = b"""layer = "loaded"
[sources]
hand = "By hand"
[name_calling]
note = "mocks"
entries = [{ id = "sad-clown", terms = ["sad clown", "^ clown"], source = "hand", strength = 2, unless = ["sad clown fish"] }]
"""


def _parquet() -> tuple[bytes, ...]:
    """A table of one row as a Parquet file where there is a package that writes one, and the marks of such a file."""
    marks = b"PAR1\x15\x04\x15\x10\x15\x14PAR1"
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        return (marks,)
    table = pyarrow.table({"id": ["1"], "text": [PROSE[0] * 2]})
    parquet.write_table(table, written := pyarrow.BufferOutputStream(), compression="none", use_dictionary=False, write_statistics=False)
    return (written.getvalue().to_pybytes(), marks)


SEEDS: Mapping[str, tuple[bytes, ...]] = {
    "text": tuple(piece.encode() for piece in PROSE),
    "phrases": (bytes(range(12)), bytes(range(30, 50)), bytes(range(60, 90)), bytes([0, 41, 12])),
    "score": tuple(piece.encode() for piece in PROSE),
    "html": (
        f"<html><h1>Bridge</h1><article><p>{PROSE[0]}</p><p>{PROSE[1]}<br>end</article></html>".encode(),
        b"<p>a<p>b",
        PROSE[2].encode(),
    ),
    "jsonl": (
        json.dumps({"id": 1, "text": PROSE[0], "title": "Bridge"}).encode() + b"\n" + json.dumps({"text": PROSE[1]}).encode(),
        b"{}\n[]",
    ),
    "csv": (b'id,text,title\n1,"' + PROSE[1].encode() + b'",Bridge\n2,short,\n', b"text\nword\n"),
    "parquet": _parquet(),
    "model": (MODEL,),
    "lexicon": (LEXICON,),
    "command": (
        b"score\nARTICLE",
        b"read\nARTICLE\n--format\njson",
        b"explain\nARTICLE",
        b"features",
        b"score\n-\n--format\njsonl",
        b"sources\nARTICLE",
    ),
}


def runner(entry: str, folder: Path) -> Callable[[bytes], None]:
    """What one case of an entry is run with. Only documented errors stay silent."""
    simple: dict[str, Callable[[bytes], None]] = {"text": _tolerant_text, "phrases": _phrases, "score": _score, "lexicon": _lexicon}
    with_folder = {"model": _model, "command": _command} | {name: _file(f".{name}") for name in ("html", "jsonl", "csv", "parquet")}
    return simple[entry] if entry in simple else lambda data: with_folder[entry](folder, data)


def mutated(random: Random, seeds: tuple[bytes, ...], cut: float, longest: int) -> bytes:
    """One of the seeds, or as often as `cut` says a piece of one, with one to five changes, at most `longest` bytes."""
    data = bytearray(random.choice(seeds))
    if len(data) > 80 and random.random() < cut:
        start = random.randrange(len(data) - 40)
        data = data[start : start + random.randrange(20, 120)]
    for _ in range(random.randrange(1, 6)):
        at = random.randrange(len(data) + 1)
        kind = random.randrange(6)
        if kind == 0 and at < len(data):
            data[at] = random.randrange(256)
        elif kind == 1:
            data[at:at] = random.choice(TOKENS) * random.choice((1, 1, 1, 2, 9))
        elif kind == 2:
            del data[at : at + random.randrange(1, 12)]
        elif kind == 3:
            piece = data[at : at + random.randrange(1, 30)]
            data[at:at] = piece * random.choice((1, 1, 8))
        elif kind == 4:
            data[at:at] = random.choice(seeds)[: random.randrange(1, 80)]
        else:
            data[at:at] = random.randbytes(random.randrange(1, 6))
    return bytes(data[:longest])


class Found(NamedTuple):
    """A case that broke a promise."""

    entry: str
    data: bytes
    error: str


class Count(NamedTuple):
    """Cases of one entry, the seconds they took, the slowest of them, and what was found."""

    entry: str
    cases: int
    seconds: float
    slowest: float
    found: list[Found]


def entries() -> list[str]:
    """The ways into the library that are there on this machine."""
    return [name for name in SHARES if name != "parquet" or ".parquet" in SUFFIXES]


def fuzz(entry: str, cases: int, seed: int) -> Count:
    """Run so many cases of an entry; at most twenty findings are kept."""
    random = Random(f"{entry} {seed}")
    found: list[Found] = []
    slowest, begun = 0.0, perf_counter()
    with TemporaryDirectory(prefix="credscore-fuzz-") as name:
        run = runner(entry, Path(name))
        for _ in range(cases):
            data = mutated(random, SEEDS[entry], 0.9 if entry == "text" else 0.2, LONGEST.get(entry, _LONGEST))
            start = perf_counter()
            try:
                run(data)
            except Exception as error:
                if len(found) < 20:
                    found.append(Found(entry, data, f"{type(error).__name__}: {error}"))
            slowest = max(slowest, perf_counter() - start)
    return Count(entry, cases, perf_counter() - begun, slowest, found)


def shared(cases: int, names: list[str]) -> Iterator[tuple[str, int]]:
    """So many cases divided among entries."""
    total = sum(SHARES[name] for name in names)
    for name in names:
        yield name, max(1, round(cases * SHARES[name] / total))


@click.command(help="Fuzz every way into the library, or the ENTRY named: " + ", ".join(SHARES) + ".")
@click.argument("names", nargs=-1, type=click.Choice(list(SHARES)), metavar="[ENTRY]...")
@click.option("--cases", default=100_000, show_default=True, help="Cases over all entries together.")
@click.option("--seed", default=1, show_default=True, help="Another seed, other cases.")
def main(names: tuple[str, ...], cases: int, seed: int) -> None:
    """Run and report."""
    wanted = [name for name in entries() if not names or name in names]
    counts = []
    for name, share in shared(cases, wanted):
        counts.append(fuzz(name, share, seed))
        count = counts[-1]
        click.echo(
            f"{name}: {count.cases:,} cases in {count.seconds:.0f} s, the slowest {count.slowest * 1000:.0f} ms, {len(count.found)} found"
        )
        for item in count.found:
            click.echo(f"  {item.error[:200]}\n    {item.data!r}")
    total = sum(count.cases for count in counts)
    click.echo(f"{total:,} cases, {sum(count.seconds for count in counts):.0f} s, {sum(len(count.found) for count in counts)} found")


if __name__ == "__main__":
    main()
