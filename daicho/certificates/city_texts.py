"""市が定める文言 — the words, names and drawings that a city puts on its certificates: dated data of the city, handed in. 標準仕様 4章, 5.5–5.7.

The wording of 【空欄】 and the like is known from published samples only (spec/domain.md §13): it is a setting, these are its first values.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from daicho.values.names import UnnotarisedTexts


@dataclass(frozen=True)
class Wording:
    """What stands where a value does not: each can be changed by the city."""

    blank: str = "【空欄】"
    omitted: str = "【省略】"
    unnotarised: UnnotarisedTexts = field(default_factory=UnnotarisedTexts)
    below_is_blank: str = "以下余白"
    official_use: str = "公用"
    fixed_note: str = ""  # 任意の固定文言 (N-5.6-06), for example この印は黒色です。
    wide_area: str = "広域交付"  # 法12条の4
    reissued: str = "再交付"  # N-4.1.3.0.3-05
    to_be_attached: str = "この証明書は、転入届に添付すべき書類として発行したものです。"  # N-4.1.3.0.3-02
    left_specially: str = "特例による転出処理済"  # N-4.1.3.0.4-05
    to_move_in: str = "新しい住所に住み始めた日から14日以内に、この証明書を添えて、転入先の市区町村に転入届をしてください（住民基本台帳法第22条）。"


@dataclass(frozen=True)
class Certifier:
    """認証者 — the mayor or the acting one (職務代理者) of the day. `title` bears the prefecture's name: 北海道小樽市長 (N-5.6-04).

    `seal_svg`: the black drawing of at most 25 mm that `daicho.paper.seal.check_seal` passed; empty where no seal is printed (N-5.6-02).
    `seal_problems`: why the city's seal cannot be printed, in Japanese; nothing is issued then (N-5.1-08).
    """

    title: str
    name: str
    seal_svg: str = field(default="", repr=False)
    seal_mm: float = 0.0
    seal_problems: tuple[str, ...] = ()


@dataclass(frozen=True)
class CityTexts:
    """One city's part of a certificate on a given day.

    `certifications`: 認証文 by `CertificateDefinition.certified_as`. `ground_svg`: けん制の地紋 (`daicho.paper.ground`) or empty. `tally_svg`: the
    drawing of 契印 (`daicho.paper.tally`), of which every page of several bears its part; empty where none can be drawn.
    """

    prefecture_name: str
    municipality_name: str
    certifier: Certifier
    certifications: dict[str, str]
    wording: Wording = field(default_factory=Wording)
    ground_svg: str = field(default="", repr=False)
    tally_svg: str = field(default="", repr=False)
    foreign_kana: bool = False
    """Whether the names and 通称 of foreign residents bear their kana in brackets: the standard's option (N-5.3-01, N-5.3-03)."""


@dataclass(frozen=True)
class IssueNumber:
    """発行番号 (N-5.5-03): date, city, terminal, printer, serial; the press adds page/pages. Each copy has one of its own (N-5.5-05).

    `terminal` is the terminal's name and number (本庁1); `printer` may be empty where it cannot be known (N-5.5-04). No place of issue (N-5.5-06).
    """

    municipality_name: str
    terminal: str
    printer: str
    serial_no: int
    issued_ymd: str

    @property
    def page_mark(self) -> str:
        """'20200502 小樽市 本庁1 プリンタ001 011'; an unknown printer leaves its part empty."""
        return f"{self.issued_ymd} {self.municipality_name} {self.terminal} {self.printer or '　'} {self.serial_no:03d}"
