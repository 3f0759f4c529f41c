"""自動で働く部分の名 — what the trail calls those that act without an officer: doors, jobs, an operator's commands. N-10.2-*; F-1-14."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

ACTORS_JA: Mapping[str, str] = MappingProxyType(
    {
        # What comes in by the system's door, and what goes out.
        "atena.intake": "宛名情報の受付",
        "chukan.intake": "中間サーバーの受付",
        "city.intake": "市の設定の受付",
        "juki_net.intake": "住基ネットの受付",
        "konbini.intake": "コンビニ交付の受付",
        "residents.intake": "住民記録の受付",
        "staff.intake": "職員の受付",
        "transfers.intake": "庁内連携の受付",
        "konbini.answering": "店舗の請求への回答",
        "outbox.relay": "送達",
        "residents.move_out": "転出証明書情報の送信",
        "juki_net.move_out": "期限を過ぎた転出証明書情報の消去",
        "transfers.courier": "課への送達",
        "transfers.departments": "課からの受付",
        "juki_net": "住基ネットの照会",
        # What a system does at its time.
        "atena.upkeep": "統合宛名の保守",
        "chukan.expired": "保管期限切れ情報の削除",
        "chukan.missing_codes": "符号の取得の依頼",
        "transfers.batches": "課への一括連携",
        "transfers.turn_of_day": "日の替わりの処理",
        "job.alarm": "異常終了の通報",
        # What an operator has it do at the machine.
        "backup": "控えの作成",
        "books": "帳簿の照合",
        "import": "初期データの取込み",
        "line": "回線の操作",
        "restore": "控えからの復元",
        "resync": "復元後の送り直し",
        "demo": "試験環境の準備",
        "demo.approver": "試験環境の準備（承認）",
        "demo.enterer": "試験環境の準備（入力）",
    }
)


def peer_ja(name: str) -> str:
    """The door for what another system sends."""
    from daicho.ui.chrome import party_ja

    return f"{party_ja(name)}からの電文の受付"


def job_ja(name: str) -> str:
    """A job, by the name it bears on the screens; one that is no longer registered by its identifier."""
    from daicho.jobs import registry

    job = registry.find(name)
    return f"定時の処理：{job.ja if job else name}"
