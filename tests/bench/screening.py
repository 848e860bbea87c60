"""Screening, in one process: python tests/bench/screening.py [ENTRIES [CUSTOMERS]]. Prints microseconds a question and the bulk rate.

A list of ENTRIES (100,000) and CUSTOMERS (20,000) of people with citizen's numbers; one in a hundred customers is listed by the
document, one in a hundred bears the name of an entry, and one in a thousand a damaged name. The million of issue 6 is asked over columns; this is
what the same keys cost one by one. Ends with 1 when a question takes longer than 50 microseconds.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from datetime import date, timedelta

from custmaster.screening import Identity, ListEntry, Origin, Screen
from custmaster.value.document import DocumentNumber, IdentityDocument
from custmaster.value.document_types import DocumentType
from custmaster.value.identity import resident
from custmaster.value.name import Name

TODAY = date(2026, 11, 28)
TARGET = 50.0
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗"
GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华文玉建国红梅志新春晓雪婷浩宇轩子涵梓欣怡佳俊峰鹏飞龙凤鸣海江河山川林森木春夏秋冬"
    "东西南北天地人和安康福禄寿喜财宝金银铜铁石田禾苗花草青蓝紫白墨书琴棋诗画礼乐仁义智信忠孝廉勤俭恒毅坚正直善良真诚"
)


def person(place: int) -> Identity:
    """The same person for the same place: a name of three characters, a citizen's number that fits, and a birth date."""
    born = date(1950, 1, 1) + timedelta(days=place * 7919 % 18_000)
    body = f"{110101 + place % 8}{born:%Y%m%d}{place % 997:03}"
    number = body + resident.check_character(body)
    mixed = place * 2_654_435_761 % 2**32
    # About 400,000 names, so that a name is borne by one other now and then, as people's are.
    given = GIVEN[mixed // 20 % len(GIVEN)] + GIVEN[mixed // 4000 % len(GIVEN)]
    card = IdentityDocument(type=DocumentType.RESIDENT_ID, number=DocumentNumber(number))
    return Identity(names=[Name(SURNAMES[mixed % len(SURNAMES)] + given)], documents=[card], birth_date=born)


def asked(place: int, entries: int) -> Identity:
    """A customer; see the module."""
    if place % 100 == 1:
        return person(place % entries)
    stranger = person(10_000_000 + place)
    if place % 100 == 2:
        return Identity(names=person(place % entries).names)
    if place % 1000 == 3:
        return Identity(names=[Name(f"{SURNAMES[place % 20]}?伟")])
    return stranger


def main(entries: int, customers: int) -> int:
    """Build, ask, print."""
    listed = [
        ListEntry(origin=Origin.EXTERNAL, list_name="police", number=str(place), identity=person(place))
        for place in range(entries)
    ]
    people = [asked(place, entries) for place in range(customers)]
    begun = time.perf_counter()
    screen = Screen(entries=listed)
    for warm in ("张伟", "张?伟"):
        screen.query(Identity(names=[Name(warm)]), TODAY)
    built = time.perf_counter() - begun
    print(f"{entries:,} entries made ready, the index of damaged names too: {built:.2f} s")
    begun = time.perf_counter()
    answers = Counter[str]()
    for told in screen.bulk(people, TODAY):
        answers.update(str(hit.match.answer) for hit in (*told.hits, *told.cleared))
        answers["none"] += not told.hits and not told.cleared
    spent = time.perf_counter() - begun
    one = spent / customers * 1e6
    print(f"{customers:,} customers: {one:.1f} microseconds each, {customers / spent:,.0f} a second; {dict(answers)}")
    return int(one > TARGET)


if __name__ == "__main__":
    numbers = [int(word.replace(",", "")) for word in sys.argv[1:3]]
    sys.exit(main(*(numbers + [100_000, 20_000][len(numbers) :])))
