"""Keys that programs and widgets show: made, listed, revoked; only their hashes are kept.

SHA-256 without salt or stretching is right here, and bcrypt would not be: a key is 32 random bytes,
which no list of likely passwords holds and nobody can try out, so that a slow hash would protect
nothing and let strangers keep the server busy.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Engine, delete, insert, select, update

from assistant.origins import origins
from assistant.records.database import working
from assistant.records.tables import keys
from index.errors import BadInput

__all__ = ["Key", "KeyRing", "KeyStore"]

_SECRET, _PUBLISHABLE = "sk_", "pk_"
_BYTES = 32


@dataclass(frozen=True, slots=True)
class Key:
    """A key, without its secret.

    Attributes:
        name: what it is called by those who made it.
        digest: the SHA-256 of the secret, in hexadecimal.
        publishable: whether it may stand in a page that anybody can read.
        sites: the origins whose pages may show it, separated by blanks; "" for a secret key.
        rate: how often it may ask, as ``30/minute``; "" for the limit of the settings.
        made: when; ``used`` when last, None for never.
    """

    name: str
    digest: str
    publishable: bool
    sites: str
    rate: str
    made: date
    used: date | None

    def is_from(self, origin: str) -> bool:
        """Whether pages of this origin may show the key."""
        return any(_covers(site, origin.lower()) for site in self.sites.split())


def _covers(site: str, origin: str) -> bool:
    if "*." not in site:
        return site == origin
    scheme, _, host = site.partition("*")
    return origin.startswith(scheme) and origin.endswith(host) and len(origin) > len(site) - 1


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


class KeyRing:
    """Knows the holder of a secret among some keys."""

    def __init__(self, known: Iterable[Key] = ()) -> None:
        self._known = tuple(known)

    def key_of(self, secret: str) -> Key | None:
        """The key with that secret; how long it takes does not tell how near a guess is."""
        digest, found = _digest(secret), None
        for key in self._known:
            if hmac.compare_digest(key.digest, digest):
                found = key
        return found


class KeyStore:
    """The keys in a database; every method raises ``RecordsFailure`` where it is away."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def create(self, name: str, *, sites: str = "", rate: str = "") -> str:
        """Make a key, publishable where it is given sites; returns its secret, which is not kept.

        Raises ``BadInput`` for a name that is taken, or sites that are none.
        """
        try:
            bound = origins(sites)
        except ValueError as error:
            raise BadInput(f"{error}.") from error
        if any(key.name == name for key in self.all()):
            raise BadInput(f"There is a key {name!r} already: revoke it, or give another name.")
        secret = (_PUBLISHABLE if bound else _SECRET) + secrets.token_urlsafe(_BYTES)
        key = Key(name, _digest(secret), bool(bound), bound, rate, date.today(), None)
        with working(self._engine) as connection:
            connection.execute(insert(keys).values(_values(key)))
        return secret

    def all(self) -> list[Key]:
        """Every key, by name."""
        with working(self._engine) as connection:
            return [Key(**row) for row in connection.execute(_EVERY).mappings()]

    def revoke(self, name: str) -> None:
        """Forget a key; raises ``BadInput`` where there is none of that name."""
        with working(self._engine) as connection:
            if not connection.execute(delete(keys).where(keys.c.name == name)).rowcount:
                raise BadInput(f"There is no key {name!r}: see 'keys list'.")

    def note_use(self, name: str, day: date) -> None:
        """Keep the day on which a key was last used."""
        with working(self._engine) as connection:
            connection.execute(update(keys).where(keys.c.name == name).values(used=day))


_EVERY = select(keys).order_by(keys.c.name)


def _values(key: Key) -> dict[str, object]:
    return {column.name: getattr(key, column.name) for column in keys.columns}
