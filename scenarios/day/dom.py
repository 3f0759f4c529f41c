"""画面の木 — an HTML page as a tree of elements, as far as an outsider needs it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"))
_UNREAD = frozenset(("script", "style", "template", "kbd"))  # kbd: the key beside a button is no part of its words


@dataclass
class Element:
    """One element; `children` are texts and elements in the order of the page."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)
    parent: Element | None = None

    def get(self, name: str) -> str:
        return self.attributes.get(name, "")

    def has(self, name: str) -> bool:
        return name in self.attributes

    def is_of(self, word: str) -> bool:
        """Whether `word` stands in its class."""
        return word in self.get("class").split()

    def all(self, *tags: str) -> Iterator[Element]:
        """Every element below with one of the tags (any, when none is named), in the order of the page."""
        for child in self.children:
            if isinstance(child, Element):
                if not tags or child.tag in tags:
                    yield child
                yield from child.all(*tags)

    def first(self, *tags: str) -> Element | None:
        return next(self.all(*tags), None)

    def above(self, tag: str) -> Element | None:
        """The nearest element around this one."""
        found = self.parent
        while found is not None and found.tag != tag:
            found = found.parent
        return found

    @property
    def text(self) -> str:
        """What can be read, spaces of the source folded; the ideographic space of names is kept."""
        return fold("".join(self._texts()))

    def _texts(self) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, str):
                yield child
            elif child.tag not in _UNREAD:
                yield from (" ", *child._texts(), " ") if child.tag in ("p", "li", "td", "th", "div", "dd", "dt", "span", "br") else child._texts()


def fold(text: str) -> str:
    """Runs of ASCII white space become one space; nothing else is touched."""
    return " ".join(part for part in text.replace("\n", " ").replace("\t", " ").replace("\r", " ").split(" ") if part)


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("#page")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, parent=self.open[-1])
        self.open[-1].children.append(element)
        if tag not in _VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        for depth in range(len(self.open) - 1, 0, -1):
            if self.open[depth].tag == tag:
                del self.open[depth:]
                return

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def parse(html: str) -> Element:
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.root
