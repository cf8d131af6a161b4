"""`credscore explain` and `credscore read`: the reasons of a score, and what was found in a text without one."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from credscore.cli.options import choice, with_documents, with_scorer
from credscore.cli.outcome import leave, told, written
from credscore.score import Failure, Scorer
from credscore.text.document import Document

if TYPE_CHECKING:
    from credscore.report.comparison import Comparison


@click.command()
@with_scorer
@with_documents
@click.option("--full", is_flag=True, help="Every feature and all its evidence.")
@choice("text", "json")
@click.option(
    "--html",
    "page",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write a report to a file that a browser opens; several documents are compared in it.",
)
def explain(scorer: Scorer, given: Iterator[Document | Failure], full: bool, form: str, page: Path | None) -> None:
    """Show the reasons of a score, with the evidence in its context."""
    from credscore.report import terminal
    from credscore.report.comparison import Account, Comparison

    screen = terminal.console(width=None if sys.stdout.isatty() else 100)
    failures: list[Failure] = []
    accounts: list[Account] = []
    most = _most_accounts() if page else terminal.MOST_BESIDE
    for number, document in enumerate(given):
        if isinstance(document, Failure):
            failures.append(document)
            continue
        result = scorer.try_score(document)
        if isinstance(result, Failure):
            failures.append(result)
            continue
        if len(accounts) <= most:  # no more than are needed to know that they are too many
            accounts.append(Account(document, result))
        if page:
            if len(accounts) > most:
                raise click.UsageError(f"--html sets at most {most} documents beside each other; give fewer, or write one report each.")
        elif form == "json":
            click.echo(result.to_json())
        else:
            if number:
                screen.print()
            screen.print(terminal.explanation(result, document.text, document.title, full=full))
    if page and accounts:
        with told(), written(page) as stream:
            stream.write(_page(Comparison(tuple(accounts))))
    elif form == "text" and 1 < len(accounts) <= most:
        screen.print()
        screen.print(terminal.comparison(Comparison(tuple(accounts))))
    leave(failures)


def _most_accounts() -> int:
    from credscore.report.html import MOST_ACCOUNTS

    return MOST_ACCOUNTS


def _page(comparison: "Comparison") -> str:
    """The report of one account, or the comparison of several."""
    from credscore.report import html

    (document, scored), *others = comparison.accounts
    return html.comparison_page(comparison) if others else html.page(scored, document.text, document.title)


@click.command()
@with_documents
@choice("json")
def read(given: Iterator[Document | Failure], form: str) -> None:
    """Evidence and features as JSON, one object a document, without a score."""
    from credscore.reading import default_reader

    reader = default_reader()
    failures: list[Failure] = []
    for document in given:
        if isinstance(document, Failure):
            failures.append(document)
        else:
            click.echo(json.dumps({**reader.read(document).to_dict(), **({"text": document.text} if _was_extracted(document) else {})}))
    leave(failures)


def _was_extracted(document: Document) -> bool:
    """Whether the offsets index a text that was taken out of a page, so that it has to go with them."""
    return document.id is not None and document.id.lower().removesuffix(".gz").endswith((".html", ".htm", ".md", ".markdown"))
