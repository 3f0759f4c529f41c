"""通知書の設定 — the words of every letter, as its definition brings them, and what stands on all of them. 標準1.3, 4; 文面は市区町村が定める."""

from collections.abc import Iterator

from daicho.certificates.letters import ALL_LETTERS
from daicho.city.defaults.declaration import OWN, Default, Topic, text
from daicho.city.kinds import LetterText

_SOURCE = f"{OWN}（文面は市が定める。標準の帳票章20は未入手）"


def _texts() -> Iterator[Default]:
    """Body and 注意書 of each letter; what several letters share stands once, with the names that all of them fill."""
    said: dict[str, tuple[str, str, list[tuple[str, ...]]]] = {}
    for letter in ALL_LETTERS:
        for key, what, words in ((letter.text_key, "本文", letter.body), (letter.note_key, "注意書", letter.note)):
            if key:
                said.setdefault(key, (f"「{letter.ja}」の{what}", words, []))[2].append(letter.fills)
    for key, (ja, words, fills) in said.items():
        common = tuple(name for name in fills[0] if all(name in each for each in fills))
        more = f"（ほか{len(fills) - 1}種の通知書と共通）" if len(fills) > 1 else ""
        yield Default(key, ja + more, words, _SOURCE, LetterText(common, may_be_empty=ja.endswith("注意書")))


TOPIC = Topic(
    "letters",
    "通知書の文面",
    (
        text("letter_no_prefix", "通知書の文書番号の頭に置く文字（例：樽戸住）", "樽戸住", _SOURCE),
        text("letter_telephone", "通知書に載せる問い合わせ先の電話番号", "0134-00-0000", f"{OWN}（見本。市の番号を登録する）"),
        *_texts(),
    ),
)
