"""Options that several commands share, and what a command gets for them: a scorer, documents, names of fields."""

from collections.abc import Callable, Iterator
from functools import wraps
from inspect import signature
from typing import TYPE_CHECKING, Any

import click

from credscore.batch.files import SUFFIXES
from credscore.batch.rows import Fields
from credscore.batch.sources import documents, expand
from credscore.errors import CredscoreError
from credscore.model import DEFAULT
from credscore.score import Failure, Scorer, load
from credscore.text.document import Document

if TYPE_CHECKING:
    from credscore.lexicon.terms import Lexicon

PATHS = click.argument("paths", nargs=-1, required=True, metavar="PATH…")
OWN = click.option(
    "--lexicon", "own", multiple=True, metavar="FILE", help="A TOML file of your own entries, added to the lexicon; may be repeated."
)
WITHOUT = click.option(
    "--without", multiple=True, metavar="NAME", help="Switch off a layer (weasel), a kind (loaded/name_calling) or an entry (loaded:id)."
)
JOBS = click.option("--jobs", type=click.IntRange(min=1), default=1, show_default=True, help="Number of processes.")
QUIET = click.option("--quiet", is_flag=True, help="No progress bar.")
_MODEL = click.option("--model", default=DEFAULT, show_default=True, help="A bundled model's name or a model file.")
_FIELDS = (
    click.option("--text-field", default="text", show_default=True, help="Field of a JSON or CSV row that holds the text."),
    click.option("--id-field", default="id", show_default=True, help="Field that holds the id."),
    click.option("--title-field", default="title", show_default=True, help="Field that holds the headline."),
    click.option("--source-field", default="source", show_default=True, help="Field that holds the publisher."),
)
_DATE_FIELD = click.option("--date-field", default="date", show_default=True, help="Field that holds the day of publication.")


def choice(*forms: str) -> Callable[[Any], Any]:
    """The option `--format` of a command that prints in one of these forms, the first unless told."""
    return click.option("--format", "form", type=click.Choice(forms), default=forms[0], show_default=True)


def gathered(name: str, make: Callable[..., Any], *options: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """A decorator: the command takes these options and gets, as `name`, what `make` makes of those that it has parameters for."""
    taken = signature(make).parameters

    def decorate(command: Any) -> Any:
        @wraps(command)
        def gathering(**given: Any) -> Any:
            made = make(**{option: given.pop(option) for option in taken})
            return command(**given, **{name: made})

        for option in reversed(options):
            gathering = option(gathering)
        return gathering

    return decorate


def lexicon_of(own: tuple[str, ...], without: tuple[str, ...]) -> "Lexicon":
    """The bundled lexicon with one's own entries and without what is switched off."""
    from credscore.lexicon.own import extended
    from credscore.lexicon.terms import bundled

    return extended(bundled(), *own, without=without)


def _scorer(model: str, own: tuple[str, ...], without: tuple[str, ...]) -> Scorer:
    """The scorer to use; a model or lexicon that cannot be loaded is wrong usage."""
    try:
        return load(model, lexicon=lexicon_of(own, without))
    except CredscoreError as error:
        raise click.UsageError(str(error)) from error


def found(paths: tuple[str, ...]) -> list[str]:
    """The files that folders and globs stand for; none is wrong usage, and so is an empty name, often a variable that is not set."""
    if "" in paths:
        raise click.UsageError("A path is empty. Is a variable in your command not set? The current folder is `.`.")
    files = expand(paths)
    if not files:
        raise click.UsageError(f"Nothing to read in {', '.join(paths)}: no files that end in {', '.join(SUFFIXES)}.")
    return files


def _fields(text_field: str, id_field: str, title_field: str, source_field: str, date_field: str) -> Fields:
    return Fields(text_field, id_field, title_field, source_field, date_field)


def _documents(paths: tuple[str, ...], text_field: str, id_field: str, title_field: str, source_field: str) -> Iterator[Document | Failure]:
    return documents(found(paths), Fields(text_field, id_field, title_field, source_field))


with_model = gathered("scorer", lambda model: _scorer(model, (), ()), _MODEL)
with_scorer = gathered("scorer", _scorer, _MODEL, OWN, WITHOUT)
with_documents = gathered("given", _documents, PATHS, *_FIELDS)
with_fields = gathered("fields", _fields, *_FIELDS, _DATE_FIELD)
