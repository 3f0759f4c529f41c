"""入力画面 — forms made from declarations, and nothing else can be entered. F-1-04.

A room hands over `FieldSpec`s (residents' event fields map to them); `BoundForm` joins them with what was typed and with the
problems that its rules found; the macros `fields`, `field` and `problems` draw it.
"""

from daicho.ui.forms.bound import BoundField, BoundForm, Entry, Finding, Problem
from daicho.ui.forms.reading import clean, missing_message
from daicho.ui.forms.spec import Choice, FieldGroup, FieldSpec, Kind, Offer, Width

__all__ = ["BoundField", "BoundForm", "Choice", "Entry", "FieldGroup", "FieldSpec", "Finding", "Kind", "Offer", "Problem", "Width", "clean", "missing_message"]
