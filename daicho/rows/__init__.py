"""行 — rows into and out of the database by statements whose text never changes. 設計8章（決定0007）.

Django makes the text of a query anew each time it is asked (1–3 ms on a counter's machine, more than the database takes to
answer). What every request asks is therefore written by hand, and this package stands between such a statement and the models,
in which alone the tables are declared. Below everything that writes: it knows no table and no room.
"""

from daicho.rows.columns import Columns
from daicho.rows.reading import of_one_moment, planned_for_their_words
from daicho.rows.writing import are_together, as_text, draw_ids, insert, insert_text, together, update

__all__ = ["Columns", "are_together", "as_text", "draw_ids", "insert", "insert_text", "of_one_moment", "planned_for_their_words", "together", "update"]
