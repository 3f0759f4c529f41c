"""倒れる所の仕込み — read by every Python process when this folder is on PYTHONPATH; see tests/outbox/crashpoints.py. Issue step 5."""

import importlib.util
import sys
from pathlib import Path

_spec = importlib.util.spec_from_file_location("crashpoints_of_the_tests", Path(__file__).resolve().parents[1] / "crashpoints.py")
_crashpoints = importlib.util.module_from_spec(_spec)

sys.modules[_spec.name] = _crashpoints  # dataclasses look their module up
_spec.loader.exec_module(_crashpoints)
_crashpoints.install_from_environment()
