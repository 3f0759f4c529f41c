"""その日の世界 — the city of this day, its officers at their terminals, and what everybody outside must have been told by its end."""

from __future__ import annotations

import shutil
import subprocess
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from scenarios.day import outside, papers
from scenarios.day.browser import Page
from scenarios.day.city import City
from scenarios.day.forms import Form
from scenarios.day.officer import NotAsExpected, Officer, alerts, errors
from scenarios.day.papers import Paper
from scenarios.day.report import Report

# layouts/codes.csv, update_reason
MOVED_IN, BORN, MOVED_OUT, DIED, RELOCATED, CORRECTED, NUMBER_GIVEN = "11", "12", "21", "22", "31", "32", "43"
_REASON = {
    "転入": MOVED_IN, "再転入": MOVED_IN, "転入（国外から）": MOVED_IN, "出生": BORN, "死亡": DIED, "転出": MOVED_OUT, "転居": RELOCATED,
    "個人番号の指定": NUMBER_GIVEN,
}  # fmt: skip
# Who sits at the screens of the other systems: as the launcher's table names system and duty.
DESKS = {
    "juki_net": ("住基ネット・市町村CS", "住基ネット操作者"), "chukan": ("中間サーバー", "番号連携担当"), "atena": ("統合宛名", "番号連携担当"),
    "konbini": ("コンビニ交付", "コンビニ交付担当"), "transfers": ("庁内連携", "庁内連携担当"),
}  # fmt: skip


@dataclass(frozen=True)
class Told:
    """One person's 異動: an update that the prefecture must have received; after a 転入 from a city a notice to `addressee` as well."""

    juminhyo_code: str
    reason: str
    address: str
    addressee: str


@dataclass
class World:
    """`clerk` and `colleague` enter, `examiner` examines, `stranger` is of another 課, `manager` may read the trail.

    `refused`: what each counterpart was made to refuse, by its reply code (decade/outages.py); everything else it must have taken.
    `kept`: what a later story must know of an earlier one, by what it is. `papers`: the first of each kind that the city handed over.
    """

    city: City
    folder: Path
    report: Report
    clerk: Officer
    colleague: Officer
    examiner: Officer
    stranger: Officer
    manager: Officer
    told: list[Told] = field(default_factory=list)
    refused: dict[str, Counter[str]] = field(default_factory=dict)
    kept: dict[str, str] = field(default_factory=dict)
    papers: dict[str, Path] = field(default_factory=dict)
    _desks: dict[str, Officer] = field(default_factory=dict)
    _since: dict[str, date] = field(default_factory=dict)

    @property
    def officers(self) -> tuple[Officer, ...]:
        return self.clerk, self.colleague, self.examiner, self.stranger, self.manager

    def turn(self, to: date) -> None:
        """Turn the city's clock, and every process with it, to the morning of a later day. Clerk and examiner begin anew."""
        code, said = self.city.operate("clock", "set", to.isoformat())
        if code:
            raise RuntimeError(said)
        papers.CALENDAR.today = to
        for terminal, officer in enumerate((self.clerk, self.examiner)):
            officer.sign_in(terminal)

    def run_job(self, name: str, system: str = "residents") -> tuple[int, str]:
        """`daicho job run`, again while the worker is at that very job, as it may be: what is due begins with the city."""
        return outside.until(lambda: self.city.operate("job", "run", name, "--system", system), lambda seen: "is running already" not in seen[1])

    def officer_of(self, system: str) -> Officer:
        """Who sits at the screens of another system."""
        if system not in self._desks:
            self._desks[system] = Officer(self.city.account(*DESKS[system]))
        return self._desks[system]

    def desk(self, system: str) -> Officer:
        """The same, signed in today."""
        officer = self.officer_of(system)
        if self._since.get(system) != papers.today():
            officer.sign_in(0)
            self._since[system] = papers.today()
        return officer

    def enter(self, officer: Officer, paper: Paper, step: str) -> str:
        """仮登録 of the form that the officer has begun; returns the filing's number, "" when it was not entered."""
        officer.enter(paper)
        return self._entered(officer, step)

    def confirmed(self, officer: Officer, step: str) -> str:
        """The filing's number, once every alert that 仮登録 has met is answered: where what is tried is that the event can be recorded. NotAsExpected."""
        if officer.page.status == 422 and not errors(officer.page):
            officer.page = officer.browser.press(officer.answer({"": "届書と資料を確かめた"}), "仮登録")
        number = self._entered(officer, step)
        if not number:
            raise NotAsExpected(officer.page.text[:300])
        return number

    def _entered(self, officer: Officer, step: str) -> str:
        """What became of 仮登録, noted; the filing's number, "" when it was not entered."""
        page, done = officer.page, officer.is_entered()
        stands = "／".join((*errors(page), *alerts(page)))
        self.report.check(f"{step}：仮登録", "仮登録される", "仮登録された" if done else f"{page.status} {stands or page.text[:200]}", done)
        return officer.filing_no() if done else ""

    def examine(self, filing_no: str, step: str) -> Page:
        """照合 and 本登録 by the examiner."""
        page = self.examiner.register(filing_no)
        done = "本登録しました" in page.heading
        self.report.check(f"{step}：照合・本登録", "本登録される", "本登録された" if done else page.text[:200], done)
        return page

    def register(self, paper: Paper, filing_no: str, codes: list[str], step: str) -> Page:
        """The same, and from now on the prefecture must come to know of each person (`codes`)."""
        page = self.examine(filing_no, step)
        self.will_be_told(paper, codes)
        return page

    def will_be_told(self, paper: Paper, codes: list[str]) -> None:
        self.told += [Told(code, _REASON[paper.event], paper.address_outside, paper.addressee) for code in codes]

    def tell(self, event: str, code: str, address: str) -> None:
        """The same where the paper says neither number nor address: of a child that was born, of somebody who dies or leaves."""
        self.told.append(Told(code, _REASON[event], address, ""))

    def enter_and_register(self, officer: Officer, paper: Paper, codes: list[str], step: str) -> Page:
        """The whole way of a paper whose form is open."""
        return self.register(paper, self.enter(officer, paper, step), codes, step)

    def certificate(
        self,
        officer: Officer,
        name: str,
        file: str,
        shown: tuple[str, ...] = (),
        household: tuple[str, ...] = (),
        chosen: dict[str, str] | None = None,
        filled: dict[str, str | list[str]] | None = None,
    ) -> str:
        """A certificate of the card that the officer has open, kept as PDF; returns its text ("" without pdftotext). Without more a 住民票の写し.

        `household`: the names of those to be put on one household sheet; without any a personal sheet of the card's person. `chosen`: another sheet or
        certificate, after which the page offers its own entries; `filled`: those.
        """
        card = officer.page
        officer.go(card.link("証明書"))
        form = officer.page.form("交付する")
        if chosen:
            form.fill(dict(chosen))
            form = officer.browser.press(form, "内容を確かめる").form("交付する")
            form.fill(filled or {})
        else:
            form.fill({"記載する事項": list(shown)})
        if household:
            form.fill({"証明書": "住民票の写し（世帯連記式）", "載せる人": list(household)})
        answer = officer.browser.press(form, "交付する")
        officer.page = card
        ok = answer.status == 200 and answer.body.startswith(b"%PDF-")
        self.report.check(
            f"{name}の{(chosen or {}).get('証明書', '住民票の写し')}",
            "PDF",
            f"PDF {len(answer.body):,}バイト" if ok else f"{answer.status} {'／'.join(errors(answer)) or answer.text[:300]}",
            ok,
        )
        if not ok:
            return ""
        again = officer.browser.press(form, "交付する")
        self.report.check("同じ画面からもう一度交付", "409 1部だけ", f"{again.status} {'1部だけ' if again.status == 409 else again.kind}")
        path = self.folder / file
        path.write_bytes(answer.body)
        if chosen:
            self.papers.setdefault(chosen["証明書"], path)
        return text_of(path)

    def take(self, officer: Officer, form: Form, button: str, kind: str) -> str:
        """A paper of this kind, by this button; the first of each is kept as a PDF. Its text, "" for none."""
        answer = officer.browser.press(form, button)
        ok = answer.status == 200 and answer.body.startswith(b"%PDF-")
        self.report.check(kind, "PDF", f"PDF {len(answer.body):,}バイト" if ok else f"{answer.status} {'／'.join(errors(answer)) or answer.text[:300]}", ok)
        if not ok:
            return ""
        path = self.papers.setdefault(kind, self.folder / f"paper_{len(self.papers) + 1:02d}.pdf")
        path.write_bytes(answer.body)
        text = text_of(path)
        self.report.check(f"{kind}：読める", "文字がある", "文字がある" if text.strip() or not shutil.which("pdftotext") else "文字がない")
        return text

    def put_out_letters(self, officer: Officer) -> None:
        """What the page that the officer sees offers to put out because of an event: every letter, and the paper of those who leave."""
        for element in officer.page.root.all("form"):
            form = Form(element, officer.page.address)
            for button in form.buttons:
                kind = (
                    button.text.split("：", 1)[-1]
                    if button.text.startswith("出力")
                    else button.text.split("を交付する")[0]
                    if "を交付する" in button.text
                    else ""
                )
                if kind and not button.has("disabled"):
                    self.take(officer, form, button.text, kind)

    def move_out_paper(self, officer: Officer, button: str, reason: str = "") -> str:
        """転出証明書 from the page that the officer has open; its text without white space. `reason`: of a 再交付."""
        form = officer.page.form(button)
        if reason:
            form.fill({"再交付の申出の理由": reason}, within="転出証明書")
        return "".join(self.take(officer, form, button, button).split())


def text_of(pdf: Path) -> str:
    """The text of a PDF as pdftotext reads it; "" where there is none."""
    program = shutil.which("pdftotext")
    if program is None:
        return ""
    return subprocess.run([program, "-layout", str(pdf), "-"], capture_output=True, text=True, check=True).stdout


def codes_of(paper: Paper) -> list[str]:
    return [person["住民票コード"] for person in paper.people]
