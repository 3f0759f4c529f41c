"""番号の系列 — which numbers the city gives out in order, and which of them begin again each day. 標準1.1.13, 5.5."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Series:
    """One series. `by_day`: it begins at 1 every day, and a number is known only together with its day."""

    name: str
    ja: str
    source: str
    by_day: bool = False

    def period(self, on: date) -> str:
        """The part of the key that tells days apart; empty for a series that never begins again."""
        return f"{on:%Y%m%d}" if self.by_day else ""


SERIES = {
    series.name: series
    for series in (
        Series("atena_no", "宛名番号の連番部", "標準1.1.13"),
        Series("household_no", "世帯番号の連番部", "標準1.1.13"),
        Series("filing_no", "異動届番号", "標準4.0.8（届書と入力の照合）"),
        Series("visit_no", "受付番号", "設計3章（受付）"),
        Series("application_no", "請求番号", "住民基本台帳法第12条–第12条の3（郵送・公用・第三者・職務上の請求）"),
        Series("certificate_no", "発行番号の連番", "標準5.5（発行された順に付された番号）", by_day=True),
        Series("juminhyo_no", "住民票の番号", "設計4章（票）"),
        Series("integrated_atena_no", "団体内統合宛名番号の連番", "番号法第9条（S4-01）"),
    )
}


def get(name: str) -> Series:
    """The series of that name; KeyError for one that nobody declared."""
    if name not in SERIES:
        raise KeyError(f"no such series: {name}; declare it in daicho/numbering/series.py")
    return SERIES[name]
