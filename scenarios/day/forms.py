"""届書の用紙 — a form as the page gave it: filled by the labels a clerk reads, sent with everything it holds (hidden fields, CSRF)."""

from __future__ import annotations

from dataclasses import dataclass

from scenarios.day.dom import Element

_NOT_SENT = ("submit", "button", "image", "reset", "file")


class NoSuchField(LookupError):
    """The page has no such label, choice or button."""


@dataclass
class Field:
    """What bears one name: a text, a select, or a group of radios or boxes."""

    label: str
    within: str  # the heading of the section that it stands in (「2人目」), "" outside of any
    name: str
    kind: str  # text, select, radio, checkbox
    options: list[tuple[str, str]]  # (value, its words)
    values: list[str]

    def set(self, wanted: str | list[str]) -> None:
        """As a clerk would: a text is typed, a choice is taken by its words."""
        if self.kind == "text":
            assert isinstance(wanted, str)
            self.values = [wanted]
            return
        chosen = [wanted] if isinstance(wanted, str) else wanted
        self.values = [self._value(words) for words in chosen if words]

    def _value(self, words: str) -> str:
        for value, shown in self.options:
            if shown == words or (self.kind != "select" and shown.startswith(words)):
                return value
        raise NoSuchField(f"{self.label}: {words} (there are {[shown for _, shown in self.options]})")


class Form:
    """A form of a page; `action` is the address it goes to."""

    def __init__(self, element: Element, page_address: str) -> None:
        self.element = element
        self.action = element.get("action") or page_address
        self.method = element.get("method").lower() or "get"
        self.hidden: list[tuple[str, str]] = []
        self.fields: list[Field] = []
        self._labels = {each.get("for"): each.text for each in element.all("label") if each.get("for")}
        for control in element.all("input", "select", "textarea"):
            self._take(control)
        self.buttons = [
            each
            for each in (*element.all("button", "input"), *_elsewhere(element))
            if (each.get("type") or "submit") == "submit" and (each.tag == "button" or each.has("type"))
        ]

    def _take(self, control: Element) -> None:
        kind, name = control.get("type") if control.tag == "input" else control.tag, control.get("name")
        if not name or control.has("disabled") or kind in _NOT_SENT:
            return
        if kind == "hidden":
            self.hidden.append((name, control.get("value")))
        elif kind in ("radio", "checkbox"):
            self._take_choice(control, kind, name)
        elif kind == "select":
            options = [(each.get("value") if each.has("value") else each.text, each.text) for each in control.all("option")]
            chosen = [each.get("value") if each.has("value") else each.text for each in control.all("option") if each.has("selected")]
            self.fields.append(Field(self._label(control), _section(control), name, "select", options, chosen or [options[0][0]] if options else []))
        else:
            value = "".join(c for c in control.children if isinstance(c, str)) if control.tag == "textarea" else control.get("value")
            self.fields.append(Field(self._label(control), _section(control), name, "text", [], [value]))

    def _take_choice(self, control: Element, kind: str, name: str) -> None:
        around = control.above("label")
        words = around.text if around is not None else self._label(control)
        value = control.get("value") or "on"
        known = next((each for each in self.fields if each.name == name and each.kind == kind), None)
        if known is None:
            known = Field(self._group_label(control) or words, _section(control), name, kind, [], [])
            self.fields.append(known)
        known.options.append((value, words))
        if control.has("checked"):
            known.values.append(value)

    def _label(self, control: Element) -> str:
        return self._labels.get(control.get("id"), "") or control.get("aria-label") or control.get("name")

    def _group_label(self, control: Element) -> str:
        """The words that name a group of radios or boxes (role group with aria-labelledby), "" for a single box."""
        around = control.parent
        while around is not None and around is not self.element:
            if around.get("role") in ("radiogroup", "group"):
                return next((each.text for each in self.element.all() if each.get("id") == around.get("aria-labelledby")), "")
            around = around.parent
        return ""

    # --- the clerk's hand ---------------------------------------------------------------------------------------------

    def field(self, label: str, within: str = "") -> Field:
        """The field with this label, in the section whose heading begins with `within` (「2人目」)."""
        for each in self.fields:
            if each.label == label and each.within.startswith(within) and bool(each.within) == bool(within):
                return each
        raise NoSuchField(f"no field {label} in {within or 'the form'}: {[each.label for each in self.fields if each.within.startswith(within)]}")

    def fill(self, texts: dict[str, str | list[str]], within: str = "") -> None:
        for label, wanted in texts.items():
            self.field(label, within).set(wanted)

    def value(self, label: str, within: str = "") -> str:
        return (self.field(label, within).values or [""])[-1]

    def button(self, words: str) -> Element:
        for each in self.buttons:
            if each.text.startswith(words):
                return each
        raise NoSuchField(f"no button {words}: {[each.text for each in self.buttons]}")

    def has_button(self, words: str) -> bool:
        return any(each.text.startswith(words) for each in self.buttons)

    def sent_with(self, words: str) -> tuple[str, list[tuple[str, str]]]:
        """(address, everything that is sent) when the button with these words is pressed."""
        button = self.button(words)
        sent = [*self.hidden, *((each.name, value) for each in self.fields for value in each.values)]
        if button.get("name"):
            sent.append((button.get("name"), button.get("value")))
        return button.get("formaction") or self.action, sent


def _elsewhere(form: Element) -> list[Element]:
    """The buttons of this form that lie outside of it."""
    page = form
    while page.parent is not None:
        page = page.parent
    return [each for each in page.all("button") if form.get("id") and each.get("form") == form.get("id")]


def _section(control: Element) -> str:
    section = control.above("section")
    heading = section.first("h2", "h3") if section is not None else None
    return heading.text if heading is not None and section is not None and not section.is_of("summary") else ""
