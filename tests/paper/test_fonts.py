"""登録フォント: only the file that was registered is used; without it the refusal has a name. 設計7章, 10章."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from daicho.paper import font_setup
from daicho.paper.errors import FontMissing
from daicho.paper.fonts import FontSet, RegisteredFont, open_fonts, write_register

pytestmark = pytest.mark.font


def _register(folder: Path, contents: bytes = b"font") -> FontSet:
    import hashlib

    (folder / "a.ttf").write_bytes(contents)
    write_register(folder, [RegisteredFont("A", folder / "a.ttf", hashlib.sha256(contents).hexdigest())])
    return open_fonts(folder)


def test_登録簿が無ければ名指しで断る(tmp_path: Path):
    with pytest.raises(FontMissing, match="証明書用フォントが登録されていません"):
        open_fonts(tmp_path)


def test_登録した時と中身が違えば断る(tmp_path: Path):
    _register(tmp_path)
    (tmp_path / "a.ttf").write_bytes(b"other")
    with pytest.raises(FontMissing, match="登録時と異なります"):
        open_fonts(tmp_path)


def test_ファイルが無くなれば断る(tmp_path: Path):
    _register(tmp_path)
    (tmp_path / "a.ttf").unlink()
    with pytest.raises(FontMissing, match="ファイルがありません"):
        open_fonts(tmp_path)


def test_書体の組の要約値は中身と順で決まる(tmp_path: Path):
    one, two = (RegisteredFont(name, tmp_path / name, digest * 64) for name, digest in (("a", "a"), ("b", "b")))
    assert FontSet(tmp_path, (one, two)).digest != FontSet(tmp_path, (two, one)).digest
    assert FontSet(tmp_path, (one,)).digest == FontSet(tmp_path / "elsewhere", (one,)).digest


def test_設置したものは定めた版の書体で_使用許諾が添えてある(fonts: FontSet):
    assert fonts.families == ("IPAmjMincho",)
    assert fonts.fonts[0].sha256 == font_setup.IPAMJ_MINCHO.sha256
    assert "IPA Font License Agreement" in (fonts.directory / "ipamjm-IPA_Font_License_Agreement_v1.0.txt").read_text(encoding="utf-8-sig")


def test_手で置いた書体は定めたものなら登録され_別の登録は残る(tmp_path: Path, fonts: FontSet):
    _register(tmp_path)
    (tmp_path / "ipamjm.ttf").symlink_to(fonts.fonts[0].path)
    assert font_setup.set_up(tmp_path).families == ("IPAmjMincho", "A")


def test_入手できない機械では理由を述べて3で終わる(tmp_path: Path):
    done = subprocess.run(
        [sys.executable, "-m", "daicho.paper.font_setup", str(tmp_path / "fonts")], env={"PATH": str(tmp_path)}, capture_output=True, text=True, check=False
    )
    assert done.returncode == font_setup.CANNOT
    assert "apt-get is not on this machine" in done.stderr
    assert not (tmp_path / "fonts" / "fonts.toml").exists()
