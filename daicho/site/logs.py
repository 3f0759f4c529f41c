"""記録の出し方 — operators' log lines: ids and places in the code, never a name, an address or a number. 設計6章.

An exception's own text may quote a row (PostgreSQL's DETAIL, a form's value), so only its type and its path through
the code are written.
"""

import logging
import traceback
from types import TracebackType

# logging's own type: the three parts of sys.exc_info()
ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class PlacesOnly(logging.Formatter):
    """Formats an exception as its type and the places it went through, without its message or any value."""

    def formatException(self, ei: ExcInfo) -> str:  # noqa: N802, the name is logging's
        lines = []
        error = ei[1]
        while error is not None:
            lines.append(f"{type(error).__module__}.{type(error).__qualname__}")
            lines += [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]
            error = error.__cause__ or error.__context__
            if error is not None:
                lines.append("from")
        return "\n".join(lines)


LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"places": {"()": PlacesOnly, "format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "places"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "daicho": {"level": "INFO"},
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.db.backends": {"level": "ERROR"},  # its debug lines carry the values of the queries
    },
}
