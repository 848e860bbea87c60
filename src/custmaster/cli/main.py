"""The command's entrance: reads the arguments, runs one verb, turns an unusable input into exit code 2."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager, suppress
from importlib import import_module
from typing import Final, Never

from custmaster.cli.inputs import a_day
from custmaster.cli.screen import Screen, drop_output, use_utf8
from custmaster.cli.verbs import Parser
from custmaster.errors import InvalidValue, UnusableInput
from custmaster.handbook import Language
from custmaster.handbook.book import NotInForce

__all__ = ["command", "main"]

_INTERRUPTED: Final = 130  # 128 and the number of SIGINT, as shells have it
_TERMINATED: Final = 143  # 128 and the number of SIGTERM
VERBS: Final[Mapping[str, str]] = {
    # the word that is typed: its module, in the order in which the help shows them
    "check": "check",
    "exists": "exists",
    "why": "why",
    "dedupe": "dedupe",
    "map": "mapping",
    "id": "identify",
    "sample": "sample",
    "merge": "merge",
    "screen": "blacklist",
    "contracts": "contracts",
    "close-check": "close_check",
    "roster": "roster",
    "circle": "circle",
    "sync": "sync",
    "handbook": "handbook",
    "demo": "demo",
}


def _common() -> Parser:
    common = Parser(add_help=False)
    common.add_argument("--json", action="store_true", help="one JSON object on standard output, nothing else there")
    common.add_argument("--lang", choices=["en", "zh"], default="en", help="language of the messages (default: en)")
    common.add_argument(
        "--as-of", type=a_day, metavar="DAY", help="the bank's business day, YYYY-MM-DD (default: today)"
    )
    common.add_argument("--handbook", metavar="FILE", help="a handbook file in place of the packaged one")
    return common


def parser(verb: str | None = None) -> Parser:
    """The whole command line as one parser, for the help and the reference page of the docs; or that of one verb, which starts sooner."""
    top = Parser(
        prog="custmaster",
        description="A bank's customer master: check a customer file, explain an identity number, read the handbook.",
        allow_abbrev=False,
    )
    verbs = top.add_subparsers(dest="verb", required=True, metavar="VERB")
    common = _common()
    for word in VERBS if verb is None else (verb,):
        import_module(f"custmaster.cli.{VERBS[word]}").add(verbs, common)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb. Exit codes: 0 nothing found or done, 1 something found, 2 the input cannot be used.

    2 too when standard output cannot be written, 130 after Ctrl-C; SystemExit with 143 when asked to end by SIGTERM.

    >>> main(["id", "11010519491231002X", "--json"])  # doctest: +ELLIPSIS
    {
      "number": ...
    0
    """
    use_utf8()
    words = sys.argv[1:] if argv is None else list(argv)
    arguments = parser(words[0] if words and words[0] in VERBS else None).parse_args(words)
    screen = Screen(as_json=arguments.json, lang=Language(arguments.lang))
    try:
        with _ending_cleanly():
            code = _run(arguments, screen)
            sys.stdout.flush()
    except KeyboardInterrupt:
        return _INTERRUPTED
    except OSError as failure:  # of standard output alone: every file has its own UnusableInput
        drop_output()
        if not isinstance(failure, BrokenPipeError):  # a reader that has seen enough, such as head, is no mistake
            sys.stderr.write(f"error: standard output: it cannot be written ({failure.strerror})\n")
        return 2
    return code


def command() -> Never:
    """The process of the command: `main`, and then an end at once; to take apart piece by piece what a large file left takes its time.

    Workers are gone and temporary folders removed by then: a verb leaves them with its `with`.
    """
    code = main()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):
            stream.flush()
    os._exit(code)


@contextmanager
def _ending_cleanly() -> Generator[None]:
    """A scheduler's request to end is an exit like any other, so that workers end and what lies in temporary folders goes with them."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, _end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _end(number: int, frame: object) -> Never:
    del number, frame
    raise SystemExit(_TERMINATED)


def _run(arguments: argparse.Namespace, screen: Screen) -> int:
    try:
        screen.ready()
        code: int = arguments.run(arguments, screen)
    except UnusableInput as problem:
        screen.error(problem)
        return 2
    except NotInForce as gap:
        remedy = "ask for a later day: --as-of DAY, or name a handbook that holds then: --handbook FILE"
        screen.error(UnusableInput("handbook", problem=str(gap), remedy=remedy))
        return 2
    except InvalidValue as fault:
        screen.error(UnusableInput("custmaster", problem=str(fault)))
        return 2
    return code
