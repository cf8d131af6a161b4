"""Law 4 outside this process: locale, hash seed, time zone, optimisation and line ends of the machine move no byte."""

import os
import subprocess
import sys

import pytest

import credscore

CODE = (
    "import sys, credscore; text = sys.stdin.buffer.read().decode('utf8'); "
    "sys.stdout.buffer.write(credscore.score(text, 'A disgraceful day in May').to_json().encode())"
)
SURROUNDINGS: dict[str, tuple[dict[str, str], list[str]]] = {
    "the C locale": ({"LC_ALL": "C", "LANG": "C"}, []),
    "a Turkish locale": ({"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"}, []),
    "no UTF-8 mode": ({"PYTHONUTF8": "0", "LC_ALL": "C"}, []),
    "hash seed 0": ({"PYTHONHASHSEED": "0"}, []),
    "hash seed 4711": ({"PYTHONHASHSEED": "4711"}, []),
    "another time zone": ({"TZ": "Asia/Kathmandu"}, []),
    "asserts off": ({}, ["-O"]),
    "development mode": ({}, ["-X", "dev"]),
}


@pytest.mark.parametrize("name", SURROUNDINGS)
def test_surroundings_move_no_byte(name: str, documents: list[credscore.Document]) -> None:
    """The JSON of a score is the same bytes whatever the surroundings of the process."""
    variables, options = SURROUNDINGS[name]
    text = documents[3].text
    command = [sys.executable, *options, "-c", CODE]
    done = subprocess.run(command, input=text.encode("utf8"), capture_output=True, check=True, env={**os.environ, **variables})
    assert done.stdout.decode("ascii") == credscore.score(text, "A disgraceful day in May").to_json()


@pytest.mark.parametrize("ending", ("\r\n", "\r"), ids=("Windows", "old Macintosh"))
def test_line_ends_move_no_number(ending: str, scorer: credscore.Scorer, documents: list[credscore.Document]) -> None:
    """Line ends of other systems give the same score and no notice, and evidence stands in the text as given."""
    for document in documents:
        text = document.text.replace("\n", ending)
        score, expected = scorer.score(text, document.title), scorer.score_document(document)
        assert score.logit == expected.logit
        assert [notice.code for notice in score.notices] == [notice.code for notice in expected.notices]
        assert all(text[item.start : item.end] == item.text for item in score.evidence if item.field == "text")
