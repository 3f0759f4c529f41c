"""職員 — one made-up officer at a terminal: signs in, receives a visitor, searches, enters, examines. Only what the pages offer."""

from __future__ import annotations

from dataclasses import dataclass, field

from scenarios.authenticator import Authenticator
from scenarios.day.browser import Browser, Page
from scenarios.day.city import Account
from scenarios.day.dom import Element
from scenarios.day.forms import Form
from scenarios.day.papers import Paper


class NotAsExpected(Exception):
    """A page that a step cannot go on from."""


@dataclass
class Officer:
    """`page` is what the officer sees now."""

    account: Account
    browser: Browser = field(init=False)
    device: Authenticator = field(init=False)
    page: Page = field(init=False)
    name: str = field(init=False, default="")

    def __post_init__(self) -> None:
        self.browser = Browser(self.account.address)
        self.device = Authenticator(self.account.address.rstrip("/"))

    # --- the day --------------------------------------------------------------------------------------------------------

    def sign_in(self, terminal: int) -> Page:
        """Begin at the terminal with this place in the list; where the system asks for a body, with the officer's device."""
        self.give_password(terminal)
        if self.page.has_button("次へ"):
            self._enrol()
        if self.page.has_button("認証する"):
            self._show_body("認証する")
        self.name = next((dd.text for dd in self.page.root.all("dd") if dd.parent and dd.parent.text.startswith("利用者")), "").split("　", 1)[-1]
        if self.page.has_button("利用開始") or not self.name:
            raise NotAsExpected(f"{self.account.login} was not admitted: {self.page.text[:200]}")
        return self.page

    def give_password(self, terminal: int) -> Page:
        """The first half of signing in, and in most systems the whole."""
        form = self.browser.get("/").form("利用開始")
        choices = form.field("端末").options
        form.field("端末").values = [choices[terminal % len(choices)][0]]
        form.fill({"利用者ID": self.account.login, "パスワード": self.account.password})
        self.page = self.browser.press(form, "利用開始")
        return self.page

    def _enrol(self) -> None:
        """Register the device with the code that two administrators gave."""
        form = self.page.form("次へ")
        form.fill({"登録コード": self.account.code})
        self.page = self.browser.press(form, "次へ")
        self._show_body("登録する")

    def _show_body(self, button: str) -> None:
        """As the page's script does: the device answers its question, and the answer is sent."""
        form = self.page.form(button)
        ceremonies = {"create": self.device.create, "get": self.device.get}
        answer = ceremonies[form.element.get("data-ceremony")](form.element.get("data-question"))
        form.hidden = [(name, answer if name == "answer" else value) for name, value in form.hidden]
        self.page = self.browser.press(form, button)

    def sign_off(self) -> Page:
        self.page = self.browser.get("/")
        return self._press("利用終了")

    def receive(self, visitor: str, purpose: str, standing: str = "本人", shown: dict[str, str | list[str]] | None = None) -> Page:
        """受付 of a visitor; one who is still in hand has left. `shown`: what an agent shows beside."""
        self.page = self.browser.get("/")
        self._follow("受付")
        if self.page.has_button("受付を終えて"):
            self._press("受付を終えて")
        form = self.page.form("受付を始める")
        form.fill(
            {"来庁した人の氏名": visitor, "資格": standing, "本人確認の方法": "写真つき", "確認した書類": ["運転免許証"], "用件": purpose, **(shown or {})}
        )
        self.page = self.browser.press(form, "受付を始める")
        if "受付中" not in self.page.root.text:
            raise NotAsExpected(f"the visit was not opened: {self.page.text[:300]}")
        return self.page

    # --- finding ----------------------------------------------------------------------------------------------------------

    def search(self, keys: dict[str, str]) -> Page:
        """Search by the labels of the form."""
        self.page = self.browser.get("/")
        self._follow("検索")
        self._follow("条件を消す")
        form = self.page.form("検索する")
        form.fill({**keys})
        self.page = self.browser.press(form, "検索する")
        return self.page

    def hits(self) -> list[dict[str, Element]]:
        return self.page.table("見つかった人")

    def open(self, name: str, kana: str, birth: str, state: str = "現存") -> Page:
        """The card of one person, found by kana and birth date. NotAsExpected unless exactly one is found in this state."""
        self.search({"氏名・フリガナ": kana, "生年月日": birth})
        found = [row for row in self.hits() if name in row["氏名"].text and state in row["状態"].text]
        if len(found) != 1:
            raise NotAsExpected(f"{len(found)} persons {name} {birth} ({state}): {self.page.text[:300]}")
        return self.go(link_in(found[0]["氏名"]))

    def go(self, address: str) -> Page:
        self.page = self.browser.get(address)
        return self.page

    def reveal(self, label: str) -> str:
        """A number of the card that is open, opened by right."""
        self.page = self.browser.press(self.page.form(f"表示 ：{label}"), f"表示 ：{label}")
        return self.page.fact(label).replace(" ", "")

    # --- entering ---------------------------------------------------------------------------------------------------------

    def begin(self, paper: Paper) -> Page:
        """The form of a 転入 of newcomers, from the menu; or, on a card, of 転居 or 再転入 with the movers of the paper.

        Movers are names, or 全員, or 本人: whoever the card is of, as the page offers it.
        """
        if not paper.movers:
            self.page = self.browser.get("/")
            self._follow("異動の届出")
            self._follow(paper.event)
            form = self.page.form("入力を始める")
            form.fill({f"{paper.event}する人数": str(len(paper.people))})
            self.page = self.browser.press(form, "入力を始める")
            return self.page
        self._follow(paper.event)
        if paper.movers == ("本人",):
            return self._press("入力を始める")
        if paper.movers == ("全員",):
            return self._press("全員で始める") if self.page.has_button("全員で始める") else self._press("入力を始める")
        form = self.page.form("入力を始める")
        form_of_people = next(each for each in form.fields if each.name == "person")
        form_of_people.set(list(paper.movers))
        self.page = self.browser.press(form, "入力を始める")
        return self.page

    def cancel(self, event: str) -> Page:
        """異動の取消し of the newest 異動 of this kind, begun from the history of the card that is open."""
        self._follow("異動履歴")
        rows = [row for row in self.page.table("異動履歴") if row["異動"].text.startswith(event) and link_in(row["処理"], "取り消す")]
        self.go(link_in(rows[0]["処理"], "取り消す"))
        return self._press("取消しの入力を始める")

    def fill(self, paper: Paper) -> Form:
        """The form that is open, filled as the paper says."""
        form = self.page.form("仮登録")
        form.fill(dict(paper.filing))
        for index, person in enumerate(paper.people, 1):
            form.fill(dict(person), within=f"{index}人目")
        return form

    def enter(self, paper: Paper) -> Page:
        """仮登録; alerts that the paper foresees are answered, others stay."""
        self.page = self.browser.press(self.fill(paper), "仮登録")
        if self.page.status == 422 and paper.reasons and not errors(self.page):
            self.page = self.browser.press(self.answer(paper.reasons), "仮登録")
        return self.page

    def answer(self, reasons: dict[str, str]) -> Form:
        """The form with the reasons for going on."""
        form = self.page.form("仮登録")
        summary = next((each for each in self.page.root.all("section") if each.is_of("summary--alert")), None)
        for line in summary.all("li") if summary is not None else ():
            reason = next((text for words, text in reasons.items() if words in line.text), "")
            box = line.first("input")
            if reason and box is not None:
                next(each for each in form.fields if each.name == box.get("name")).set(reason)
        return form

    def is_entered(self) -> bool:
        return "仮登録しました" in self.page.text

    def filing_no(self) -> str:
        """The number of the filing that is on the page."""
        words = self.page.text.split("届出番号", 1)
        return "".join(c for c in words[1].lstrip()[:12] if c.isdigit()) if len(words) > 1 else ""

    def withdraw(self, reason: str) -> Page:
        form = self.page.form("取り下げる")
        form.fill({"取下げの理由必須" if any(f.label == "取下げの理由必須" for f in form.fields) else "取下げの理由": reason})
        self.page = self.browser.press(form, "取り下げる")
        return self.page

    # --- examining -------------------------------------------------------------------------------------------------------

    def look_at(self, filing_no: str) -> Page:
        """Open a filing from the live list."""
        self.page = self.browser.get("/")
        self._follow("仮登録の一覧")
        self._follow(filing_no)
        return self.page

    def register(self, filing_no: str) -> Page:
        """照合 and 本登録."""
        self.look_at(filing_no)
        self._press("照合済みにする")
        return self._press("本登録する")

    # --- hands -----------------------------------------------------------------------------------------------------------

    def _follow(self, words: str) -> Page:
        return self.go(self.page.link(words))

    def _press(self, words: str) -> Page:
        self.page = self.browser.press(self.page.form(words), words)
        return self.page


def errors(page: Page) -> list[str]:
    """What the summary at the top says is wrong."""
    return [line.text for each in page.root.all("section", "div") if each.is_of("summary--error") for line in each.all("li")]


def alerts(page: Page) -> list[str]:
    """What the summary asks to confirm."""
    return [line.text for each in page.root.all("section") if each.is_of("summary--alert") for line in each.all("li")]


def link_in(cell: Element, words: str = "") -> str:
    """The first link whose words begin so; "" where there is none."""
    return next((link.get("href") for link in cell.all("a") if link.text.startswith(words)), "")
