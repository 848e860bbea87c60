"""The existence check inside public files: every verdict was looked at by hand, against the truth that comes with the data.

The Senzing truth set names the person behind each row; of the historical figures `cluster` does. Neither is known to the check.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest

from custmaster.cli import main
from custmaster.dedup import Candidate, Keyed, Verdict, check, keyed
from custmaster.wire import compile_structure, load_mapping, open_table

EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "examples"
pytestmark = pytest.mark.real

# Row, the row that it is told to be, the evidence; and why the verdict is right by requirements.md B3, B4, B6.
SENZING = [
    ("1017", "1015", "EXISTS", "+NAME+IDNO+TYPE"),  # one number, one name but for a space at its end
    ("1066", "1065", "EXISTS", "+NAME+IDNO+TYPE"),  # one of two licences each has, the names equal
    ("1045", "1043", "CONFLICT_NAME", "-NAME+IDNO+TYPE"),  # Pat and Patrick: same document, different name
    ("1046", "1044", "CONFLICT_NAME", "-NAME+IDNO+TYPE"),  # Pat and Patricia, of another passport than the two before
    ("1051", "1050", "CONFLICT_NAME", "-NAME+IDNO+TYPE-BIRTH"),  # Leigh and Lee, day and month exchanged
    ("1052", "1050", "CONFLICT_NAME", "-NAME+IDNO+TYPE"),  # Lea and Lee
    ("1055", "1053", "CONFLICT_NAME", "-NAME+IDNO+TYPE"),  # the family name left out
    ("1056", "1054", "CONFLICT_NAME", "-NAME+IDNO+TYPE+BIRTH"),  # another family name
    ("1065", "1064", "CONFLICT_NAME", "-NAME+IDNO+TYPE"),  # Susan and Susanne
    ("1070", "1069", "CONFLICT_NAME", "-NAME+IDNO+TYPE+BIRTH+SEX"),  # 王杰 and its pinyin: two names (B4)
    ("1072", "1071", "CONFLICT_NAME", "-NAME+IDNO+TYPE+BIRTH+SEX"),  # 王伟 and its pinyin
    ("1080", "1079", "CONFLICT_NAME", "-NAME+IDNO+TYPE+BIRTH"),  # Geoffrey Jr and Jeffrey
    ("1082", "1081", "CONFLICT_NAME", "-NAME+IDNO+TYPE+BIRTH"),  # Georg and George
    ("1084", "1083", "CONFLICT_NAME", "-NAME+IDNO+TYPE+BIRTH"),  # Klempsky and Klempski
    ("1094", "1093", "CONFLICT_NAME", "-NAME+IDNO+TYPE+BIRTH"),  # a married name
    ("1096", "1095", "CONFLICT_NAME", "-NAME+IDNO+TYPE+BIRTH"),  # Juann and Juan
    ("1104", "1103", "CONFLICT_NAME", "-NAME+IDNO+TYPE"),  # Annabelle and Anabella
    ("1067", "1066", "SUSPECT", "-NAME~IDNO+TYPE"),  # a number typed without its dashes, and a slip in the name
]
# One person by the truth, and rightly not said to be: what they share is on B6's list of what never counts, or on no list.
NO_EVIDENCE = [
    ("1001", "1002"),  # Robert and Bob: a nickname is another name; the telephone is no number where the bank is
    ("1059", "1060"),  # Ray and R
    ("1063", "1065"),  # the name alone
    ("1032", "1033"),  # first and family name exchanged: the order of a Latin name is kept (B4)
    ("1073", "1074"),  # 张伟 and its pinyin, without a document
    ("1061", "1062"),  # a name and a telephone that is no mobile
    ("1015", "1016"),  # Mary and Marie, one birth date, no sex
]


def told(file: Path, mapping: str, tmp_path: Path) -> tuple[dict[str, int], list[dict[str, str]]]:
    """How often each verdict, and every finding of the existence check: record, number, code, evidence."""
    out = tmp_path / "findings.jsonl"
    words = ["check", str(file), "--mapping", str(EXAMPLES / mapping), "--as-of", "2026-11-23", "--out", str(out)]
    assert main([*words, "--json"]) == 1
    lines = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    found = [line for line in lines if "evidence" in line["facts"]]
    return Counter(line["code"] for line in found), [{**line, **line["facts"]} for line in found]


def people(file: Path, mapping: str) -> dict[str, Keyed]:
    mapped = load_mapping((EXAMPLES / mapping).read_text("utf-8"), source=mapping)
    with open_table(file, mapped) as table:
        structured = map(compile_structure(mapped, table.header, typed=table.typed), table.rows)
        return {str(one.record): keyed(one.entry) for one in structured if one.entry is not None}


def test_senzing_rows_that_are_in_the_file_already(
    shared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = shared / "data" / "senzing_truth_set" / "customers.csv"
    counts, found = told(file, "senzing.toml", tmp_path)
    assert sorted((one["record"], one["number"], one["code"], one["evidence"]) for one in found) == sorted(SENZING)
    assert counts == {"EXISTS": 2, "CONFLICT_NAME": 15, "SUSPECT": 1}
    verdicts = json.loads(capsys.readouterr().out)["existence"]["verdicts"]
    # 120 rows: 84 show no document and nobody was found for them, which is no word that they are new (B6, R-72).
    assert verdicts == {"EXISTS": 2, "CONFLICT_NAME": 15, "SUSPECT": 1, "NEW": 18, "UNDECIDABLE": 84}


def test_senzing_no_two_strangers_are_told_to_be_one(shared: Path) -> None:
    folder = shared / "data" / "senzing_truth_set"
    with (folder / "actual_truthset_key.csv").open(encoding="utf-8-sig", newline="") as stream:
        keys = [row for row in csv.DictReader(stream) if row["DATA_SOURCE"] == "CUSTOMERS"]
    truth = {row["RECORD_ID"]: row["CLUSTER_ID"] for row in keys}
    entries = people(folder / "customers.csv", "senzing.toml")
    assert entries.keys() == truth.keys()

    def verdict(one: str, other: str) -> Verdict:
        candidate = Candidate(number=other, entry=entries[other])
        return check(entries[one], [candidate], searched=["FILE"], required=["FILE"]).considered[0].verdict

    told_of = Counter(
        (verdict(one, other), truth[one] == truth[other]) for one, other in combinations(sorted(truth), 2)
    )
    assert told_of == {
        (Verdict.EXISTS, True): 2,
        (Verdict.CONFLICT_NAME, True): 16,  # one more than rows: 1051 and 1052 have one passport with each other, too
        (Verdict.SUSPECT, True): 1,
        (Verdict.NEW, True): 49,
        (Verdict.NEW, False): 7072,
    }
    assert all(truth[one] == truth[other] and verdict(one, other) is Verdict.NEW for one, other in NO_EVIDENCE)


def test_historical_figures_have_one_kind_of_evidence(
    shared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = shared / "data" / "splink" / "historical_figures_with_errors_50k.parquet"
    counts, found = told(file, "historical.toml", tmp_path)
    # Without documents and telephones nothing is left but name, sex and birth date (五要素): a suspect, and never more.
    # 10,650 rows are not the first of their lower-case name, readable day and sex; four more differ by a doubled space alone,
    # or by the one after an initial (g. lister, g.lister).
    assert counts == {"SUSPECT": 10_654}
    assert {one["evidence"] for one in found} == {"+NAME+BIRTH+SEX"}
    verdicts = json.loads(capsys.readouterr().out)["existence"]["verdicts"]
    assert verdicts == {"SUSPECT": 10_654, "UNDECIDABLE": 50_578 - 10_654}
    # The source key begins with the person. 23 point to another: homonyms with one birth date, at whom somebody must look (B6).
    apart = {(one["record"], one["number"]) for one in found if person(one["record"]) != person(one["number"])}
    assert len(apart) == 23
    assert ("Q24845632-1", "Q17627000-3") in apart  # two William Owens born on 1860-11-20, both footballers
    assert (
        "Q50210878-1",
        "Q21461054-2",
    ) in apart  # two by the truth, and one painter by the look of it: Frederick Foottet
    pairs = {(one["record"], one["number"]) for one in found}
    assert ("Q6152783-4", "Q6152783-1") in pairs  # nothing differs
    assert ("Q18761973-10", "Q18761973-9") in pairs  # g.lister, g. lister
    suspects = {one["record"] for one in found}
    assert "Q18761973-3" not in suspects, "another day of birth"
    assert "Q18761973-5" not in suspects, "no sex: a missing value equals nothing"
    assert "Q18761973-11" not in suspects, "a title and another year"


def person(record: str) -> str:
    return record.partition("-")[0]
