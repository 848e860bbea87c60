"""Other processes of this interpreter that do a part of the work: each is told a task by one line of JSON and answers by one.

They are started as commands and not as copies of this process, so that whoever calls needs no guard around his module. What is large
goes through files in a folder of the run. They end when they are told nothing more, also when this process is gone.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from typing import IO, Any, Final

from custmaster.errors import CustmasterError, UnusableInput

__all__ = ["Hand", "Task", "serve", "tell_progress"]

Task = Callable[[Mapping[str, Any]], Mapping[str, object]]


class Hand:
    """One other process, which runs a module that calls `serve`; `seed` is that of its hashes, for keys that several make alike."""

    def __init__(self, module: str, seed: int) -> None:
        surroundings = {**os.environ, "PYTHONHASHSEED": str(seed)}
        command = [sys.executable, "-m", module]
        self._process: Final = subprocess.Popen(  # noqa: S603 -- this interpreter, and nothing that anybody typed
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=surroundings, text=True, encoding="utf-8"
        )

    def give(self, task: Mapping[str, object]) -> None:
        """Tell it a task; its answer is asked for later. Errors: UnusableInput when it is gone."""
        try:
            stream = _stream(self._process.stdin)
            stream.write(json.dumps(task) + "\n")
            stream.flush()
        except OSError:
            raise _gone() from None

    def answer(self, progress: Callable[[int], None]) -> dict[str, Any]:
        """What the task led to. Errors: UnusableInput as it was raised there, and when it is gone."""
        for line in _stream(self._process.stdout):
            said: dict[str, Any] = json.loads(line)
            if "done" in said:
                progress(said["done"])
            elif "unusable" in said:
                raise UnusableInput(**said["unusable"])
            else:
                return said
        raise _gone()

    def stop(self, *, failed: bool) -> None:
        """Let it end, at once when the run has failed."""
        if failed:
            self._process.kill()
        for stream in (self._process.stdin, self._process.stdout):
            try:
                _stream(stream).close()
            except OSError:  # it was gone before it had read all
                continue
        self._process.wait()


def _gone() -> UnusableInput:
    """Killed by somebody, mostly for want of memory; what it said itself went to standard error."""
    problem = "one of them ended before its work was done"
    return UnusableInput("worker processes", problem=problem, remedy="make room, or ask for --workers 1")


def _stream(stream: IO[str] | None) -> IO[str]:
    if stream is None:
        raise CustmasterError("a worker process has no way to be spoken to")
    return stream


def serve(begin: Callable[[Mapping[str, Any]], Mapping[str, Task]]) -> None:
    """In the other process: make the tasks ready by the first line, then do each that comes until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started it hears the interruption, and ends it
    tasks = begin(json.loads(sys.stdin.readline()))
    for line in sys.stdin:
        told = json.loads(line)
        try:
            said = tasks[told["do"]](told)
        except UnusableInput as problem:
            said = {"unusable": problem.as_arguments()}
        _say(said)


def tell_progress(done: int) -> None:
    """Say how much is done, in the midst of a task."""
    _say({"done": done})


def _say(said: Mapping[str, object]) -> None:
    try:
        sys.stdout.write(json.dumps(said) + "\n")
        sys.stdout.flush()
    except BrokenPipeError:  # whoever started this process is gone, and nobody is left to be told anything
        os._exit(1)
