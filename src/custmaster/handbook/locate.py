"""Where in a TOML text a table or an attribute stands: the parser gives no line numbers, and people need them."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["Lines", "broken_at"]

_HEADER: Final = re.compile(r"[ \t]{0,40}\[\[?([A-Za-z0-9_.\-\"' \t]{1,200})\]\]?[ \t]{0,40}(?:#.{0,500})?")
_ATTRIBUTE: Final = re.compile(r"[ \t]{0,40}([A-Za-z0-9_\-]{1,80})[ \t]{0,40}=")
_PLACE: Final = re.compile(r"\(at (?:line ([0-9]{1,9}), column [0-9]{1,9}|end of document)\)")


class Lines:
    r"""The line numbers of table headers and of the attributes under them; None for what is written in another way.

    >>> lines = Lines("[[a.b]]\nfrom = 1\n\n[[a.b]]\nfrom = 2\n")
    >>> lines.of("a.b"), lines.of("a.b", 1), lines.of("a.b", 1, "from"), lines.of("a.c")
    (1, 4, 5, None)
    """

    def __init__(self, text: str) -> None:
        headers: dict[str, list[int]] = {}
        attributes: dict[tuple[int, str], int] = {}
        under = 0
        for number, line in enumerate(text.splitlines(), start=1):
            if header := _HEADER.fullmatch(line):
                headers.setdefault(_plain(header[1]), []).append(number)
                under = number
            elif attribute := _ATTRIBUTE.match(line):
                attributes.setdefault((under, attribute[1]), number)
        self._headers = headers
        self._attributes = attributes

    def of(self, table: str, place: int = 0, attribute: str = "") -> int | None:
        """The line of the attribute in the table's entry number `place`; of the entry's header when it is not found."""
        headers = self._headers.get(table, [])
        if place >= len(headers):
            return None
        return self._attributes.get((headers[place], attribute), headers[place])

    def under(self, name: str) -> int | None:
        """The first header that is the dotted name or lies under it; else the line of a top-level attribute of that name."""
        prefix = f"{name}."
        found = [lines[0] for header, lines in self._headers.items() if header == name or header.startswith(prefix)]
        return min(found, default=self._attributes.get((0, name)))


def _plain(header: str) -> str:
    return ".".join(part.strip().strip("\"'") for part in header.split("."))


def broken_at(message: str, text: str) -> int:
    """The line that the TOML parser complains of; the last line when it does not say or says the end.

    >>> broken_at("Invalid value (at line 3, column 5)", "")
    3
    """
    found = _PLACE.search(message)
    return int(found[1]) if found is not None and found[1] is not None else max(1, len(text.splitlines()))
