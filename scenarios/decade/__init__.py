"""十年 — a family's ten years at the counter and in every other system, lived twice: the second time while every simulator fails in turn."""
