"""A file stays under 400 lines, a function within 40 without its docstring, and asks for five things at most."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(module: Path) -> Iterator[Function]:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def code_lines(function: Function) -> int:
    first = function.body[0]
    docstring = (
        isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    )
    told = (first.end_lineno or first.lineno) - first.lineno + 1 if docstring else 0
    return (function.end_lineno or function.lineno) - function.lineno + 1 - told


def parameters(function: Function) -> int:
    args = function.args
    named = [arg for arg in args.posonlyargs + args.args if arg.arg not in {"self", "cls"}]
    return len(named) + len(args.kwonlyargs)


def keyword_only_constructor(function: Function) -> bool:
    positional = [arg for arg in function.args.posonlyargs + function.args.args if arg.arg != "self"]
    return function.name == "__init__" and not positional


def test_a_file_stays_under_400_lines(module_path: Path) -> None:
    assert len(module_path.read_text(encoding="utf-8").splitlines()) < 400


def test_a_function_stays_within_40_lines(module_path: Path) -> None:
    long = {function.name: code_lines(function) for function in functions(module_path) if code_lines(function) > 40}
    assert long == {}


def test_a_function_asks_for_five_things_at_most(module_path: Path) -> None:
    asked = {f.name: parameters(f) for f in functions(module_path) if not keyword_only_constructor(f)}
    assert {name: count for name, count in asked.items() if count > 5} == {}
