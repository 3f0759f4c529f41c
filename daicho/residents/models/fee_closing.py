"""手数料の締め — what was counted in the drawer at the end of a day, against what 交付履歴 says was taken. 地方自治法第227条; 市の財務規則."""

from __future__ import annotations

from django.db import models

from daicho.residents.models.columns import of_a_city


class FeeClosing(models.Model):
    """One count of one window's money of one day, or another officer's word that it is so. INSERT only: a day is counted again by a further row."""

    municipality_code = models.CharField(max_length=6)
    day = models.DateField("締めた日")
    office_code = models.CharField(max_length=20)
    terminal = models.CharField("窓口の端末", max_length=40)
    confirms = models.ForeignKey("self", models.PROTECT, null=True, related_name="confirmed_by", verbose_name="確認した締め")
    due_yen = models.IntegerField("交付履歴による現金の額")
    counted_yen = models.IntegerField("数えた現金の額")
    note = models.TextField("差額の理由", default="")
    recorded_by = models.CharField("記録した職員", max_length=80)
    recorded_by_id_no = models.BigIntegerField()
    recorded_at = models.DateTimeField("記録日時")
    web_grants = "SELECT, INSERT"

    @property
    def difference_yen(self) -> int:
        return self.counted_yen - self.due_yen

    class Meta:
        constraints = [of_a_city("fee_closing")]
        indexes = [models.Index(fields=["municipality_code", "day", "office_code"], name="fee_closing_day")]
