"""住基ネット・市町村CS — the Django application of this room. 住民基本台帳法第30条の5."""

from django.apps import AppConfig


class JukiNetConfig(AppConfig):
    name = "daicho.juki_net"
    label = "juki_net"
    verbose_name = "住基ネット"
