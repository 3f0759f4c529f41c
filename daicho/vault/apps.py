"""金庫 — the vault's place in a system. 番号法第12条."""

from django.apps import AppConfig


class VaultConfig(AppConfig):
    """Numbers and payloads under keys of their own."""

    name = "daicho.vault"
    verbose_name = "金庫"
