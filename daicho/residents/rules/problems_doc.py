"""エラー・アラート一覧 — docs/problems.md and the screen of it, made from the catalogue itself. std 11.1 (N-11.1-07); `daicho problems`."""

from __future__ import annotations

from collections.abc import Iterable

from daicho.residents.rules.problems import CATALOGUE, Entry

HEADING = """# エラー・アラート一覧

この一覧は目録（`daicho/residents/rules/problems.csv`）から作られます（`daicho problems`）。手で直さず、目録を直してください。
エラーは原因が解消されるまで本登録できません。アラートは、理由を記録して進めることができます。〔〕の中は、その場の言葉に替わります。
"""

PLACES = {
    "age": "年齢",
    "article": "根拠の条文",
    "building": "建物の名称",
    "days": "日数",
    "event": "異動",
    "fault": "誤りの内容と直し方",
    "history_no": "番号",
    "households": "数",
    "insurance": "保険",
    "label": "項目",
    "kind": "種別",
    "labels": "項目",
    "left": "件数",
    "line": "番号",
    "lines": "数",
    "low": "件数",
    "officer": "職員",
    "people": "人数",
    "refusal": "受け付けられない理由と対応",
    "relationship": "続柄",
    "sex": "性別",
    "since": "時刻",
    "why": "理由",
    "whose": "日本人住民・外国人住民",
    "written": "年月日",
}
"""What stands on the list in the place of a word that only the finding knows."""


def listed(entries: Iterable[Entry] = tuple(CATALOGUE.values())) -> list[Entry]:
    """The entries as one reads them on a list, in the order of the catalogue."""
    return [entry.with_words({name: f"〔{PLACES[name]}〕" for name in entry.places}) for entry in entries]


def problems_document() -> str:
    """The whole document."""
    rows = (f'| <a id="{e.code}"></a>`{e.code}` | {e.kind} | {e.item} | {e.reason} | {e.action} | {e.article} |' for e in listed())
    return "\n".join([HEADING, "| 符号 | 区分 | 項目 | 理由 | 対応方法 | 条文・標準仕様 |", "|---|---|---|---|---|---|", *rows, ""])
