"""組版 — one kept typst compiler: data in, PDF/A out, the same bytes for the same data in any process (design §7)."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Lock

import typst

from daicho.paper.errors import FontMissing, TypesettingFailed
from daicho.paper.fonts import FontSet

# PDF/A-2a: archivable, tagged, every character with its Unicode value; PDF/UA-1: readable aloud. The typesetter enforces both or refuses.
STANDARDS: list[typst.PDFStandard] = ["a-2a", "ua-1"]


class Engine:
    """A typst compiler for the templates under one folder, with the registered fonts and no others.

    The compiler keeps parsed fonts and templates, so that a page costs milliseconds; it is not re-entrant, hence the lock.
    """

    def __init__(self, fonts: FontSet, templates: Path) -> None:
        self.fonts = fonts
        self.templates = templates
        self._lock = Lock()
        # The compiler takes folders, not files: this one shows it the registered fonts alone, and is read while the compiler is made.
        with tempfile.TemporaryDirectory(prefix="daicho-fonts-") as folder:
            self._compiler = typst.Compiler(root=templates, font_paths=_only(fonts, Path(folder)))

    def pdf(self, template: str, data: Mapping[str, object], dated: date) -> bytes:
        """The template (a file name under `templates`) filled with `data` (JSON values only, reaching it as `sys.inputs.data`).

        `dated` is the document's date; no clock is read. The fonts' families are added as `fonts`. Raises `TypesettingFailed`.
        """
        filled = json.dumps({**data, "fonts": list(self.fonts.families), "date": [dated.year, dated.month, dated.day]}, ensure_ascii=False)
        stamp = datetime(dated.year, dated.month, dated.day, tzinfo=UTC)
        try:
            with self._lock:
                made = self._compiler.compile(
                    input=self.templates / template, format="pdf", sys_inputs={"data": filled}, pdf_standards=STANDARDS, timestamp=stamp
                )
        except typst.TypstError as error:
            raise TypesettingFailed(f"文書「{template}」を組版できませんでした。運用担当者に連絡してください。") from _without_data(error)
        if not isinstance(made, bytes):
            raise TypesettingFailed(f"文書「{template}」を組版できませんでした。運用担当者に連絡してください。")
        return made


def _only(fonts: FontSet, folder: Path) -> typst.Fonts:
    """The registered fonts and no others; each must bear the family name under which it is registered."""
    for order, font in enumerate(fonts.fonts):
        (folder / f"{order}{font.path.suffix}").symlink_to(font.path)
    known = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
    absent = set(fonts.families) - set(known.families())
    if absent:
        raise FontMissing(f"証明書用フォント「{'、'.join(sorted(absent))}」を読み込めません。フォントの登録名とファイルを確認してください。")
    return known


def _without_data(error: typst.TypstError) -> Exception:
    """The typesetter's message names places in the template; its diagnostic may quote values, so that part is left behind."""
    return RuntimeError(str(error.message)[:200])
