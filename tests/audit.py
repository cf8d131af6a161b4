"""What an installation would bring, held against the published advisories.

Run by `make audit`. pip resolves the ranges of `pyproject.toml` as it would today, nothing of it is installed, and `pip-audit`, in an
environment that is thrown away, asks PyPI about each package. Exit status 0: no advisory is known. 1: one is. 2: some package could not be
asked about; `pip-audit` itself passes over it and calls the rest clean, as it does behind a mirror that holds no advisories.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import venv
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
EXTRAS = "html,parquet,plot,report,zst"
"""All but the engines: those are audited where they are installed, on the cluster."""


class UnreachableError(Exception):
    """A step that needs a network and did not get it; the message is what it said last."""


def verdict(told: Mapping[str, Any], wanted: Mapping[str, str]) -> tuple[int, list[str]]:
    """Exit status and lines to show, from what `pip-audit --format json` told of the wanted packages and their versions."""
    asked = {item["name"]: item["vulns"] for item in told["dependencies"] if "vulns" in item}
    lines = [
        f"{name} {wanted[name]}: {item['id']}, mended in {', '.join(item['fix_versions']) or 'no version yet'}"
        for name, found in asked.items()
        for item in found
    ]
    silent = sorted(wanted.keys() - asked.keys())
    if silent:
        lines.append(f"not audited, for the service knows nothing of them: {', '.join(silent)}")
    lines.append(f"{len(asked)} of {len(wanted)} packages audited, {sum(map(len, asked.values()))} advisories")
    return (1 if any(asked.values()) else 2 if silent else 0), lines


def run(*command: str | Path) -> str:
    """What a command prints; pip-audit's status 1 with an answer is an answer."""
    done = subprocess.run(list(map(str, command)), cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode and not done.stdout.startswith("{"):
        raise UnreachableError(done.stderr.strip().rpartition("\n")[2])
    return done.stdout


def resolved(python: Path) -> dict[str, str]:
    """The packages, with their versions, that an installation would bring today."""
    command = (python, "-m", "pip", "install", "--dry-run", "--ignore-installed", "--quiet", "--report", "-", f".[{EXTRAS}]")
    found = (item["metadata"] for item in json.loads(run(*command))["install"])
    return {re.sub(r"[-_.]+", "-", item["name"]).lower(): item["version"] for item in found if item["name"] != "credscore"}


def main() -> int:
    """Resolve, ask, and show."""
    with tempfile.TemporaryDirectory(prefix="credscore-audit-") as name:
        place = Path(name)
        venv.create(place / "tool", with_pip=True)
        tools = place / "tool" / ("Scripts" if os.name == "nt" else "bin")
        try:
            run(tools / "python", "-m", "pip", "install", "--quiet", "pip-audit")
            wanted = resolved(tools / "python")
            (place / "packages.txt").write_text("".join(f"{package}=={version}\n" for package, version in wanted.items()), encoding="utf8")
            exactly = ("--requirement", place / "packages.txt", "--no-deps", "--disable-pip")
            told = json.loads(run(tools / "pip-audit", *exactly, "--format", "json", "--progress-spinner", "off"))
        except UnreachableError as error:
            status, lines = 2, [str(error), "not audited: the step before broke off"]
        else:
            status, lines = verdict(told, wanted)
    print(*lines, sep="\n")  # noqa: T201 - what `make audit` shows
    if status == 2:
        print("This is no clean bill. Run `make audit` where https://pypi.org/pypi/NAME/VERSION/json can be reached.")  # noqa: T201
    return status


if __name__ == "__main__":
    sys.exit(main())
