"""Photos for web pages: small, upright, and part of the page itself."""

import base64
from io import BytesIO

from deputydesk.exchange.attachments import store_of
from deputydesk.office import Office

PIXELS = (300, 375)
"""Twice as many as a page shows at its usual size: sharp on a phone and on a wall screen."""


def inline_photo(office: Office, digest: str) -> str:
    """A person's photo as a data URI; empty if it is missing or no picture."""
    from PIL import Image, ImageOps

    file = store_of(office).find(digest)
    if file is None:
        return ""
    try:
        with Image.open(file) as source:
            upright = ImageOps.exif_transpose(source).convert("RGB")
            small = ImageOps.fit(upright, PIXELS, centering=(0.5, 0.3))
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return ""
    packed = BytesIO()
    small.save(packed, "JPEG", quality=82, optimize=True)
    return "data:image/jpeg;base64," + base64.b64encode(packed.getvalue()).decode()
