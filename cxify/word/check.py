"""What a proof says: one outcome for each guarantee."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Check:
    """One guarantee: `ok` is None when the file does not hold what is needed to check it."""

    name: str
    ok: bool | None
    detail: str


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """The outcome of all checks; `ok` when none failed."""

    checks: tuple[Check, ...]

    @property
    def ok(self) -> bool:
        """True when no check failed."""
        return all(check.ok is not False for check in self.checks)
