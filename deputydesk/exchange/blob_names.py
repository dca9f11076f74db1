"""How attachments are called in a bundle: by a key that only its readers have.

Under its plain SHA-256 a content would be told: who finds a stick could prove that a letter they
know is in it. The key is new for each bundle and lies in what is sealed. Bundles of earlier
versions have none, and their names are the plain ones; such a version cannot tell what is in
bundles of this one: it takes the records, and asks for the attachments until it is upgraded.
"""

import hmac
import secrets


def new_key() -> str:
    """A key that no bundle has had before."""
    return secrets.token_hex(32)


def blob_name(key: str, digest: str) -> str:
    """The name of a content in a bundle that has this key; empty for one without."""
    if not key:
        return digest
    return hmac.digest(bytes.fromhex(key), bytes.fromhex(digest), "sha256").hex()
