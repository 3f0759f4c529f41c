"""稼働状況の判定 — what an operator must look at, from what was counted and from the city's thresholds. Pure. S3-10, F-1-14."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta


@dataclass(frozen=True)
class Queue:
    """Notices to one destination that are not settled. `oldest`: when the oldest of those that still wait was posted."""

    destination: str
    waiting: int
    oldest: datetime | None
    refused: int
    dead: int
    stopped_at: datetime | None
    failures: int


@dataclass(frozen=True)
class LastRun:
    """A job with its last run; `outcome` "" = it never ran."""

    name: str
    ja: str
    for_date: date | None
    outcome: str
    finished_at: datetime | None
    error: str


@dataclass(frozen=True)
class Expiry:
    """Something that ends by itself (a certificate), or ought to be renewed (a key)."""

    ja: str
    until: datetime


@dataclass(frozen=True)
class Thresholds:
    queue: timedelta
    expiry: timedelta
    seal: timedelta


def queue_trouble(queue: Queue, now: datetime, thresholds: Thresholds) -> str:
    """What is wrong with a queue, "" for nothing."""
    if queue.stopped_at is not None:
        return "回線が止まっています。相手方の鍵と証明書を確かめ、回線を再開してください。"
    if queue.refused or queue.dead:
        return "拒否された通知か、送信できなかった通知があります。通知の状況で確かめてください。"
    if queue.oldest is not None and now - queue.oldest > thresholds.queue:
        return "送信待ちが長くなっています。相手方のシステムが動いているか確かめてください。"
    return ""


def run_trouble(run: LastRun) -> str:
    """What is wrong with a job's last run, "" for nothing."""
    return {"failed": "異常終了しました。", "interrupted": "途中で切れました。"}.get(run.outcome, "")


def expiry_trouble(expiry: Expiry, now: datetime, thresholds: Thresholds) -> str:
    """What is wrong with something that ends, "" for nothing."""
    if expiry.until <= now:
        return "期限を過ぎています。取り替えてください。"
    if expiry.until - now <= thresholds.expiry:
        return "期限が近づいています。取り替える準備をしてください。"
    return ""


def seal_trouble(oldest_unsealed: datetime | None, now: datetime, thresholds: Thresholds) -> str:
    """操作履歴 that nobody has sealed for long could be altered unseen (F-1-14)."""
    if oldest_unsealed is not None and now - oldest_unsealed > thresholds.seal:
        return "封印されていない操作履歴があります。常駐の処理（worker）が動いているか確かめてください。"
    return ""
