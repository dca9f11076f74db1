"""The field for a telephone number: full-width digits and strokes are the usual ones."""

import unicodedata

from typing_extensions import override

from deputydesk.ui.fields import TextField

_STROKES = str.maketrans("—–−‐", "----")


class PhoneField(TextField):
    """A telephone number, or several."""

    @override
    def value(self) -> str:
        return unicodedata.normalize("NFKC", super().value()).translate(_STROKES).strip()
