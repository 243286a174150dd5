"""What is kept of where a comment came from: keyed hashes, by which two comments are told to be of one sender.

The key is derived from SECRET_KEY, which is not in the database: a copy of the database alone (a backup, an export)
does not tell an address, although there are few enough of them to try them all. Another SECRET_KEY makes everybody
a stranger again, and bans end with it.
"""

from unicodedata import normalize

from django.utils.crypto import salted_hmac


def sender_of(address: str | None) -> str:
    """Return the key of an IP address, as `newsroom.signin.client_address` gives it; empty where none is known."""
    return _hash("sender", address) if address else ""


def correspondent_of(email: str) -> str:
    """Return the key of an e-mail address, the same however it is capitalised; empty without one."""
    return _hash("correspondent", normalize("NFKC", email).casefold().strip()) if email.strip() else ""


def key_of(*, article: int, parent: int | None, name: str, text: str, sender: str) -> str:
    """Return what tells one sending from another: the same words, by the same name, in the same place, from there."""
    return _hash("sending", "\x00".join([str(article), str(parent or ""), name, text, sender]))


def _hash(what: str, value: str) -> str:
    return salted_hmac(f"{__name__}.{what}", value, algorithm="sha256").hexdigest()
