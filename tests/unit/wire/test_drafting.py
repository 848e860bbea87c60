from __future__ import annotations

import pytest

from custmaster.errors import UnusableInput
from custmaster.value.document_types import DocumentType
from custmaster.wire import draft, load_mapping
from custmaster.wire._words import DOCUMENT_COLUMNS, FIELD_WORDS, NUMBER_OF_ONE_TYPE, TYPE_WORDS, plain_word
from custmaster.wire.mapping import FIELDS, FileMapping


def drafted(header: list[str], *samples: list[str]) -> FileMapping:
    return load_mapping(draft(header, samples), "draft.toml")


def test_a_chinese_header() -> None:
    header = [
        "客户号",
        "客户姓名",
        "证件类型",
        "证件号码",
        "签发日期",
        "证件有效期",
        "发证机关",
        "性别",
        "出生日期",
        "国籍",
        "职业",
    ]
    header += ["手机号", "联系电话", "住址", "开户日期", "备注"]
    samples = [
        [
            "1",
            "张伟",
            "居民身份证",
            "x",
            "2010.01.02",
            "长期",
            "局",
            "1",
            "19900102",
            "CHN",
            "农民",
            "1",
            "2",
            "路",
            "2019/1/2",
            "",
        ],
        [
            "2",
            "李娜",
            "护照",
            "y",
            "2011.03.04",
            "2021.03.04",
            "局",
            "2",
            "19910203",
            "CHN",
            "",
            "1",
            "2",
            "路",
            "2020/11/2",
            "",
        ],
        ["3", "王芳", "09", "z", "", "99991231", "局", "2", "", "CHN", "", "1", "2", "路", "", ""],
    ]
    text = draft(header, samples)
    mapping = load_mapping(text, "draft.toml")
    assert set(mapping.columns) == set(header) - {"备注"}
    (document,) = mapping.documents
    assert document.type.values == {
        "居民身份证": (DocumentType.RESIDENT_ID, False),
        "护照": (DocumentType.CHINESE_PASSPORT, False),
    }
    assert '# "09" = "RESIDENT_ID"    # what does it mean?' in text
    assert mapping.patterns("birth_date") == ("YYYYMMDD",)
    assert mapping.patterns("opened_on") == ("YYYY/M/D",)
    assert mapping.patterns("issued_on") == mapping.patterns("expires_on") == ("YYYY.MM.DD",)
    assert '#   "备注"' in text
    assert "张伟" not in text


def test_an_english_header() -> None:
    mapping = drafted(["Full Name", "ID_NO", "dob", "Mobile", "E-Mail"], ["Anna", "1", "3/15/90", "1", "a@b"])
    assert {key: source.choices[0].names[0] for key, source in mapping.fields.items()} == {
        "name": "Full Name",
        "birth_date": "dob",
        "mobile": "Mobile",
        "email": "E-Mail",
    }
    assert mapping.patterns("birth_date") == ("M/D/YY",)
    assert mapping.pivot is not None
    assert mapping.documents[0].type.default == (DocumentType.RESIDENT_ID, False)


def test_headers_that_name_a_type_become_documents_of_that_type() -> None:
    mapping = drafted(["单位名称", "统一社会信用代码", "组织机构代码", "法定代表人", "法定代表人身份证号", "到期日"])
    assert [document.type.default for document in mapping.documents] == [
        (DocumentType.CREDIT_CODE, False),
        (DocumentType.ORGANISATION_CODE, False),
    ]
    assert mapping.documents[0].expires_on is not None
    assert "法定代表人" not in mapping.columns
    assert "# about another person" in draft(["法定代表人"])


def test_a_type_column_beside_a_resident_number_holds_all_types() -> None:
    mapping = drafted(["姓名", "证件种类", "身份证号"])
    (document,) = mapping.documents
    assert (document.type.column, document.number.choices[0].names) == ("证件种类", ("身份证号",))


def test_an_ambiguous_date_column_is_commented() -> None:
    text = draft(["姓名", "出生日期"], [["a", "3/4/1990"], ["b", "5/6/1991"]])
    assert 'birth_date = ["M/D/YYYY"]\n# AMBIGUOUS: D/M/YYYY would read every sampled cell too' in text
    mapping = load_mapping(text, "draft.toml")
    assert mapping.patterns("birth_date") == ("M/D/YYYY",)


def test_several_patterns_when_one_does_not_read_all() -> None:
    mapping = drafted(["姓名", "生日"], ["a", "1990-03-15"], ["b", "15-Mar-92"], ["c", "19910203"])
    assert mapping.patterns("birth_date") == ("YYYY-MM-DD", "YYYYMMDD", "DD-Mon-YY")


def test_a_date_column_that_nothing_reads_is_commented() -> None:
    assert '# birth_date = ["..."]' in draft(["姓名", "生日"], [["a", "spring"]])


def test_a_column_of_numbers_is_never_taken_for_codes() -> None:
    number = "11010519491231002X"
    long = draft(["证件类型", "证件号码"], [[f"{number}{place}", "1"] for place in range(50)])
    assert number not in long


@pytest.mark.parametrize(
    "header",
    [
        ["x", "y"],
        [],
        [""],
        ["姓名", "姓名"],
        ['na"me\\', "姓 名", "客户姓名 *"],
        ["姓名\n[evil]", "\x00", "\x7f名称", "#", "a = 1"],
    ],
)
def test_any_header_gives_a_draft_that_is_toml(header: list[str]) -> None:
    import tomllib

    assert isinstance(tomllib.loads(draft(header, [["v"] * len(header), []])), dict)


def test_a_header_of_nothing_known_says_so() -> None:
    assert "no header was recognised" in draft(["x"])


def test_no_word_means_two_things() -> None:
    words = [
        plain_word(word)
        for table in (FIELD_WORDS, DOCUMENT_COLUMNS, NUMBER_OF_ONE_TYPE)
        for row in table.values()
        for word in row
    ]
    assert len(words) == len(set(words))
    assert set(FIELD_WORDS) == set(FIELDS)
    assert {*NUMBER_OF_ONE_TYPE, *(code.removesuffix("/DUPLICATE") for code in TYPE_WORDS.values())} <= set(
        DocumentType
    )


@pytest.mark.parametrize("header", [word for row in FIELD_WORDS.values() for word in row])
def test_every_word_is_recognised(header: str) -> None:
    assert drafted([header]).columns == (header,)


def test_a_key_that_holds_identity_numbers_is_a_document() -> None:
    mapping = drafted(["ID", "NAME"], ["11010519491231002X", "张伟"], ["x", "李娜"])
    assert "source_key" not in mapping.fields
    assert [tuple(source.number.columns()) for source in mapping.documents] == [("ID",)]
    assert tuple(drafted(["ID", "NAME"], ["1001", "张伟"]).fields["source_key"].columns()) == ("ID",)


@pytest.mark.parametrize("cell", ["11010519491231002X", "13912340987", "91350100M000100Y43"])
def test_a_first_row_of_data_is_not_quoted(cell: str) -> None:
    with pytest.raises(UnusableInput, match="not headings") as caught:
        draft(["张伟", cell, ""])
    assert "张伟" not in str(caught.value)
    assert cell not in str(caught.value)
