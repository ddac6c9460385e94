"""What can be wrong with the editions, and with a question put to them."""

from datetime import date


class RuleError(Exception):
    """An edition's file cannot be used; names the file, the key and what to put right."""

    def __init__(self, file: str, key: str, reason: str) -> None:
        super().__init__(file, key, reason)
        self.file, self.key, self.reason = file, key, reason

    def __str__(self) -> str:
        return f"{self.file}: {self.key}: {self.reason}"


class NoEdition(LookupError):
    """No edition of the family is in force on the day."""

    def __init__(self, family: str, on: date) -> None:
        super().__init__(family, on)
        self.family, self.on = family, on

    def __str__(self) -> str:
        return f"no edition of {self.family!r} is in force on {self.on.isoformat()}"


class UnknownKey(LookupError):
    """No edition, or no parameter of the edition, has this key."""

    def __init__(self, key: str, where: str) -> None:
        super().__init__(key, where)
        self.key, self.where = key, where

    def __str__(self) -> str:
        return f"{self.where} has no {self.key!r}"
