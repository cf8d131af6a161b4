"""The wheel, from outside: built, installed into a clean environment, and used far from the checkout.

Run by `make wheel`. It shows that the model and the compiled word lists travel inside the package, and
that two builds are the same bytes.
"""

import os
import subprocess
import sys
import tempfile
import venv
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

ARTICLE = """The ferry between Aldmouth and Skerry Point will stop running in November, the harbour board said on Tuesday.
Ines Calloway, who chairs the board, told reporters that the engine of the only vessel had failed twice since August.
"We looked at every way to keep it going, and there is none that we can pay for," she said.
According to a report by the county auditor, repairs would cost 2.4 million and take seven months.
Two members of the crew, who asked not to be named because they had not been told to speak, said they expected to lose their jobs.
The operator did not respond to a request for comment.
"""

LIBRARY = """
import sys
from pathlib import Path
import credscore
from credscore import model
from credscore.lexicon import terms

here = Path(credscore.__file__).parent
assert "site-packages" in here.parts, here
assert not Path(sys.argv[1]) in here.parents, here
folder = Path(str(model.folder()))
assert here in folder.parents and (folder / f"{model.DEFAULT}.json").is_file(), folder
assert (here / "py.typed").is_file()
opened = []
sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == "open" else None)
score = credscore.score(Path("article.txt").read_text(encoding="utf8"))
assert not [name for name in opened if name.endswith(".toml")], "the word lists were compiled again"
assert [name for name in opened if "lexicon" in name and str(here) in name], "the compiled word lists were not read"
assert not [name for name in sys.modules if name.split(".")[0] in ("sklearn", "nltk", "numpy", "joblib")]
assert 0 < score.value < 100 and score.contributions and score.evidence
assert abs(score.baseline + sum(item.amount for item in score.contributions) - score.logit) < 1e-9
print(score.value)
"""


def run(*command: str | Path, cwd: Path) -> str:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON") and key != "VIRTUAL_ENV"}
    environment["SOURCE_DATE_EPOCH"] = "1700000000"  # any moment, the same for both builds
    done = subprocess.run(list(map(str, command)), cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}\n0 passed, 1 failed")
    return done.stdout


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="credscore-wheel-") as name:
        place = Path(name).resolve()
        for folder in ("dist", "again"):
            run(sys.executable, "-m", "build", "--outdir", place / folder, ROOT, cwd=place)
        for built in (place / "dist").iterdir():
            if built.read_bytes() != (place / "again" / built.name).read_bytes():
                raise SystemExit(f"{built.name} built twice is not the same\n0 passed, 1 failed")
        (wheel,) = (place / "dist").glob("*.whl")
        (_source,) = (place / "dist").glob("*.tar.gz")
        with zipfile.ZipFile(wheel) as packed:
            held = packed.namelist()
        for wanted in (
            "credscore/models/news-en-1.json",
            "credscore/lexicon/en.jsonl",
            "credscore/py.typed",
            "credscore/cli/__init__.py",
            "credscore/report/templates/page.css",
        ):
            if wanted not in held:
                raise SystemExit(f"{wheel.name} does not hold {wanted}\n0 passed, 1 failed")
        venv.create(place / "clean", with_pip=True)
        folder = place / "clean" / ("Scripts" if os.name == "nt" else "bin")
        run(folder / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", wheel, cwd=place)
        outside = place / "outside"
        outside.mkdir()
        (outside / "article.txt").write_text(ARTICLE, encoding="utf8")
        value = run(folder / "python", "-c", LIBRARY, ROOT, cwd=outside).strip()
        told = run(folder / "credscore", "score", "article.txt", cwd=outside)
        if f'"value":{value},' not in told:
            raise SystemExit(f"the command and the library differ: {value}\n{told}\n0 passed, 1 failed")
        run(folder / "credscore", "explain", "article.txt", cwd=outside)
        run(folder / "credscore", "features", cwd=outside)
    print("1 passed, 0 failed")  # noqa: T201 - what `make wheel` shows


if __name__ == "__main__":
    main()
