"""The settings, for the type checker: it reads them, and must not make a data folder in anybody's home for it."""

import os
import tempfile

os.environ["LOWTIDE_DATA"] = os.path.join(tempfile.gettempdir(), "lowtide-types")  # noqa: PTH118 (before any import)

from lowtide.web.project.settings import *  # noqa: F403
