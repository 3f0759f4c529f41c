"""窓口の表 — the visit, the filing on its way to 本登録, what it holds, and certificates handed over. design §3; std 4.0.8, 1.3.8."""

from __future__ import annotations

import uuid
from datetime import date

from django.db import models

from daicho import clock
from daicho.residents.models.columns import of_a_city
from daicho.residents.models.record import Person


class Visit(models.Model):
    """受付: who came, with what right, how they were identified, for what. Every search, filing and certificate hangs on one.

    `application`: an officer works on that 交付請求, and whoever asked need not stand there.
    """

    municipality_code = models.CharField(max_length=6)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    visit_no = models.BigIntegerField("受付番号")
    visitor_name = models.TextField("来庁者")
    standing = models.CharField("資格", max_length=20)
    identity_check = models.CharField("本人確認の方法", max_length=20)
    identity_documents = models.JSONField("確認書類", default=list)
    purpose = models.TextField("用件")
    authority = models.CharField("代理の権限を示すもの", max_length=20, default="")
    authority_note = models.TextField("確認した権限の内容", default="")
    application = models.ForeignKey("residents.CertificateApplication", models.PROTECT, null=True, related_name="visits", verbose_name="交付請求")
    office_code = models.CharField(max_length=20)
    terminal = models.CharField(max_length=40)
    opened_by = models.CharField(max_length=80)
    opened_by_id_no = models.BigIntegerField()
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    web_grants = "SELECT, INSERT, UPDATE"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality_code", "visit_no"], name="visit_no"),
            # An officer serves one visitor at a time: of two that came at once, the forgotten one would later be "in hand".
            models.UniqueConstraint(fields=["municipality_code", "opened_by_id_no"], condition=models.Q(closed_at__isnull=True), name="visit_one_open"),
            of_a_city("visit"),
        ]


class FilingState(models.TextChoices):
    DRAFT = "draft", "入力中"
    ENTERED = "entered", "仮登録"
    EXAMINED = "examined", "照合済み"
    RETURNED = "returned", "差戻し"
    REGISTERED = "registered", "本登録"
    WITHDRAWN = "withdrawn", "取下げ"


class Filing(models.Model):
    """届書 from the first keystroke to 本登録. `typed` is what was typed, as typed: one map for the filing, one for each person.

    Numbers in `typed` are references to sealed payloads. Reading it again gives the same values; nothing else is kept.
    """

    municipality_code = models.CharField(max_length=6)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    filing_no = models.BigIntegerField("異動届番号")
    code = models.CharField("異動事由", max_length=40)
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="filings")
    state = models.CharField(max_length=12, choices=FilingState.choices, default=FilingState.DRAFT)
    typed = models.JSONField(default=dict)
    overrides = models.JSONField("確認したアラート", default=dict)
    entered_by = models.CharField("入力者", max_length=80)
    entered_by_id_no = models.BigIntegerField()
    office_code = models.CharField(max_length=20)
    terminal = models.CharField(max_length=40)
    started_at = models.DateTimeField()
    entered_at = models.DateTimeField("仮登録日時", null=True)
    examined_by = models.CharField("照合者", max_length=80, null=True)
    examined_by_id_no = models.BigIntegerField(null=True)
    examined_at = models.DateTimeField("照合日時", null=True)
    looked_at_by = models.CharField("審査中の者", max_length=80, null=True)
    looked_at_since = models.DateTimeField(null=True)
    note = models.TextField("差戻し・取下げの理由", null=True)
    event_id_no = models.BigIntegerField("異動", null=True)
    cancels_id_no = models.BigIntegerField("取り消す異動", null=True)
    certificate_ref = models.BigIntegerField("受信した転出証明書情報", null=True, db_comment="vault: what the former city certified (特例転入)")
    certificate_at = models.DateTimeField("転出証明書情報の受信日時", null=True)
    request_key = models.UUIDField(default=uuid.uuid4, unique=True)
    web_grants = "SELECT, INSERT, UPDATE"

    @property
    def begun_on(self) -> date:
        """The day whose law it is filed under."""
        return clock.jst(self.started_at).date()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality_code", "filing_no"], name="filing_no"),
            of_a_city("filing"),
        ]
        indexes = [
            models.Index(fields=["state", "entered_at"], name="filing_waiting", condition=models.Q(state__in=["draft", "entered", "examined", "returned"]))
        ]


class Claim(models.Model):
    """仮登録の留保: a household or a person that a filing holds until 本登録 or 取下げ. Two cannot hold the same (design §3)."""

    municipality_code = models.CharField(max_length=6)
    filing = models.ForeignKey(Filing, models.PROTECT, related_name="claims")
    kind = models.CharField(max_length=9)
    number = models.CharField(max_length=15)
    web_grants = "SELECT, INSERT, DELETE"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality_code", "kind", "number"], name="claim_once"),
            of_a_city("claim"),
        ]


class Output(models.TextChoices):
    PAPER = "paper", "紙"
    ELECTRONIC = "electronic", "電子（署名付きPDF）"
    CREDENTIAL = "credential", "電子（検証可能な証明データ）"


class CertificateIssue(models.Model):
    """交付履歴: every paper about a person that the city hands over, from which definition and font, to whom. Not the paper itself (design §7; std 1.3.8).

    `visit` is null where nobody came: a letter of the city's own. `case`: what a letter is about. `request_digest` … `delivered_digest`: what binds
    the paper to its request (certificates/binding.py). `check_code` leads whoever holds the paper to the city's word on it. `replaces`: 再交付 of that
    one. `exemption`: by which of the city's grounds no fee was taken.
    """

    municipality_code = models.CharField(max_length=6)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    certificate_no = models.CharField("発行番号", max_length=60)
    kind = models.CharField(max_length=40)
    visit = models.ForeignKey(Visit, models.PROTECT, null=True, related_name="certificates")
    case = models.CharField("事案", max_length=80, default="")
    output = models.CharField("交付の形", max_length=10, choices=Output.choices, default=Output.PAPER)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="replaced_by", verbose_name="再交付の元")
    exemption = models.CharField("手数料の免除", max_length=40, default="")
    whole_household = models.BooleanField("世帯全員")
    definition_digest = models.TextField()
    chosen = models.JSONField("記載した事項")
    purpose = models.TextField("使用目的")
    standing = models.CharField("請求者の資格", max_length=20)
    pages = models.IntegerField()
    fee_yen = models.IntegerField("手数料")
    tally = models.CharField("契印", max_length=9)
    font_digest = models.TextField()
    template_digest = models.TextField()
    document_digest = models.TextField()
    request_digest = models.TextField("請求の要約値", default="")
    stamp = models.TextField("刻印", default="")
    delivered_digest = models.TextField("渡した文書の要約値", default="")
    binding = models.TextField("結び付け", default="")
    check_code = models.CharField("確認番号", max_length=16, null=True)
    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=80)
    user_id = models.CharField("ユーザID", max_length=80, default="")
    office_code = models.CharField(max_length=20)
    terminal = models.CharField(max_length=40)
    web_grants = "SELECT, INSERT"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality_code", "certificate_no"], name="certificate_no"),
            models.UniqueConstraint(fields=["municipality_code", "check_code"], name="certificate_check_code"),
            of_a_city("certificate"),
        ]
        indexes = [
            models.Index(fields=["municipality_code", "issued_at"], name="certificate_issued_at"),
            models.Index(fields=["municipality_code", "case"], condition=~models.Q(case=""), name="certificate_case"),
        ]


class CertificateSubject(models.Model):
    """交付対象者: everyone whose 住民票 the certificate shows, in the order of the paper, each from which version (std 1.3.8)."""

    municipality_code = models.CharField(max_length=6)
    certificate = models.ForeignKey(CertificateIssue, models.PROTECT, related_name="subjects")
    person = models.ForeignKey(Person, models.PROTECT, related_name="certificates")
    place = models.IntegerField("記載の順")
    history_no = models.IntegerField("履歴番号")
    web_grants = "SELECT, INSERT"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "certificate"], name="certificate_subject_once"),
            models.UniqueConstraint(fields=["certificate", "place"], name="certificate_subject_place"),
            of_a_city("certificate_subject"),
        ]
