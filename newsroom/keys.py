"""The key of a row, as an address or a form brings it: digits that somebody may have made up."""

_LONGEST = 18  # digits: all such numbers fit the column of a key


def key_in(said: str) -> int | None:
    """Return the key that `said` is; None where it can be that of no row."""
    return int(said) if said.isascii() and said.isdecimal() and len(said) <= _LONGEST else None
