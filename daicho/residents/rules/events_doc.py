"""異動事由一覧 — docs/events.md, made from the definitions themselves. design §3; std 1.2.2; `daicho events`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from daicho.residents.rules.definitions import EventDefinition, Field, Notify
from daicho.residents.rules.standard_reasons import events_under

HEADING = """# 異動事由一覧

この一覧は異動の定義（`daicho/residents/rules/events/`）から作られます（`daicho events`）。手で直さず、定義を直してください。
"""


def events_document(events: Sequence[EventDefinition]) -> str:
    """The whole document."""
    overview = [
        "| 符号 | 異動事由 | 異動事由（標準） | 根拠条文 | 届出・職権等の別 | 記載等の別 | 届出期間 | 対象 |",
        "|---|---|---|---|---|---|---|---|",
        *(
            f"| `{e.code}` | [{e.ja}](#{e.code}) | {e.standard_code} | {e.article} | {e.basis.value} | {e.effect.value} | {_days(e)} | {e.scope.value} |"
            for e in events
        ),
    ]
    return "\n".join([HEADING, *overview, "", *_by_standard(events), "", *(line for event in events for line in _chapter(event))])


def _by_standard(events: Sequence[EventDefinition]) -> list[str]:
    """The closed list of the standard, and what falls under each of it (std 1.2.2)."""
    rows = (
        f"| {effect.value} | {name} | {'、'.join(f'[{event.ja}](#{event.code})' for event in under)} |"
        for (effect, name), under in events_under(events).items()
    )
    return ["## 標準の異動事由から引く", "", "| 記載等の別 | 異動事由（標準） | この市の異動 |", "|---|---|---|", *rows]


def _days(event: EventDefinition) -> str:
    return f"{event.days_to_file}日" if event.days_to_file is not None else "なし"


def _chapter(event: EventDefinition) -> list[str]:
    since, until = event.in_force
    facts = (
        ("根拠条文", event.article),
        ("異動事由（標準）", event.standard_code),
        ("届出・職権等の別", event.basis.value),
        ("届出をする者", "・".join(sorted(f.value for f in event.filed_by)) or "なし"),
        ("届出期間", _days(event)),
        ("対象", event.scope.value),
        ("記載等の別", event.effect.value),
        ("異動日", "、".join(_day_rules(event))),
        ("通知", "、".join(map(_notice, event.notices)) or "なし"),
        ("証明書", "、".join(f"`{name}`" for name in event.certificates) or "なし"),
        ("権限", f"`{event.permission}`"),
        ("定義の期間", f"{since.isoformat()}から{until.isoformat() if until else ''}"),
        ("審査", f"`{event.check.__module__}`"),
    )
    return [
        f'<a id="{event.code}"></a>',
        "",
        f"## {event.ja} `{event.code}`",
        "",
        *(f"- {name}: {value}" for name, value in facts),
        "",
        "届書の欄",
        "",
        *_fields(event.fields),
        "",
        "一人ごとの欄",
        "",
        *_fields(event.member_fields),
        "",
    ]


def _day_rules(event: EventDefinition) -> Iterable[str]:
    yield "不詳日可" if event.uncertain_day else "確定した日"
    yield "将来の日可" if event.future_day else "処理日まで"


def _notice(notify: Notify) -> str:
    return f"`{notify.kind.value}`{'（条件あり）' if notify.when else ''}"


def _fields(fields: Sequence[Field]) -> list[str]:
    if not fields:
        return ["なし"]
    rows = (f"| `{f.name}` | {f.label} | {f.kind.value} | {'必須' if f.required else ''} | {_choices(f)} |" for f in fields)
    return ["| 名 | 欄 | 型 | 必須 | 選択肢・入力例 |", "|---|---|---|---|---|", *rows]


def _choices(field: Field) -> str:
    words = "・".join(word for _, word in field.choices)
    return "。".join(text.replace("|", "／") for text in (words, field.hint) if text)
