"""利用者IDとパスワードの決まり — what a login, a name and a password may be, and how an authenticator counts. F-1-10, F-1-11 (共用ID禁止), F-2-08. Pure.

Each function returns every problem as a Japanese sentence for the person at the screen; an empty tuple is good news.
"""

from __future__ import annotations

import re
import unicodedata

LOGIN_SHAPE = re.compile(r"[a-z][a-z0-9._-]{2,29}")
KANA_SHAPE = re.compile(r"[ァ-ヺー・ 　]+")

# Words that name a place, a post or everybody, never one person (F-1-11). Whole login but for digits and marks.
_SHARED_LOGIN_WORDS = """
    admin administrator root guest test user users staff shared share common public counter desk window front reception
    madoguchi uketsuke shomin shimin shiminka juki jumin operator ope kyoyo kyotsu shisho clerk temp temporary anonymous
    koseki system sysadmin manager kakari kacho kakaricho rinji office terminal pc kiosk info support help
"""
_SHARED_LOGINS = frozenset(_SHARED_LOGIN_WORDS.split())
_SHARED_NAME_WORDS = (
    "窓口", "受付", "共用", "共有", "共通", "係員", "担当者", "担当", "課員", "職員", "市民課", "戸籍住民課", "支所", "出張所", "臨時",
    "管理者", "テスト", "ゲスト", "システム", "係長", "課長", "端末", "利用者",
    "counter", "admin", "guest", "test", "user", "shared", "staff", "operator",
)  # fmt: skip


def login_problems(login: str) -> tuple[str, ...]:
    """利用者ID: its shape, and that it names one person rather than a counter (F-1-11)."""
    problems = []
    if not LOGIN_SHAPE.fullmatch(login):
        problems.append("利用者IDは、英小文字で始まる3〜30文字の英小文字・数字・「.」「_」「-」で入力してください。")
    bare = re.sub(r"[^a-z]", "", unicodedata.normalize("NFKC", login).lower())
    if bare in _SHARED_LOGINS:
        problems.append("利用者IDが共用の名前です。職員一人ひとりに、その人の利用者IDを付けてください（共用IDの禁止）。")
    return tuple(problems)


def name_problems(name: str, kana: str) -> tuple[str, ...]:
    """氏名・カナ: both halves present, in the right letters, and a person's rather than a desk's (F-1-11)."""
    problems = []
    folded = unicodedata.normalize("NFKC", name).lower()
    if not re.search(r"\S[ 　]+\S", name.strip()):
        problems.append("氏名は、氏と名の間に空白を入れて入力してください。")
    if any(word in folded for word in _SHARED_NAME_WORDS) or re.search(r"\d", folded):
        problems.append("氏名が個人の名前ではありません。職員本人の氏名を入力してください（共用IDの禁止）。")
    if not KANA_SHAPE.fullmatch(kana):
        problems.append("カナ氏名は、全角カタカナで入力してください。")
    return tuple(problems)


def password_problems(password: str, *, login: str, min_length: int) -> tuple[str, ...]:
    """パスワード: long, not one letter repeated or a run of keys, without the login in it."""
    problems = []
    if len(password) < min_length:
        problems.append(f"パスワードは{min_length}文字以上にしてください。")
    if len(set(password)) < 5:
        problems.append("パスワードが単純すぎます。5種類以上の文字を使ってください。")
    if login and login.lower() in password.lower():
        problems.append("パスワードに利用者IDを含めないでください。")
    if _is_run(password):
        problems.append("パスワードが連続した文字です。推測されにくいものにしてください。")
    return tuple(problems)


def count_goes_on(known: int, told: int) -> bool:
    """Whether an authenticator's count follows the known one (WebAuthn §6.1.1). One that does not count tells 0 for ever."""
    return told > known or known == told == 0


def _is_run(password: str) -> bool:
    runs = ("abcdefghijklmnopqrstuvwxyz", "01234567890123456789", "qwertyuiopasdfghjklzxcvbnm")
    lowered = password.lower()
    return len(lowered) > 3 and any(lowered in run or lowered[::-1] in run for run in runs)
