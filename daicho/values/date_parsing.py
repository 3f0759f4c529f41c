"""年月日の読取り — what a clerk types or a file holds, taken apart: 和暦 in full or by letter, 西暦, the uncertain forms. 標準1.1.8, 1.1.9."""

import re
from collections.abc import Callable

from daicho.values import eras
from daicho.values.date_bounds import must_be_writable
from daicho.values.date_parts import WESTERN, BadDate, DateForm, DateParts

_HOW = "「令和8年4月1日」「R8.4.1」「2026-04-01」のように入力してください。"

# Full-width digits, letters, separators and spaces to half width; the signs that stand for a hyphen or 「頃」 to one each.
_TO_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_FOLD = str.maketrans({"\u3000": " ", "－": "-", "‐": "-", "−": "-", "–": "-", "ー": "-", "．": ".", "。": ".", "・": ".", "／": "/"})

_YEAR = r"(?P<era>{eras})?(?P<year>\d{{1,4}}|元)年"
_END_YEAR = r"(?:(?P<end_era>{eras})?(?P<end_year>\d{{1,4}}|元)年)?"
_MONTH = r"(?P<leap>閏)?(?P<month>\d{{1,2}})月"
_DAY = r"(?P<day>\d{{1,2}})日"
_THIRD = r"(?P<word>[上中下]旬)"

_JAPANESE: tuple[tuple[DateForm, str], ...] = (
    (DateForm.DAY, _YEAR + _MONTH + _DAY),
    (DateForm.YEAR_ABOUT, _YEAR + "頃"),
    (DateForm.MONTH_ABOUT, _YEAR + _MONTH + "頃"),
    (DateForm.DAY_ABOUT, _YEAR + _MONTH + _DAY + "頃"),
    (DateForm.PRESUMED_DAY, "推定" + _YEAR + _MONTH + _DAY),
    (DateForm.PRESUMED_MONTH, "推定" + _YEAR + _MONTH),
    (DateForm.SEASON, _YEAR + "(?P<word>[春夏秋冬])"),
    (DateForm.THIRD, _YEAR + _MONTH + _THIRD),
    (DateForm.THIRD_ABOUT, _YEAR + _MONTH + _THIRD + "頃"),
    (DateForm.UNKNOWN, "年月日不詳"),
    (DateForm.YEAR_ONLY, _YEAR + "月日不詳"),
    (DateForm.MONTH_ONLY, _YEAR + _MONTH + "日不詳"),
    (DateForm.SPAN, _YEAR + _MONTH + _DAY + "から" + _END_YEAR + r"(?P<end_month>\d{{1,2}})月(?P<end_day>\d{{1,2}})日頃までの間"),
    (DateForm.PRESUMED_SPAN, _YEAR + _MONTH + "推定" + _DAY + r"から(?P<end_day>\d{{1,2}})日までの間"),
    (DateForm.ABOUT_SPAN, _YEAR + _MONTH + _DAY + r"頃から(?P<end_day>\d{{1,2}})日頃までの間"),
)
_SHORT: tuple[str, ...] = (
    r"(?P<era>{eras})(?P<year>\d{{1,3}}|元)(?P<sign>[./-])(?P<month>\d{{1,2}})(?P=sign)(?P<day>\d{{1,2}})",
    r"(?P<year>\d{{4}})(?P<sign>[./-])(?P<month>\d{{1,2}})(?P=sign)(?P<day>\d{{1,2}})",
    r"(?P<era>{eras})(?P<year>\d\d)(?P<month>\d\d)(?P<day>\d\d)",
    r"(?P<year>\d{{4}})(?P<month>\d\d)(?P<day>\d\d)",
)


def parse(text: str) -> DateParts:
    """The parts of a date as typed; BadDate says in Japanese what is wrong. Whether the item may hold it is not asked here."""
    typed = text.translate(_FOLD).translate(_TO_HALF_WIDTH).upper().replace("ころ", "頃").replace("ごろ", "頃").replace("うるう", "閏")
    typed = "".join(typed.split())
    if not typed:
        raise BadDate(f"年月日が入力されていません。{_HOW}")
    known = eras.known()
    for form, pattern in _patterns(known):
        match = pattern.fullmatch(typed)
        if match is not None:
            return must_be_writable(_parts(form, match.groupdict().get, known))
    raise BadDate(f"「{text.strip()}」は年月日として読み取れません。{_HOW}年月日の一部が分からないときは「令和2年5月 日不詳」などの形を選んでください。")


_compiled: tuple[eras.Eras, tuple[tuple[DateForm, re.Pattern[str]], ...]] | None = None


def _patterns(known: eras.Eras) -> tuple[tuple[DateForm, re.Pattern[str]], ...]:
    """The patterns with the names of the known eras in them; made again when an era was added."""
    global _compiled
    if _compiled is None or _compiled[0] is not known:
        names = "|".join(sorted(map(re.escape, known.by_written), key=len, reverse=True))
        forms = (*_JAPANESE, *((DateForm.DAY, short) for short in _SHORT))
        _compiled = known, tuple((form, re.compile(pattern.format(eras=names), re.ASCII)) for form, pattern in forms)
    return _compiled[1]


def _parts(form: DateForm, found: Callable[[str], str | None], known: eras.Eras) -> DateParts:
    if form is DateForm.UNKNOWN:
        return DateParts(form)
    era, year = _year(found("era"), found("year"), known)
    end_written = found("end_year")
    end_era, end_year = _year(found("end_era") or found("era"), end_written, known) if end_written else (WESTERN, 0)
    return DateParts(
        form=form,
        era=era,
        year=year,
        month=int(found("month") or 0),
        day=int(found("day") or 0),
        is_leap_month=bool(found("leap")),
        word=found("word") or "",
        end_era=end_era,
        end_year=end_year,
        end_month=int(found("end_month") or 0),
        end_day=int(found("end_day") or 0),
    )


def _year(era: str | None, year: str | None, known: eras.Eras) -> tuple[str, int]:
    """Era code and year; a bare year is Western and has four digits, lest 「30年5月1日」 be taken for the year 30."""
    number = 1 if year == "元" else int(year or 0)
    if era:
        if number < 1 or number > 999:
            raise BadDate(f"年「{year}」が正しくありません。年は1（元年）以上で入力してください。")
        return known.by_written[era].code, number
    if year == "元" or number < 1000:
        raise BadDate(f"「{year}年」の元号が入力されていません。「令和」などの元号を付けるか、西暦4桁で入力してください。")
    return WESTERN, number
