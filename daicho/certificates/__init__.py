"""証明書 — what a certificate says, as pure data: one definition per 証明書, its typst template beside it. 住基法12条ほか.

The way: a room's query makes a `CertificateRecord` of each person and `Subjects` of them all; `definition.check()` names what forbids the issue;
`definition.compose()` gives a `Document`, pages of labelled boxes with their printed text; `daicho.paper.press.Press` makes it a PDF.
"""

from pathlib import Path

TEMPLATES = Path(__file__).parent / "templates"
"""The folder of typst templates, for the press."""
