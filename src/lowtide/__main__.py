"""`python -m lowtide` is the command `lowtide`."""

from lowtide.cli.main import main

main()
