"""通知書の設定 — the words of every letter, as its definition brings them, and what stands on all of them. 標準1.3, 4; 文面は市区町村が定める."""

from collections.abc import Iterator

from daicho.certificates.letters import ALL_LETTERS
from daicho.certificates.letters.forms import ALL_FORMS
from daicho.city.defaults.declaration import OWN, Default, Topic, text, yes_no
from daicho.city.kinds import LetterText

_SOURCE = f"{OWN}（文面は市が定める。標準の帳票章20は未入手）"
_BODY, _NOTE = "本文", "注意書"


def _texts() -> Iterator[Default]:
    """Body and 注意書 of each letter; what several letters share stands once, with the names that all of them fill."""
    said: dict[str, tuple[str, str, list[tuple[str, ...]]]] = {}
    texts = [(f"「{letter.ja}」の{_BODY}", letter.text_key, letter.body, letter.fills) for letter in ALL_LETTERS]
    texts += [(f"「{paper.ja}」の{_NOTE}", paper.note_key, paper.note, getattr(paper, "fills", ())) for paper in (*ALL_LETTERS, *ALL_FORMS)]
    for ja, key, words, fills in texts:
        if key:
            said.setdefault(key, (ja, words, []))[2].append(fills)
    for key, (ja, words, known) in said.items():
        common = tuple(name for name in known[0] if all(name in each for each in known))
        more = f"（ほか{len(known) - 1}種の通知書と共通）" if len(known) > 1 else ""
        yield Default(key, ja + more, words, _SOURCE, LetterText(common, may_be_empty=ja.endswith(_NOTE)))


TOPIC = Topic(
    "letters",
    "通知書の文面",
    (
        text("letter_no_prefix", "通知書の文書番号の頭に置く文字（例：樽戸住）", "樽戸住", _SOURCE),
        text("letter_telephone", "通知書に載せる問い合わせ先の電話番号", "0134-00-0000", f"{OWN}（見本。市の番号を登録する）"),
        yes_no("letters_at_once", "住民票コード通知票・変更通知票・修正通知票を、本登録に続けて自動で出力する", True, "標準4.3.3（一連の流れで自動で出せる）"),
        *_texts(),
    ),
)
