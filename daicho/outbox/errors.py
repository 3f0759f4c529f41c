"""送達の誤り — the four ways in which a delivery does not succeed, for every port and courier. design §5.

`Refused` and `Unauthorized` carry a Japanese reason that a clerk reads; the other texts are for operators and hold no personal data.
"""


class DeliveryError(Exception):
    """Base of the four; never raised itself."""


class Unavailable(DeliveryError):
    """Nobody answered, or only with an error that passes: try again later.

    `whole_line`: the counterpart as such is away, so its other notices need not be tried now and none grows old by it.
    """

    def __init__(self, code: str, *, whole_line: bool = True) -> None:
        super().__init__(code)
        self.code = code
        self.whole_line = whole_line


class Duplicate(DeliveryError):
    """The receiver has it already, with the same content: as good as acknowledged."""

    code = "duplicate"


class Refused(DeliveryError):
    """The receiver understood and says no: to a clerk's work list. Also raised by handlers, whose transaction it undoes."""

    def __init__(self, code: str, reason_ja: str) -> None:
        super().__init__(code)
        self.code = code
        self.reason_ja = reason_ja


class Forbidden(Refused):
    """The law, or the city's list under it, gives the asker no right to this: refused, and answered 403 (F-1-06)."""

    CODE = "forbidden"

    def __init__(self, reason_ja: str) -> None:
        super().__init__(self.CODE, reason_ja)


class Unauthorized(DeliveryError):
    """We are not known there, or they not here: stop the line to that destination and call the operator."""

    def __init__(self, code: str, reason_ja: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.reason_ja = reason_ja


class NotToBeSent(Exception):
    """Raised by a courier of ours: what was posted must not leave any more (a grant that has ended meanwhile). It is withdrawn and holds nobody."""

    def __init__(self, code: str, reason_ja: str) -> None:
        super().__init__(code)
        self.code = code
        self.reason_ja = reason_ja


class NotAllowed(Exception):
    """A program tried to send on a pair or a kind that site/wiring does not list. requirements G."""
