"""中間サーバー — the Django application of this room. 番号法第19条第8号, 第21条; S3-01…S3-12."""

from django.apps import AppConfig


class ChukanConfig(AppConfig):
    name = "daicho.chukan"
    label = "chukan"
    verbose_name = "中間サーバー"
