"""市の鍵 — `daicho city-keys show|publish`: which keys sign from which day, and the certificates that the city publishes. 標準仕様 5.6; decision 0053."""

from __future__ import annotations

import argparse
import sys

from cryptography import x509
from cryptography.hazmat.primitives import hashes

from daicho.paper.errors import SigningFailed
from daicho.paper.key_pairs import keys_folder, pair_on
from daicho.paper.published import days, published
from daicho.site import config

NAME = "city-keys"
HELP = "show the keys with which the city signs, or print the certificates that it publishes (city.pem)"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=("show", "publish"))


def run(chosen: argparse.Namespace) -> int:
    var_dir = config.read().var_dir
    if chosen.what == "publish":
        pem = published(var_dir)
        print(pem.decode("ascii"), end="")
        return 0 if pem else 1
    wrong = 0
    for day in sorted(days(keys_folder(var_dir))):
        try:
            pair = pair_on(var_dir, day)
        except SigningFailed as refused:
            print(f"{day}: {refused}", file=sys.stderr)
            wrong = 1
            continue
        for what, certificate in (("電子の写し", pair.signer.certificate), ("照合用の符号", pair.check_certificate)):
            print(f"{day} から　{what}　{_said(certificate)}")
    if not days(keys_folder(var_dir)):
        print("no keys: nothing can be issued (SECURITY.md)", file=sys.stderr)
        return 1
    return wrong


def _said(certificate: x509.Certificate) -> str:
    return f"{certificate.subject.rfc4514_string()}　{certificate.not_valid_after_utc:%Y-%m-%d} まで　SHA-256 {certificate.fingerprint(hashes.SHA256()).hex()}"
