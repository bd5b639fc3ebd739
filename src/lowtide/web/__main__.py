"""`python -m lowtide.web`: `serve` runs the app, `worker` sends reminders, `manage` runs Django's own commands."""

from __future__ import annotations

import os
import sys

from lowtide.errors import Exit, LowtideError


def main(words: list[str]) -> int:
    """Run what the first word says."""
    match words:
        case ["serve", *rest]:
            from lowtide.web.project.serve import main as serve

            return serve(rest)
        case ["worker", *rest]:
            from lowtide.web.project.worker import main as work

            return work(rest)
        case ["manage", *rest]:
            return _manage(rest)
    sys.stderr.write("lowtide: say 'serve', 'worker' or 'manage', such as: python -m lowtide.web serve --port 8000\n")
    return Exit.USAGE


def _manage(words: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lowtide.web.project.settings")
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(["python -m lowtide.web manage", *words])
    except LowtideError as error:
        sys.stderr.write(f"lowtide: {error}\n")
        return Exit.USAGE
    return Exit.OK


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
