"""導火線の仕込み — read by every Python process of a town when this folder is on PYTHONPATH; see ../fuses.py. Issue step 5."""

from tests.journeys.crossing import fuses

fuses.lay()
