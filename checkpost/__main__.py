"""`python -m checkpost`."""

from checkpost.cli import main

main()
