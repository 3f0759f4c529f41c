"""入力中の画面 — a declaration joined with what was typed and what is wrong with it. Nothing typed is ever lost on an error.

Frozen: `with_…` gives a new form. Problems may come from any room; what is asked of them is in `ProblemLike`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Protocol

from daicho.ui.forms.reading import clean, missing_message, overlong_message
from daicho.ui.forms.spec import FieldGroup, FieldSpec, Kind

OVERRIDE_PREFIX = "override-"


class ProblemLike(Protocol):
    """What a room's rules say of a filing: エラー (blocks) or アラート (may be overridden, with a reason)."""

    @property
    def field(self) -> str: ...
    @property
    def message(self) -> str: ...
    @property
    def blocks(self) -> bool: ...


@dataclass(frozen=True)
class Entry:
    """Where the catalogue of a room says more of a problem: its code there, and the address."""

    code: str
    url: str


@dataclass(frozen=True)
class Problem:
    """The shared packages' own problem. `field` "" = the whole form; `code` names an alert for its override."""

    field: str
    message: str
    blocks: bool = True
    code: str = ""
    about: str = ""  # what it is about, where no field of the form bears its name
    entry: Entry | None = None


@dataclass(frozen=True)
class Finding:
    """A problem as drawn: the field it leads to, the name of what it is about, its message, its entry in the catalogue."""

    field_id: str
    label: str
    message: str
    entry: Entry | None


@dataclass(frozen=True)
class Alert(Finding):
    """An alert as drawn, and the reason for going on, if one was typed."""

    code: str
    reason: str

    @property
    def input_name(self) -> str:
        return OVERRIDE_PREFIX + self.code


@dataclass(frozen=True)
class BoundField:
    """One field with its values and problems, ready to be drawn."""

    spec: FieldSpec
    name: str  # with the form's prefix
    values: tuple[str, ...]
    errors: tuple[Finding, ...]
    alerts: tuple[Finding, ...]
    echo: str = ""  # DATE: how the text is read
    echo_is_ok: bool = True
    copy_from_id: str = ""  # the control whose text the copy button takes

    @property
    def id(self) -> str:
        return f"id-{self.name}"

    @property
    def value(self) -> str:
        return self.values[0] if self.values else ""

    @property
    def is_checked(self) -> bool:
        return self.value == "yes"

    @property
    def described_by(self) -> str:
        """The ids of hint, reading, error and alert, in the order they are read out; "" when there is none."""
        parts = []
        if self.spec.hint:
            parts.append(f"{self.id}-hint")
        if self.spec.present:
            parts.append(f"{self.id}-present")
        if self.spec.kind is Kind.DATE:
            parts.append(f"{self.id}-echo")
        if self.errors:
            parts.append(f"{self.id}-error")
        if self.alerts:
            parts.append(f"{self.id}-alert")
        return " ".join(parts)

    def options(self) -> tuple[tuple[str, str, str, bool], ...]:
        """(value, label, hint, chosen) of each choice."""
        return tuple((choice.value, choice.label, choice.hint, choice.value in self.values) for choice in self.spec.choices)


@dataclass(frozen=True)
class BoundForm:
    """A form as it stands. `data` is a QueryDict or a mapping to a text or to several."""

    specs: tuple[FieldSpec, ...]
    data: Mapping[str, str | Sequence[str]]
    problems: tuple[ProblemLike, ...] = ()
    prefix: str = ""
    hidden: frozenset[str] = field(default=frozenset())  # fields whose values are not given back (passwords)

    @classmethod
    def of_groups(cls, groups: Iterable[FieldGroup], data: Mapping[str, str | Sequence[str]], prefix: str = "") -> BoundForm:
        return cls(tuple(spec for group in groups for spec in group.fields), data, prefix=prefix)

    def with_problems(self, problems: Iterable[ProblemLike]) -> BoundForm:
        return replace(self, problems=(*self.problems, *problems))

    def with_missing(self) -> BoundForm:
        """With a problem for each required field that is empty, and for each text that is too long."""
        empty = [spec for spec in self.specs if spec.required and not any(self.cleaned_values(spec.name))]
        return self.with_problems(Problem(spec.name, missing_message(spec), True) for spec in empty).with_overlong()

    def with_overlong(self) -> BoundForm:
        """With a problem for each text longer than its field allows: the browser's own limit binds no program (F-1-04)."""
        return self.with_problems(
            Problem(spec.name, overlong_message(spec, longest), True)
            for spec in self.specs
            if spec.max_length is not None and (longest := max(map(len, self.cleaned_values(spec.name)), default=0)) > spec.max_length
        )

    def without_value(self, *names: str) -> BoundForm:
        return replace(self, hidden=self.hidden | set(names))

    def spec(self, name: str) -> FieldSpec:
        return self._by_name[name]

    @cached_property
    def _by_name(self) -> dict[str, FieldSpec]:
        return {spec.name: spec for spec in self.specs}

    def values(self, name: str) -> tuple[str, ...]:
        """As typed."""
        key = self.prefix + name
        if hasattr(self.data, "getlist"):
            return tuple(self.data.getlist(key))
        found = self.data.get(key, "")
        return (found,) if isinstance(found, str) else tuple(found)

    def value(self, name: str) -> str:
        """As the rules will see it; several values of a group are not joined: the last one sent counts, as in a browser's form."""
        values = self.cleaned_values(name)
        return values[-1] if values else ""

    def cleaned_values(self, name: str) -> tuple[str, ...]:
        spec = self.spec(name)
        return tuple(cleaned for text in self.values(name) if (cleaned := clean(spec, text)))

    def cleaned(self) -> dict[str, str | tuple[str, ...]]:
        """Every declared field as the rules will see it. What was sent beyond the declaration is not in it (F-1-04)."""
        return {spec.name: self.cleaned_values(spec.name) if spec.takes_many else self.value(spec.name) for spec in self.specs}

    def unknown_names(self, known: Iterable[str] = ("csrfmiddlewaretoken",)) -> tuple[str, ...]:
        """Names that were sent with this form's prefix and are not declared: the caller refuses them (F-1-04)."""
        allowed = {self.prefix + spec.name for spec in self.specs} | set(known)
        return tuple(key for key in self.data if key.startswith(self.prefix) and key not in allowed and not key.startswith(OVERRIDE_PREFIX))

    def overrides(self) -> dict[str, str]:
        """Alert code → the reason typed for going on. Empty reasons are left out."""
        found = {}
        for problem in self.problems:
            reason = self._reason(_code_of(problem))
            if not problem.blocks and reason:
                found[_code_of(problem)] = reason
        return found

    def _reason(self, code: str) -> str:
        found = self.data.get(OVERRIDE_PREFIX + code, "")
        return (found if isinstance(found, str) else (found[-1] if found else "")).strip()

    @property
    def has_errors(self) -> bool:
        return any(problem.blocks for problem in self.problems)

    @property
    def errors(self) -> tuple[Finding, ...]:
        """Each error, in the order of the fields; those of the whole form first."""
        order = {spec.name: place for place, spec in enumerate(self.specs)}
        blocking = sorted((problem for problem in self.problems if problem.blocks), key=lambda problem: order.get(problem.field, -1))
        return tuple(map(self._drawn, blocking))

    @property
    def alerts(self) -> tuple[Alert, ...]:
        return tuple(
            Alert(drawn.field_id, drawn.label, drawn.message, drawn.entry, code, self._reason(code))
            for problem in self.problems
            if not problem.blocks and (code := _code_of(problem)) and (drawn := self._drawn(problem))
        )

    def _drawn(self, problem: ProblemLike) -> Finding:
        label = self._label(problem.field) or getattr(problem, "about", "")
        return Finding(self._anchor(problem.field), label, problem.message, getattr(problem, "entry", None))

    def _anchor(self, name: str) -> str:
        """Where a link of the summary leads: the control, or the first one of a group."""
        if name not in self._by_name:
            return ""
        suffix = "-0" if self._by_name[name].is_group and self._by_name[name].choices else ""
        return f"id-{self.prefix}{name}{suffix}"

    def _label(self, name: str) -> str:
        spec = self._by_name.get(name)
        return (spec.summary_label or spec.label) if spec else ""

    def __getitem__(self, name: str) -> BoundField:
        from daicho.ui.dates import reading_of  # late: the forms stay usable without a calendar

        spec = self.spec(name)
        values = () if name in self.hidden else self.values(name)
        reading = reading_of(values[0], western=self._is_western(spec)) if spec.kind is Kind.DATE and values and values[0].strip() else None
        return BoundField(
            spec=spec,
            name=self.prefix + name,
            values=values,
            errors=tuple(self._drawn(problem) for problem in self.problems if problem.field == name and problem.blocks),
            alerts=tuple(self._drawn(problem) for problem in self.problems if problem.field == name and not problem.blocks),
            echo=reading.text if reading else "",
            echo_is_ok=reading.is_ok if reading else True,
            copy_from_id=f"id-{self.prefix}{spec.copy_from}" if spec.copy_from else "",
        )

    def _is_western(self, spec: FieldSpec) -> bool:
        return spec.western or (spec.western_when is not None and self.value(spec.western_when[0]) == spec.western_when[1])

    def __iter__(self) -> Iterator[BoundField]:
        return (self[spec.name] for spec in self.specs)


def _code_of(problem: ProblemLike) -> str:
    """The name of an alert for its override: its own code, else its field."""
    return str(getattr(problem, "code", "") or problem.field or "form")
