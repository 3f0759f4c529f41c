"""採番 — 宛名番号, 世帯番号, 受付番号, 発行番号 …: in order, without gaps, never reused. 標準1.1.13, 5.5."""

from daicho.numbering.commands import leap, leave_out, never_below, take, take_several

__all__ = ["leap", "leave_out", "never_below", "take", "take_several"]
