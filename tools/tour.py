"""The app in, pictures of it out: `python tools/tour.py [FOLDER]` writes docs/pictures/tour-*.png (some minutes).

It starts Lowtide with six weeks of a person's practice (`lived.py`) and walks as they would: today, a session, how it
was, looking back, a course. Every page at phone size, light and dark; the wide ones on a desktop as well.
"""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from PIL import Image  # noqa: E402 (the tests' folder has to be known first)
from playwright.sync_api import sync_playwright  # noqa: E402

from browsing import DESKTOP, PHONE, Visit, launched, served, visiting  # noqa: E402
from journey import hear, listen  # noqa: E402

COLOURS = 96
LOOKS = {"phone-light": (PHONE, "light"), "phone-dark": (PHONE, "dark"), "desktop-light": (DESKTOP, "light"),
         "desktop-dark": (DESKTOP, "dark")}  # fmt: skip
WIDE = ("welcome", "body", "player", "history", "progress", "course")
"""What looks otherwise on a wide screen."""
SETTLED_MS = 700
"""A moment for what fades in."""
HEARD_SECONDS = 8.0
"""So that the picture of the player has words in it."""


class Camera:
    """Takes pictures of a visit and packs them."""

    def __init__(self, visit: Visit, folder: Path, look: str) -> None:
        """Keep where they go."""
        self.visit, self.folder, self.look, self.count = visit, folder, look, 0

    def take(self, name: str, *, whole: bool = False) -> None:
        """Take what is on the screen, or the whole page."""
        self.count += 1
        if self.look.startswith("desktop") and name not in WIDE:
            return
        self.visit.page.wait_for_timeout(SETTLED_MS)
        picture = Image.open(io.BytesIO(self.visit.page.screenshot(full_page=whole))).convert("RGB")
        path = self.folder / f"tour-{self.count:02}-{name}-{self.look}.png"
        picture.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(path, optimize=True)


def walk(visit: Visit, camera: Camera) -> None:
    """Go the way of an evening."""
    page = visit.go("/begin/")
    camera.take("welcome")
    visit.go("/begin/safety/1/")
    camera.take("safety")
    visit.go("/begin/body/?from=me")
    page.locator(".views").scroll_into_view_if_needed()
    camera.take("body")
    page.locator('svg.body-drawing:visible a[data-region="right-shoulder-blade"] path').click(force=True)
    page.get_by_role("radio", name="3", exact=True).last.check()
    camera.take("place")
    page.get_by_role("button", name="It does not hurt here").click()
    visit.go("/today/")
    camera.take("today")
    page.get_by_role("group", name=re.compile("anything new")).get_by_role("radio", name="No").check()
    page.get_by_role("group", name="Lower back").get_by_role("radio", name="5").check()
    page.get_by_role("button", name="Find my session").click()
    page.wait_for_url(re.compile("/choose/"))
    camera.take("choose")
    page.get_by_role("button", name=re.compile("^Play")).first.click()
    page.wait_for_url(re.compile("/sessions/"))
    hear(page)
    listen(page, HEARD_SECONDS)
    camera.take("player")
    page.get_by_role("link", name="End here").click()
    page.wait_for_url(re.compile("/after/"))
    page.get_by_role("group", name="Lower back").get_by_role("radio", name="4").check()
    camera.take("after")
    look_back(visit, camera)


def look_back(visit: Visit, camera: Camera) -> None:
    """Look at what has been, and at the settings."""
    for name in ("history", "progress", "diary", "me", "takeout"):
        if visit.page.request.head(f"{visit.app.url}/{name}/").ok:
            visit.go(f"/{name}/")
            camera.take(name)
    begin_course(visit, camera)


def begin_course(visit: Visit, camera: Camera) -> None:
    """Begin the eight weeks, and look at what belongs to them."""
    page = visit.go("/course/programmes/mbsr-style/")
    page.get_by_label(re.compile("^A reminder")).fill("18:30")
    page.get_by_role("button", name="Begin this course").click()
    page.wait_for_url(re.compile("/course/$"))
    camera.take("course")
    for name, path in (("week", "/course/week/1/"), ("rituals", "/rituals/"), ("reminders", "/reminders/")):
        visit.go(path)
        camera.take(name)


def main(words: list[str]) -> int:
    """Take every picture."""
    folder = Path(words[0]) if words else ROOT / "docs" / "pictures"
    with sync_playwright() as playwright, launched(playwright) as browser:
        for look, (size, scheme) in LOOKS.items():
            with tempfile.TemporaryDirectory() as place:
                data = Path(place) / "data"
                data.mkdir()
                lived = [sys.executable, str(ROOT / "tools" / "lived.py")]
                subprocess.run(lived, env=os.environ | {"LOWTIDE_DATA": str(data)}, check=True)
                with (
                    served(Path(place)) as app,
                    visiting(browser, app, size, color_scheme=scheme, service_workers="block") as visit,
                ):
                    walk(visit, Camera(visit, folder, look))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
