"""The predictions of an outside matcher from a file, for `custmaster.dedup.outside`."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from custmaster.dedup.outside import SplinkColumns
from custmaster.errors import Fault, InvalidValue, UnusableInput
from custmaster.wire.readers import open_table

__all__ = ["read_predictions"]

_USUAL: Final = SplinkColumns()


def read_predictions(path: Path, columns: SplinkColumns = _USUAL) -> dict[str, list[str] | list[float]]:
    r"""The columns of a file of Splink predictions that `from_splink` takes: Parquet (extra `duckdb`), CSV, JSON Lines or Excel.

    Errors: UnusableInput for a file that cannot be used or lacks a column; InvalidValue FORMAT for a score that is no number, with its
    column and row, counted from 0.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "predictions.csv")
    ...     _ = path.write_text("match_probability,unique_id_l,unique_id_r\n0.97,a,b\n")
    ...     read_predictions(path)
    {'unique_id_l': ['a'], 'unique_id_r': ['b'], 'match_probability': [0.97]}
    """
    keys = [f"{columns.unique_id}_l", f"{columns.unique_id}_r"]
    sources = [f"{columns.source_dataset}_l", f"{columns.source_dataset}_r"]
    with open_table(path) as table:
        missing = [name for name in (*keys, columns.score) if name not in table.header]
        if missing:
            problem = f"there is no column {', '.join(missing)}"
            remedy = "write the predictions as Splink gives them, or name its columns in SplinkColumns"
            raise UnusableInput(path.name, problem=problem, where="line 1", remedy=remedy)
        texts = {name: table.header.index(name) for name in (*keys, *sources) if name in table.header}
        held: dict[str, list[str]] = {name: [] for name in texts}
        score, scores = table.header.index(columns.score), list[float]()
        for row in table.rows:
            if not row.cells:
                raise UnusableInput(path.name, problem="the row cannot be read", where=f"line {row.line}")
            for name, place in texts.items():
                held[name].append(row.cells[place])
            scores.append(_number(row.cells[score], f"{columns.score}[{len(scores)}]"))
    return {**held, columns.score: scores}


def _number(text: str, path: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise InvalidValue(Fault.FORMAT, path=path, length=len(text), remedy="a score is a number") from None
