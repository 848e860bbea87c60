"""Reports and refusals as reasons: every code is cited and can be told in both languages, and no value stands in it."""

from __future__ import annotations

import pytest

from custmaster.decision import Outcome
from custmaster.handbook import KEYS, Language, render
from custmaster.sync import Report, ReportCode, SyncCode
from custmaster.sync.reasons import REFUSALS, REPORTS, as_reason, refusal


def test_both_tables_are_total_and_cite_keys_that_are() -> None:
    assert set(REFUSALS) == set(SyncCode)
    assert set(REPORTS) == set(ReportCode)
    names = {key.name for key in KEYS}
    cited = [*REFUSALS.values(), *REPORTS.values()]
    assert {citation.key for citation in cited} - {None} <= names
    assert all(citation.article.startswith("R-") for citation in cited)


@pytest.mark.parametrize("lang", Language)
@pytest.mark.parametrize("code", ReportCode)
def test_a_report_is_a_warning_that_names_the_edit(code: ReportCode, lang: Language) -> None:
    reason = as_reason(Report(code=code, number="6000000001", system="EUSP", epoch=3, pseq=17, field="birth_date"))
    assert (reason.code, reason.outcome, reason.subject) == (code, Outcome.REVIEW, "6000000001")
    told = render(str(reason.code), reason.facts, lang)
    assert all(part in told for part in ("EUSP", "17", "birth_date"))
    assert dict(reason.facts)["epoch"] == 3


@pytest.mark.parametrize("lang", Language)
@pytest.mark.parametrize("code", SyncCode)
def test_a_refusal_can_be_told_without_facts(code: SyncCode, lang: Language) -> None:
    reason = refusal(code, "6000000001")
    assert (reason.code, reason.outcome, reason.subject) == (code, Outcome.REFUSED, "6000000001")
    assert render(str(reason.code), reason.facts, lang)
    assert refusal(code).subject is None
