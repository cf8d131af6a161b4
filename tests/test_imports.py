"""The house stands on its floors: imports point one way, and heavy packages stay where they belong."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "credscore"
MODULES = sorted(PACKAGE.rglob("*.py"))
TOP = {"__init__", "__main__"}

FLOORS = {
    "errors": 0,
    "version": 0,
    "_loops": 0,
    "native": 0.5,
    "text": 1,
    "lexicon": 1,
    "model": 1,
    "points": 1.5,
    "evidence": 2,
    "packed": 2.5,
    "features": 3,
    "contributions": 3.5,
    "reading": 3.5,
    "many": 4,
    "score": 4,
    "batch": 5,
    "report": 5,
    "training": 5,
    "engines": 5,
    "columns": 5,
    "publishers": 5,
    "sklearn": 5,
    "cli": 6,
}
"""Each part of the package on its floor; a part imports only from its own floor and those below."""

PAIRS = {("lexicon", "text"), ("many", "score"), ("score", "many"), ("cli", "report"), ("score", "report"), ("score", "publishers")}
"""What may import its neighbour on the same floor, beside its own part; a score its view and a scorer the roll-up, to offer them."""

ONLY = {
    "sklearn": ("training", "sklearn"),
    "numpy": ("training", "sklearn"),
    "scipy": ("training", "sklearn"),
    "nltk": ("text/segment.py",),
    "joblib": ("many.py", "engines"),
    "click": ("cli",),
    "rich": ("cli", "report"),
    "selectolax": ("batch",),
    "pyarrow": ("batch", "columns.py"),
    "matplotlib": ("report",),
    "jinja2": ("report/html.py",),
    "markupsafe": ("report/html.py",),
    "dask": ("engines/dask.py",),
    "pyspark": ("engines/spark.py",),
    "ray": ("engines/ray.py",),
}
"""Where each package from outside may be imported."""


def part_of(path: Path) -> str:
    """The part of the package a module belongs to: its top folder, or its own name."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    """Full names of all modules that a module imports, wherever in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name} imports relatively; write the full name"
            module = node.module or ""
            names |= {f"{module}.{alias.name}" for alias in node.names} if module == "credscore" else {module}
    return names


EACH = pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))


@EACH
def test_imports_point_down(path: Path) -> None:
    """A module imports from its own part and from lower floors only."""
    own = part_of(path)
    if own in TOP:
        return
    assert own in FLOORS, f"give {own} a floor in this test"
    for name in imported(path):
        parts = name.split(".")
        if parts[0] != "credscore" or len(parts) == 1:
            continue
        other = parts[1]
        if other == own:
            continue
        assert other in FLOORS, f"{path.name} imports {name}, not a module"
        assert FLOORS[other] < FLOORS[own] or (own, other) in PAIRS or (FLOORS[own] == 5 == FLOORS[other]), f"{path.name} imports {name}"


@EACH
def test_packages_from_outside_stay_in_their_place(path: Path) -> None:
    """scikit-learn and numpy only where models are fitted, nltk only in segmentation, views only in views."""
    place = str(path.relative_to(PACKAGE))
    for name in imported(path):
        allowed = ONLY.get(name.split(".")[0])
        assert allowed is None or place.startswith(allowed), f"{place} imports {name}"


def test_no_part_imports_itself_in_a_circle() -> None:
    """The modules of the package, by imports at their top level, form no circle."""
    graph: dict[str, set[str]] = {}
    for path in MODULES:
        name = "credscore." + str(path.relative_to(PACKAGE).with_suffix("")).replace("/", ".")
        name = name.removesuffix(".__init__")
        tree = ast.parse(path.read_text(encoding="utf8"))
        names = set()
        for node in tree.body:
            if isinstance(node, ast.ImportFrom) and node.module:
                names.add(node.module)
                names |= {f"{node.module}.{alias.name}" for alias in node.names}
        graph[name] = names
    state: dict[str, int] = {}

    def visit(name: str, path: tuple[str, ...]) -> None:
        assert state.get(name) != 1, " → ".join((*path, name))
        if name in state:
            return
        state[name] = 1
        for other in sorted(graph[name] & set(graph)):
            if not f"{name}.".startswith(f"{other}."):  # a module may import from the package it lies in
                visit(other, (*path, name))
        state[name] = 2

    for name in graph:
        visit(name, ())


@EACH
def test_modules_say_what_they_are(path: Path) -> None:
    """Every module opens with a docstring."""
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf8")))


def test_no_drawer_for_everything() -> None:
    """There is no `utils`, `helpers`, `common` or `misc`."""
    assert not {path.stem for path in MODULES} & {"utils", "util", "helpers", "common", "misc"}
