"""Errors that are sentences for the user; everything else is a fault of ours and a crash report."""


class UserError(Exception):
    """Something the user can put right: what happened, and (hint) what to do now."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}{self.hint}"


class FieldError(UserError):
    """A value that cannot be taken; shown at the field with this identifier."""

    def __init__(self, field: str, message: str, *, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.field = field


class Damaged(UserError):  # noqa: N818 - what the sentence says
    """The data file is not whole any more; it was not touched."""


class NeedsPassword(UserError):  # noqa: N818 - what the sentence says
    """The data file is encrypted, and nobody has given its password yet."""


class NotAllowed(UserError):  # noqa: N818 - what the sentence says
    """The signed-in user has no right to do this."""


class Cancelled(Exception):  # noqa: N818 - not an error: the user pressed 取消
    """The user cancelled a long task; nothing of it is kept."""
