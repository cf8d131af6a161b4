"""The readable text of a web page, with what a reader sees as boilerplate left in: it is evidence."""

from credscore.errors import MissingExtra

_INVISIBLE = ("script", "style", "noscript", "template", "svg", "iframe", "head")
_BLOCKS = frozenset(
    "p div section article header footer main aside nav h1 h2 h3 h4 h5 h6 ul ol li table tr blockquote pre figure figcaption form "
    "address dl dt dd hr".split()
)


def article(page: str) -> tuple[str | None, str]:
    """`(headline, text)` of an HTML page: one line a block; inside `<article>` if there is exactly one, else the body.

    Needs the extra `html`; raises `MissingExtra` without it.
    """
    try:
        from selectolax.lexbor import LexborHTMLParser
    except ImportError as error:
        raise MissingExtra("selectolax", "html") from error
    tree = LexborHTMLParser(page)
    headline = tree.css_first("h1") or tree.css_first("title")
    title = " ".join(headline.text(deep=True, separator=" ").split()) if headline is not None else None
    articles = tree.css("article")
    root = articles[0] if len(articles) == 1 else tree.body
    if root is None:
        return title, ""
    pieces: list[str] = []
    _collect(root, pieces, title)
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    return title, "\n".join(line for line in lines if line)


def _collect(root: object, pieces: list[str], title: str | None) -> None:
    """Visible text of a tree in reading order, a line break round every block; the headline is left out of the body."""
    stack: list[object] = [root]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            pieces.append(node)
            continue
        tag = node.tag  # type: ignore[attr-defined]
        if tag == "-text":
            pieces.append(node.text(deep=False))  # type: ignore[attr-defined]
            continue
        if tag in _INVISIBLE or (tag == "h1" and title):
            continue
        if tag == "br":
            pieces.append("\n")
            continue
        if tag in _BLOCKS:
            pieces.append("\n")
            stack.append("\n")
        children = []
        child = node.child  # type: ignore[attr-defined]
        while child is not None:
            children.append(child)
            child = child.next
        stack.extend(reversed(children))
