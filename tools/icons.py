"""The app's icon as SVG in, the PNG sizes that phones and browsers ask for out. Run after a change to `svg/icon.svg`.

`python tools/icons.py`. Chromium draws, Pillow packs; the same drawing and the same Chromium give the same bytes.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

STATIC = Path(__file__).parents[1] / "src" / "lowtide" / "web" / "project" / "static" / "project"
CHROMIUM = "/usr/bin/chromium"
ROUND = {"favicon-32.png": 32, "icon-round-512.png": 512}
"""With round corners and nothing around them: for a tab, and for launchers that show an icon as it is."""
FULL = {"icon-192.png": 192, "icon-512.png": 512}
"""Filled to the edge, with the sun well inside the middle four fifths that every mask keeps."""
CLIPPED = '<g clip-path="url(#tile)">'


def drawn(browser: Browser, svg: str, size: int) -> bytes:
    """Draw an SVG as a square PNG."""
    page = browser.new_page(viewport={"width": size, "height": size})
    page.set_content(f"<style>body{{margin:0}}svg{{display:block;width:{size}px;height:{size}px}}</style>{svg}")
    picture = page.screenshot(omit_background=True)
    page.close()
    return picture


def packed(picture: bytes) -> bytes:
    """Pack it as tightly as can be without losing a colour: a sky must not fall into bands."""
    out = io.BytesIO()
    image = Image.open(io.BytesIO(picture))
    opaque = image.mode == "RGB" or image.getextrema()[3] == (255, 255)
    (image.convert("RGB") if opaque else image).save(out, "PNG", optimize=True)
    return out.getvalue()


def main() -> int:
    """Write every size."""
    icon = (STATIC / "svg" / "icon.svg").read_text()
    square = icon.replace(CLIPPED, "<g>")  # without its round corners: filled to the edge
    folder = STATIC / "icons"
    folder.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for svg, sizes in ((icon, ROUND), (square, FULL)):
            for name, size in sizes.items():
                (folder / name).write_bytes(packed(drawn(browser, svg, size)))
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
