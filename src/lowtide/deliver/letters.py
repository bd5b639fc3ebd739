"""A text in, the typeface of a PDF that has its letters out.

Called by the certificate and the report. Law: a text is written in its own letters or not at all; nothing is spelled
anew, and nothing becomes a question mark. What a PDF's built-in typefaces have is written with them, so that a file is
small; all other Latin, Greek and Cyrillic with Noto Serif, of which the file carries the letters that it uses.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fpdf import FPDF

BUILT_IN = "cp1252"
"""What a PDF's built-in letters can write (ISO 32000-1, D.2: WinAnsiEncoding)."""
CARRIED = "Noto Serif"
"""SIL Open Font License 1.1, from a package of its own: it may be embedded in any document."""
_FACE = "notoserif"


def can_write(text: str) -> bool:
    """Say whether a page can write a text.

    >>> can_write("Zoë Müller"), can_write("Łukasz Żółć"), can_write("Ελένη"), can_write("Дмитрий"), can_write("渡辺")
    (True, True, True, True, False)
    """
    letters = composed(text)
    return letters.isprintable() and (_is_built_in(letters) or {*map(ord, letters)} <= _carried())


def composed(text: str) -> str:
    r"""Give a text with each letter and its marks as one sign: typefaces have those.

    >>> len(composed("Z\u0307"))
    1
    """
    return unicodedata.normalize("NFC", text)


def face_for(page: FPDF, text: str, usual: str) -> str:
    """Give the typeface for a text: the usual one where it has the letters, else one that the page is given."""
    if _is_built_in(composed(text)):
        return usual
    if _FACE not in page.fonts:
        page.add_font(_FACE, fname=_file())
    return _FACE


def _is_built_in(text: str) -> bool:
    return text.encode(BUILT_IN, "replace").decode(BUILT_IN) == text


def _file() -> str:
    import fontpkg

    return str(fontpkg.path(CARRIED))


@cache
def _carried() -> frozenset[int]:
    from fpdf import FPDF
    from fpdf.fonts import TTFFont

    page = FPDF()
    page.add_font(_FACE, fname=_file())
    face = page.fonts[_FACE]
    assert isinstance(face, TTFFont)
    known = frozenset(face.cmap)
    face.close()
    return known
