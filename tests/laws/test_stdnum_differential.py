"""Differential test: our verdicts beside python-stdnum's over generated cases; each disagreement has a name and a reason.

python-stdnum has these four of our kinds. It has no Hong Kong or Taiwan identity card, no residence permit, permanent
residence number, organisation code, travel permit or passport; for the numbers that end in MOD 11-2 its general routine is the
oracle. A case is drawn well-formed, then in half of all cases damaged. 3,000 cases a kind in every run, 100,000 under `-m slow`.
"""

from __future__ import annotations

import pkgutil
import random
import string
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
import stdnum.cn
import stdnum.tw
from stdnum import exceptions, numdb
from stdnum import lei as their_lei
from stdnum import luhn as their_luhn
from stdnum.cn import ric as their_ric
from stdnum.cn import uscc as their_uscc
from stdnum.iso7064 import mod_11_2

from custmaster.value.identity import card_number, credit_code, lei, permanent_residence, residence_permit, resident

COUNTIES = (
    "110105",
    "310104",
    "320102",
    "350203",
    "440304",
    "500154",
    "659004",
    "710000",
    "810000",
    "820000",
    "830000",
)
DEPARTMENTS = ("11", "12", "51", "91", "92", "93", "A1", "N2", "Y1", "9X")
USCC_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
NOISE = "0123456789XxABCIOSVZazß٣²\u3000 -\t\u200b０９Ｘ–."
GAPS = ("", " ", "-", "\u3000", "\u200b", "\t")


@dataclass(frozen=True, kw_only=True)
class Disagreement:
    """A reason why the two verdicts differ. `applies` looks at the text and at the oracle, never at our verdict."""

    name: str
    ours: bool
    reason: str
    applies: Callable[[str], bool]


@dataclass(frozen=True, kw_only=True)
class Kind:
    name: str
    ours: Callable[[object], bool]
    theirs: Callable[[str], bool]
    draw: Callable[[random.Random], str]
    disagreements: tuple[Disagreement, ...]


# --- what the oracle says -------------------------------------------------------------------------------------------


def their_verdict(validate: Callable[[str], str]) -> Callable[[str], bool]:
    def verdict(text: str) -> bool:
        try:
            validate(text)
        except (exceptions.ValidationError, KeyError):  # KeyError: its own fault, named KEY_ERROR below
            return False
        return True

    return verdict


def plain(text: str) -> str:
    """The text as somebody would read it: no separators, half width, upper case. Written apart from our own folding."""
    kept = "".join(
        chr(ord(character) - 0xFEE0) if "！" <= character <= "～" else character
        for character in text
        if not character.isspace() and character not in "-–\u200b"
    )
    return "".join(character.upper() if character in string.ascii_letters else character for character in kept)


def untidy(text: str, cleaned: Callable[[str], str]) -> bool:
    """Whether the oracle is left with another text than a reader of the card."""
    return cleaned(text) != plain(text)


def county_is_unknown(text: str) -> bool:
    try:
        their_ric.get_birth_place(plain(text))
    except exceptions.ValidationError:
        return True
    except KeyError:
        return False
    return False


def lookup_breaks(text: str) -> bool:
    try:
        their_ric.get_birth_place(plain(text))
    except exceptions.ValidationError:
        return False
    except KeyError:
        return True
    return False


def is_pilot(text: str) -> bool:
    code = plain(text)
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(digit, 36) * weight for digit, weight in zip(code[8:16], weights, strict=True))
    return code.startswith("9135") and code[8:12] == "M000" and code[16] == "0X987654321"[total % 11]


# --- the table of disagreements -------------------------------------------------------------------------------------

RESIDENT = (
    Disagreement(
        name="UNTIDY",
        ours=True,
        reason="customer files hold spaces, dashes, full-width and invisible characters; the oracle removes only outer spaces",
        applies=lambda text: untidy(text, their_ric.compact),
    ),
    Disagreement(
        name="HISTORICAL_FORM",
        ours=True,
        reason="GB 11643-1989: the number of 15 digits was well-formed until it was replaced; the oracle knows 18 only",
        applies=lambda text: len(plain(text)) == 15,
    ),
    Disagreement(
        name="COUNTY_UNKNOWN",
        ours=True,
        reason="GB 11643-1999, 4.2.1 takes the region from GB/T 2260 as it stood on the day of numbering; a table of today's or of dated "
        "counties goes stale, so only the province is checked",
        applies=county_is_unknown,
    ),
    Disagreement(
        name="KEY_ERROR",
        ours=True,
        reason="the oracle looks up a county that its table does not hold and raises KeyError out of is_valid",
        applies=lookup_breaks,
    ),
    Disagreement(
        name="RESIDENCE_PERMIT",
        ours=False,
        reason="81, 82, 83 are residence permits of 2018, a document of its own with a module of its own (residence_permit)",
        applies=lambda text: plain(text)[:2] in ("81", "82", "83"),
    ),
    Disagreement(
        name="YEAR_WINDOW",
        ours=False,
        reason="numbers exist since 1984; nobody born before 1800 has one, and 2100 lies beyond every reading",
        applies=lambda text: not 1800 <= int(plain(text)[6:10]) <= 2099,
    ),
)
CREDIT_CODE = (
    Disagreement(
        name="UNTIDY",
        ours=True,
        reason="as for resident numbers: tabs, full-width and invisible characters",
        applies=lambda text: untidy(text, their_uscc.compact),
    ),
    Disagreement(
        name="DEPARTMENT_LETTER",
        ours=True,
        reason="GB 32100-2015, 4.2 and 4.3: department and kind are digits or letters (Y other; A, N by amendment); the oracle wants digits",
        applies=lambda text: not plain(text)[:2].isdecimal(),
    ),
    Disagreement(
        name="PILOT_CODE",
        ours=True,
        reason="codes of the Fujian pilot precede GB 32100-2015, are in use, and are accepted with a finding",
        applies=is_pilot,
    ),
)
LEI = (
    Disagreement(
        name="LENGTH",
        ours=False,
        reason="ISO 17442-1:2020: 20 characters; the oracle takes any number of them",
        applies=lambda text: len(plain(text)) != 20,
    ),
    Disagreement(
        name="CHECK_LETTERS",
        ours=False,
        reason="ISO 17442-1:2020: the last two characters are digits",
        applies=lambda text: not (plain(text)[-2:].isascii() and plain(text)[-2:].isdecimal()),
    ),
    Disagreement(
        name="CHECK_RANGE",
        ours=False,
        reason="ISO/IEC 7064 MOD 97-10 computes 98 minus a remainder of 0 to 96: 02 to 98, never 00, 01 or 99",
        applies=lambda text: plain(text)[-2:] in ("00", "01", "99"),
    ),
    Disagreement(
        name="FOREIGN_DIGITS",
        ours=False,
        reason="ISO 17442-1:2020 knows the digits 0-9; the oracle reads Arabic-Indic digits too",
        applies=lambda text: not plain(text).isascii(),
    ),
    Disagreement(
        name="UNTIDY",
        ours=True,
        reason="as for resident numbers: tabs, full-width and invisible characters",
        applies=lambda text: untidy(text, their_lei.compact),
    ),
)
CARD = (
    Disagreement(
        name="UNTIDY",
        ours=True,
        reason="the oracle's Luhn check takes bare digits only",
        applies=lambda text: plain(text) != text,
    ),
    Disagreement(
        name="LENGTH",
        ours=False,
        reason="ISO/IEC 7812-1:2017: at most 19 digits; bank cards have 13 or more",
        applies=lambda text: not 13 <= len(text) <= 19,
    ),
    Disagreement(
        name="FIRST_DIGIT",
        ours=False,
        reason="ISO/IEC 7812-1:2017, major industry 0 is not for banks; a column of zeros passes Luhn",
        applies=lambda text: text.startswith("0"),
    ),
)


# --- the cases ------------------------------------------------------------------------------------------------------


def damage(text: str, dice: random.Random) -> str:
    at = dice.randrange(len(text))
    match dice.randrange(7):
        case 0:
            return text[:at] + dice.choice(NOISE) + text[at + 1 :]
        case 1:
            return text[:at] + text[at + 1 :]
        case 2:
            return text[:at] + dice.choice(NOISE) + text[at:]
        case 3:
            return text[:at] + text[at + 1 : at + 2] + text[at] + text[at + 2 :]
        case 4:
            return text.lower()
        case 5:
            return "".join(chr(ord(character) + 0xFEE0) for character in text)
        case _:
            return f"{text[:6]}{dice.choice(GAPS)}{text[6:]}{dice.choice(GAPS)}"


def draw_resident(dice: random.Random) -> str:
    decades = (
        (1600, 1790, 1800, 2090, 2110) if dice.random() < 0.1 else (1880, 1920, 1950, 1970, 1980, 1990, 2000, 2010)
    )
    year = dice.choice(decades) + dice.randrange(10)
    day = date(year, 1, 1) + timedelta(days=dice.randrange(365))
    county = dice.choice(COUNTIES) if dice.random() < 0.85 else f"{dice.randrange(10**6):06}"
    sequence = f"{dice.randrange(1000):03}"
    if dice.random() < 0.1:
        return f"{county}{day:%y%m%d}{sequence}"
    body = f"{county}{year:04}{day:%m%d}{sequence}"
    if dice.random() < 0.1:
        body = body[:10] + f"{dice.randrange(14):02}{dice.randrange(33):02}" + sequence
    return body + resident.check_character(body)


def draw_credit_code(dice: random.Random) -> str:
    if dice.random() < 0.1:
        return dice.choice(("91350211M0000XUF46", "91350203M0001FUE2P", "91350100M0001TGQXM", "91350100M000100Y43"))
    body = dice.choice(DEPARTMENTS) + dice.choice(COUNTIES) + "".join(dice.choices(USCC_LETTERS, k=9))
    return body + credit_code.check_character(body)


def draw_lei(dice: random.Random) -> str:
    body = "".join(dice.choices(string.digits + string.ascii_uppercase, k=18))
    check = int(lei.check_character(body))
    kind = dice.random()
    if kind < 0.1:  # another pair that is congruent, where there is one
        return f"{body}{check - 97 if check >= 97 else check + 97 if check == 2 else check:02}"
    if kind < 0.2:  # a whole that fits the modulus, but of another length or with a letter at its end
        return their_odd_lei(dice)
    if kind < 0.3:
        return f"{body}{check:02}".replace("3", "٣")
    return f"{body}{check:02}"


def their_odd_lei(dice: random.Random) -> str:
    letters = string.digits + string.ascii_uppercase
    while True:
        text = "".join(dice.choices(letters, k=dice.choice((18, 20, 20, 20, 21))))
        if their_lei.is_valid(text):
            return text


def draw_card(dice: random.Random) -> str:
    first = dice.choice("0123456") if dice.random() < 0.3 else "6"
    body = first + "".join(dice.choices(string.digits, k=dice.choice((8, 10, 11, 12, 14, 15, 17, 17, 18, 20))))
    return body + their_luhn.calc_check_digit(body)


KINDS = (
    Kind(
        name="cn.ric",
        ours=resident.is_valid,
        theirs=their_verdict(their_ric.validate),
        draw=draw_resident,
        disagreements=RESIDENT,
    ),
    Kind(
        name="cn.uscc",
        ours=credit_code.is_valid,
        theirs=their_verdict(their_uscc.validate),
        draw=draw_credit_code,
        disagreements=CREDIT_CODE,
    ),
    Kind(name="lei", ours=lei.is_valid, theirs=their_verdict(their_lei.validate), draw=draw_lei, disagreements=LEI),
    Kind(
        name="luhn",
        ours=card_number.is_valid,
        theirs=their_verdict(their_luhn.validate),
        draw=draw_card,
        disagreements=CARD,
    ),
)


def compare(kind: Kind, cases: int) -> Counter[str]:
    """How often the two agree on each verdict, and how often each disagreement was met."""
    dice = random.Random(f"custmaster {kind.name}")
    met: Counter[str] = Counter()
    for _ in range(cases):
        text = kind.draw(dice)
        if dice.random() < 0.5:
            text = damage(text, dice)
        ours, theirs = kind.ours(text), kind.theirs(text)
        if ours is theirs:
            met["both accept" if ours else "both refuse"] += 1
            continue
        name = next((each.name for each in kind.disagreements if each.ours is ours and each.applies(text)), None)
        assert name is not None, f"{kind.name}: unexplained: {text!r}, ours {ours}, theirs {theirs}"
        met[name] += 1
    return met


@pytest.mark.parametrize("cases", [3_000, pytest.param(100_000, marks=pytest.mark.slow)])
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_disagreement_is_explained_by_name(kind: Kind, cases: int) -> None:
    met = compare(kind, cases)
    print(kind.name, dict(sorted(met.items())))
    assert min(met["both accept"], met["both refuse"]) > cases // 20
    assert [each.name for each in kind.disagreements if not met[each.name]] == [], "a disagreement that never occurs"


def test_an_unexplained_disagreement_fails() -> None:
    with pytest.raises(AssertionError, match="unexplained"):
        compare(
            Kind(name="lei", ours=lei.is_valid, theirs=lambda text: len(text) == 20, draw=draw_lei, disagreements=()),
            100,
        )


@pytest.mark.parametrize("module", [resident, residence_permit, permanent_residence])
def test_the_check_character_is_that_of_iso_7064(module: object) -> None:
    dice = random.Random(7064)
    for _ in range(3_000):
        body = f"{dice.randrange(10**17):017}"
        assert module.check_character(body) == mod_11_2.calc_check_digit(body)  # type: ignore[attr-defined]


def test_the_oracle_has_no_other_of_our_kinds() -> None:
    assert [each.name for each in pkgutil.iter_modules(stdnum.cn.__path__)] == ["ric", "uscc"]
    assert [each.name for each in pkgutil.iter_modules(stdnum.tw.__path__)] == ["ubn"]
    assert not {"hk", "mo"} & {each.name for each in pkgutil.iter_modules(stdnum.__path__)}
    assert numdb.get("cn/loc").info("110105")
