"""指令 — the words of the `daicho` command, one small file each.

A module here says NAME (one or two words), HELP, `arguments(parser)` and `run(arguments) -> int` (the exit code), and
is listed in `daicho/site/cli.py`. It imports Django only inside `run`, after `process.enter(system)`.
"""
