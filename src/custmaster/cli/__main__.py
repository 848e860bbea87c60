"""`python -m custmaster.cli`: the command without its script."""

from custmaster.cli.main import command

command()
