"""照合ページの文面 — what the public reads. No fact about a person is known here, so none can be said."""

from __future__ import annotations

from html import escape

from daicho.check_page.entries import Entry
from daicho.paper.check_code import in_fours
from daicho.values.dates import wareki

_NOT_FOUND = (
    "この番号の証明書は確認できません",
    "番号を確かめて、もう一度入力してください。番号は4文字ずつ4組で、証明書の下の「照合番号」の後に印刷されています。"
    "正しく入力しても確認できないときは、その証明書を受け取らずに、市の住民記録の窓口に問い合わせてください。",
)
_BUSY = ("しばらく待ってから、もう一度お試しください", "短い間に多くの照会がありました。1分ほど待ってから、もう一度お試しください。")
_BROKEN = ("いまは照合できません", "しばらく待ってから、もう一度お試しください。")
_STANDING = {
    "valid": "現在も有効です。",
    "cancelled": "その後、取り消されています。この証明書は使えません。",
    "replaced": "その後、別の証明書に差し替えられています。この証明書は使えません。",
}


def asking(municipality: str) -> str:
    """The page that asks for a code."""
    return _page(municipality, "証明書の照合", f"<p>証明書の下に印刷された照合番号を入力してください。</p>{_form()}{_about()}")


def found(municipality: str, code: str, entry: Entry) -> str:
    """What the city says of a copy."""
    standing = _STANDING[entry.standing]
    day = wareki(entry.issued_on)
    said = f"この番号の証明書は、{day}に当市が発行したものです。{entry.pages}枚。{standing}"
    facts = (("照合番号", in_fours(code)), ("発行日", day), ("枚数", f"{entry.pages}枚"), ("契印", entry.tally))
    rows = "".join(f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>" for name, value in facts)
    body = (
        f'<p class="said {"good" if entry.standing == "valid" else "bad"}" role="status">{escape(said)}</p>'
        f"<p>お手元の証明書の枚数と、各ページの右下の契印が、次と同じであることを確かめてください。違うときは、当市が発行したものではありません。</p>"
        f'<dl id="facts" data-tally="{escape(entry.tally)}" data-code="{escape(code)}">{rows}</dl><p id="scanned" hidden></p>'
        "<section><h2>電子の写し（PDF）を確かめる</h2><p>ファイルを選ぶか、下の枠に落としてください。ファイルは送信されません。要約値をこの端末の中で計算し、"
        "次の値と比べます。</p>"
        f'<div id="drop" data-delivered="{escape(entry.delivered_digest)}" data-unsigned="{escape(entry.unsigned_digest)}">'
        '<label>PDFファイル<input id="file" type="file" accept="application/pdf"></label><p id="same" role="status" aria-live="polite"></p></div>'
        f'<p class="digest">SHA-256<br><code>{escape(entry.delivered_digest)}</code></p></section>'
        f"<section><h2>別の証明書を照合する</h2>{_form()}</section>{_about()}"
    )
    return _page(municipality, "証明書の照合", body)


def not_found(municipality: str) -> str:
    """The same for an unknown code and for what is none."""
    return _told(municipality, _NOT_FOUND)


def busy(municipality: str) -> str:
    return _told(municipality, _BUSY)


def broken(municipality: str) -> str:
    return _told(municipality, _BROKEN)


def _told(municipality: str, words: tuple[str, str]) -> str:
    title, text = words
    return _page(municipality, title, f'<p class="said" role="status">{text}</p>{_form()}{_about()}')


def _form() -> str:
    return (
        '<form method="get" action="/check/"><label for="code">照合番号</label>'
        '<input id="code" name="code" required maxlength="40" autocomplete="off" autocapitalize="characters" spellcheck="false" placeholder="XXXX-XXXX-XXXX-XXXX">'
        "<button>照合する</button></form>"
    )


def _about() -> str:
    return (
        "<footer><p>このページでは、証明書に何が書かれているか、誰のものかは分かりません。</p>"
        '<p>通信せずに確かめる方は、<a href="/check/city.pem">市の証明書（city.pem）</a>と検証の道具をお使いください。</p></footer>'
    )


def _page(municipality: str, title: str, body: str) -> str:
    return (
        f'<!DOCTYPE html><html lang="ja"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta name="robots" content="noindex"><title>{escape(title)}｜{escape(municipality)}</title><link rel="stylesheet" href="/check/check.css">'
        f'<script src="/check/check.js" defer></script></head><body><header><p>{escape(municipality)}</p></header><main><h1>{escape(title)}</h1>{body}</main></body></html>'
    )
