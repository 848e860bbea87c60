r"""Is a register of contracts clean (签约登记簿检查)? Columns are noted, rows that have something in common meet, records are judged.

The findings are those that every record, held against every other one, would give: see `custmaster.contract.register`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from attrs import frozen

from custmaster.batch.contract_columns import columns_reader
from custmaster.batch.contract_meeting import Met, Suspects, meeting_in
from custmaster.batch.contract_notes import WITHOUT_ACCOUNT, Notes, involved
from custmaster.batch.contract_source import Placed, Source
from custmaster.batch.engines import EngineName
from custmaster.batch.steps import folder_of
from custmaster.contract.kinds import Category, Level
from custmaster.contract.record import Contract, number_key
from custmaster.contract.register import GROUP_RULES, RegisterPage, given_twice, judge_alone, keyed_if_known
from custmaster.contract.sameness import KeyedContract
from custmaster.decision import Remark
from custmaster.wire.codes import CellCode, remark_on
from custmaster.wire.contract_mapping import ContractMapping
from custmaster.wire.contract_rows import ReadContract
from custmaster.wire.findings import Finding

__all__ = ["Run", "Sink", "check_contracts"]

LARGEST_GROUP: Final = 1000
"""Contracts that are held one against another; a larger group is told, and only equal keys are looked for in it."""
_TOGETHER: Final = 1 << 17
"""Rows of groups that are judged in one reading of the file."""


def _ignore(done: int, total: int | None) -> None:
    """Nobody is watching the progress."""


@frozen(kw_only=True)
class Run:
    """How a check is made; none of it changes what is found.

    `engine` None: DuckDB where it is installed. `progress` hears how many rows are read, and of how many, None when nobody knows.
    """

    engine: EngineName | None = None
    memory: str | None = None
    temporary: Path | None = None
    progress: Callable[[int, int | None], None] = _ignore


Sink = Callable[[Finding, Category | None], None]
"""Takes one finding and the category of its contract, None where it is not known."""


def check_contracts(
    path: Path, mapping: ContractMapping, page: RegisterPage, sink: Sink, run: Run | None = None
) -> int:
    r"""Every finding on a register goes to `sink`: those of one row in the order of the file, then those of several by the first of them.

    Gives the number of rows.

    Errors: UnusableInput for a file that cannot be read, and an engine whose package is missing. Source: R-48, R-65 to R-68, B7.

    >>> import tempfile
    >>> from datetime import date
    >>> from custmaster.contract.catalogue import Catalogue
    >>> from custmaster.contract.product import Product
    >>> from custmaster.wire.contract_mapping import contract_mapping
    >>> sms = Product(number="0000000001", zh="短信通", en="alerts", category="PRODUCT_SERVICE")
    >>> page = RegisterPage(catalogue=Catalogue(version="1", positions=10, products=[sms]), day=date(2026, 11, 23))
    >>> mapping, found = contract_mapping(["number", "product", "customer", "state"], "c.csv"), []
    >>> text = "number,product,customer,state\nC1,0000000001,6000000001,ACTIVE\nC2,0000000001,6000000001,SUSPENDED\n"
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     target = Path(folder) / "c.csv"
    ...     _ = target.write_text(text, encoding="utf-8")
    ...     check_contracts(target, mapping, page, lambda finding, _: found.append(finding))
    2
    >>> [(one.line, one.record, str(one.reason.code)) for one in found]
    [(2, 'C1', 'SIGNED_TWICE')]
    """
    run = run or Run()
    source, notes = Source(path=path, mapping=mapping), Notes()
    with folder_of(run.temporary) as folder:
        meeting = meeting_in(run.engine, folder, run.memory)
        rows = _note(source, notes, page, run)
        met = meeting(notes, _suspects(page))
    judge = _Judge(source=source, page=page, sink=sink)
    judge.alone(notes.told)
    judge.together(met)
    return rows


def _note(source: Source, notes: Notes, page: RegisterPage, run: Run) -> int:
    with source.opened() as register:
        note = columns_reader(source.mapping, register.header, page, typed=register.typed)
        rows = 0
        for chunk in register.chunks():
            note(chunk.places, chunk.columns, chunk.without, notes)
            rows += len(chunk.places)
            run.progress(rows, register.table.expected)
    return rows


def _suspects(page: RegisterPage) -> Suspects:
    """Which products a customer, or an account, cannot have side by side without a look at the contracts."""
    numbers, catalogue = sorted(involved(page)), page.catalogue

    def suspect(places: frozenset[int], at: Level) -> bool:
        """Two products that are signed for accounts must be of one account to meet; any others are held against one another at the customer."""
        if WITHOUT_ACCOUNT in places:
            return True
        held = {numbers[place] for place in places}
        products = [catalogue.product(number) for number in sorted(held)]
        bars = [(one, row.product) for one in products for row in one.excludes if row.product in held]
        bars += [(one, needed) for one in products for needed in one.needs if needed not in held]
        return any(
            (at is Level.ACCOUNT) is (one.level is Level.ACCOUNT is catalogue.product(other).level)
            for one, other in bars
        )

    return suspect


@frozen(kw_only=True)
class _Judge:
    source: Source
    page: RegisterPage
    sink: Sink

    def alone(self, told: Sequence[int]) -> None:
        """What is wrong with each of these rows by itself."""
        for row in self.source.rows_at(sorted(told)):
            read = row.read
            found = list(read.remarks)
            if read.contract is not None:
                found += judge_alone(read.contract, self.page)
            for one in found:
                self._tell(row.line, read.number, one, self._category(read.contract))

    def together(self, met: Met) -> None:
        """What is wrong among rows that have something in common."""
        for kind in ("numbers", *GROUP_RULES):
            groups = met.numbers if kind == "numbers" else met.groups[kind]
            for some in _batches(groups):
                self._judged(kind, some)

    def _judged(self, kind: str, groups: Sequence[Sequence[int]]) -> None:
        read = {row.place: row for row in self.source.rows_at(sorted({row for group in groups for row in group}))}
        for group in groups:
            for number, line, one, category in self._group(kind, [read[row] for row in group]):
                self._tell(line, number, one, category)

    def _group(self, kind: str, rows: Sequence[Placed]) -> Iterator[tuple[str, int, Remark, Category | None]]:
        lines: dict[str, tuple[int, Category | None]] = {}
        for row in rows:
            if row.read.number is not None:
                lines.setdefault(row.read.number, (row.line, self._category(row.read.contract)))
        for one in self._remarks(kind, [row.read for row in rows]):
            number = one.reason.subject or min(lines)
            line, category = lines[number]
            yield number, line, one, category

    def _remarks(self, kind: str, rows: Iterable[ReadContract]) -> Iterator[Remark]:
        if kind == "numbers":
            yield from _given_twice(row.number for row in rows if row.number is not None)
            return
        keyed = [one for row in rows if (one := self._keyed(row.contract)) is not None]
        if kind != "key" and len(keyed) > LARGEST_GROUP:
            yield remark_on("", CellCode.FAMILY_TOO_LARGE, most=LARGEST_GROUP)
            return
        for rule in GROUP_RULES[kind]:
            yield from rule(keyed, self.page)

    def _keyed(self, contract: Contract | None) -> KeyedContract | None:
        return None if contract is None else keyed_if_known(contract, self.page.catalogue)

    def _category(self, contract: Contract | None) -> Category | None:
        product = None if contract is None else self.page.catalogue.by_number.get(contract.product)
        return None if product is None else product.category

    def _tell(self, line: int, number: str | None, one: Remark, category: Category | None) -> None:
        self.sink(Finding(line=line, record=number, field=one.field, reason=one.reason), category)


def _given_twice(numbers: Iterable[str]) -> Iterator[Remark]:
    """Numbers that are one number, told by the smallest way in which it is written."""
    given: dict[str, list[str]] = {}
    for number in numbers:
        given.setdefault(number_key(number), []).append(number)
    for _, written in sorted(given.items()):
        if len(written) > 1:
            yield given_twice(min(written), len(written))


def _batches(groups: Iterable[list[int]]) -> Iterator[list[list[int]]]:
    """Groups, so many at a time that their records fit into memory."""
    held: list[list[int]] = []
    size = 0
    for group in groups:
        if held and size + len(group) > _TOGETHER:
            yield held
            held, size = [], 0
        held.append(group)
        size += len(group)
    if held:
        yield held
