from __future__ import annotations

from collections.abc import Callable

import pytest

from custmaster.errors import UnusableInput
from custmaster.value.document_types import DocumentType
from custmaster.value.party import PartyKind
from custmaster.value.sex import Sex
from custmaster.wire import load_contract_mapping, load_list_mapping, load_manifest
from custmaster.wire._complaints import Complaints, closest, key_lines
from custmaster.wire.mapping import Columns
from custmaster.wire.mapping_file import load_mapping

WHOLE = """
[source]
format = "csv"
encoding = "GB2312"
delimiter = ";"
sheet = "客户"
[fields]
source_key = "rec_id"
name = { first_of = [ { columns = ["FIRST", "LAST"], join = " " }, "ORG" ] }
mobile = "mobile"
birth_date = "birth_date"
sex = "GENDER"
[kind]
column = "RECORD_TYPE"
values = { PERSON = "PERSON", ORGANIZATION = "UNIT" }
default = "UNIT"
[[documents]]
type = { column = "id_type", values = { "01" = "RESIDENT_ID", "02" = "RESIDENT_ID/DUPLICATE" }, default = "OTHER_PERSON" }
number = "id_no"
issued_on = "from"
expires_on = "to"
issuer = "who"
[[documents]]
type = "CREDIT_CODE"
number = "uscc"
[sex]
values = { M = "MALE", F = "FEMALE" }
[dates]
default = "YYYYMMDD"
birth_date = ["M/D/YYYY", "M/D/YY"]
pivot = 26
"""


def problems(text: str) -> str:
    with pytest.raises(UnusableInput) as refused:
        load_mapping(text, "m.toml")
    return str(refused.value)


def test_a_whole_mapping_is_read() -> None:
    mapping = load_mapping(WHOLE, "m.toml")
    assert (mapping.file.format, mapping.file.encoding, mapping.file.delimiter, mapping.file.sheet) == (
        "csv",
        "gb18030",
        ";",
        "客户",
    )
    assert mapping.fields["name"].choices == (Columns(names=("FIRST", "LAST"), join=" "), Columns(names=("ORG",)))
    assert mapping.kind.values == {"PERSON": PartyKind.PERSON, "ORGANIZATION": PartyKind.UNIT}
    assert mapping.kind.default is PartyKind.UNIT
    first, second = mapping.documents
    assert first.type.values == {"01": (DocumentType.RESIDENT_ID, False), "02": (DocumentType.RESIDENT_ID, True)}
    assert first.type.default == (DocumentType.OTHER_PERSON, False)
    assert second.type.default == (DocumentType.CREDIT_CODE, False)
    assert mapping.sex_values == {"M": Sex.MALE, "F": Sex.FEMALE}
    assert mapping.patterns("birth_date") == ("M/D/YYYY", "M/D/YY")
    assert mapping.patterns("opened_on") == ("YYYYMMDD",)
    assert mapping.pivot == 26
    assert mapping.columns == (
        *("rec_id", "FIRST", "LAST", "ORG", "GENDER", "birth_date", "mobile", "RECORD_TYPE"),
        *("id_type", "id_no", "from", "to", "who", "uscc"),
    )
    assert mapping.carried == {"source_key", "name", "phones", "birth_date", "sex", "documents"}


def test_without_sections_the_defaults_hold() -> None:
    mapping = load_mapping('[fields]\nname = "n"', "m.toml")
    assert mapping.kind.default is PartyKind.PERSON
    assert mapping.sex_values is None
    assert mapping.patterns("birth_date") == ("YYYY-MM-DD",)
    assert mapping.carried == {"name"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "names no column"),
        ("[fields]\n", "line 1: fields: the mapping names no column"),
        ("fields = 3", "is no table"),
        ('[fields]\nnmae = "x"', "line 2: fields.nmae: means nothing here; did you mean 'name'"),
        ('[fields]\nname = "x"\n[extra]\na = 1', "extra: means nothing here"),
        ("[fields]\nname = 3", "line 2: fields.name: names no column"),
        ('[fields]\nname = ""', "names no column"),
        ("[fields]\nname = { columns = [] }", "names no column"),
        ('[fields]\nname = { columns = ["a"], glue = "" }', "means nothing here; write one of columns, join"),
        ('[fields]\nname = { columns = ["a"], join = 1 }', "join is no text"),
        ("[fields]\nname = { first_of = [] }", "first_of lists nothing"),
        ('[fields]\nname = "x"\nmobile = "x"', "line 3: fields.mobile: column 'x' already feeds fields.name"),
        (
            '[fields]\nname = "x"\n[source]\nformat = "cvs"',
            "line 4: source.format.cvs: means nothing here; did you mean 'csv'",
        ),
        ('[fields]\nname = "x"\n[source]\nencoding = "latin-9"', "source.encoding"),
        ('[fields]\nname = "x"\n[source]\ndelimiter = "||"', "line 4: source.delimiter: is not one character"),
        ('[fields]\nname = "x"\n[source]\nsheet = 1', "line 4: source.sheet: is no text"),
        ('[fields]\nname = "x"\n[kind]\ncolumn = "k"', "the values of the column mean nothing yet"),
        (
            '[fields]\nname = "x"\n[kind]\ncolumn = "k"\nvalues = { a = "PERSN" }',
            "'PERSN' means nothing here; did you mean 'PERSON'",
        ),
        ('[fields]\nname = "x"\n[kind]\ndefault = 1', "kind.default: is no text"),
        ('[fields]\nname = "x"\n[sex]\nvalues = "M"', "sex.values: is no table of values"),
        ('[fields]\nname = "x"\n[documents]\nnumber = "n"', "write [[documents]]"),
        ('[[documents]]\nnumber = "n"', "line 1: documents[0]: type is missing"),
        ('[[documents]]\ntype = "RESIDENT_ID"', "number is missing"),
        (
            '[[documents]]\ntype = "RESIDENT"\nnumber = "n"',
            "line 2: documents[0].type: 'RESIDENT' means nothing here; did you mean 'RESIDENT_ID'",
        ),
        ('[[documents]]\ntype = { values = {} }\nnumber = "n"', "documents[0].type: is no text"),
        ('[[documents]]\ntype = "LEI"\nnumber = "n"\ndate = "d"', "line 4: documents[0].date: means nothing here"),
        ('[fields]\nname = "x"\n[dates]\nbirth_date = ["QQ"]', "line 4: dates.birth_date: 'QQ' is no date pattern"),
        ('[fields]\nname = "x"\n[dates]\nbirth_date = []', "lists no pattern"),
        (
            '[fields]\nname = "x"\n[dates]\nbirth_date = ["M/D/YY"]',
            "'M/D/YY' has a year of two digits; write [dates] pivot",
        ),
        ('[fields]\nname = "x"\n[dates]\npivot = 100', "dates.pivot: is not a number from 0 to 99"),
        ('[fields]\nname = "x"\n[dates]\npivot = true', "dates.pivot"),
        ("[fields\n", "this is no TOML"),
    ],
)
def test_what_is_wrong_is_told_with_line_and_remedy(text: str, told: str) -> None:
    assert told in problems(text)


def test_all_problems_are_told_at_once_in_the_order_of_the_lines() -> None:
    told = problems(
        '[fields]\nnmae = "x"\n[dates]\nbirth_date = ["M/D/YY"]\n[[documents]]\ntype = "RESIDENT"\nnumber = "n"'
    )
    lines = [line.split(":")[0].strip() for line in told.splitlines()[1:]]
    assert lines == ["line 2", "line 4", "line 6"]
    assert "3 things are wrong" in told


def test_a_column_of_codes_may_be_shared_with_the_kind() -> None:
    text = """
[kind]
column = "t"
values = { A = "PERSON", B = "UNIT" }
[[documents]]
number = "n"
type = { column = "t", values = { A = "RESIDENT_ID", B = "CREDIT_CODE" } }
"""
    assert load_mapping(text, "m.toml").columns == ("t", "n")


def test_the_line_of_a_key_is_found_in_nested_tables() -> None:
    lines = key_lines('a = 1\n[x]\n"b" = 2\n[[d]]\nn = 3\n[d.type]\ncolumn = 4\n[[d]]\nn = 5')
    assert (lines["a"], lines["x.b"], lines["d[0].n"], lines["d[0].type.column"], lines["d[1].n"]) == (1, 3, 5, 7, 9)


def test_a_word_like_nothing_has_no_closest() -> None:
    assert closest("zzzz", ["name"]) == ""


def test_no_complaint_raises_nothing() -> None:
    Complaints("m.toml", {}).raise_any()


@pytest.mark.parametrize("load", [load_mapping, load_list_mapping, load_contract_mapping, load_manifest])
def test_a_number_of_thousands_of_digits_is_refused_and_a_byte_order_mark_is_passed_over(
    load: Callable[[str, str], object],
) -> None:
    with pytest.raises(UnusableInput, match=r"^m\.toml: this is no TOML"):
        load(f"x = {'9' * 5000}", "m.toml")
    with pytest.raises(UnusableInput, match=r"unknown_word"):
        load("\ufeffunknown_word = 1", "m.toml")
