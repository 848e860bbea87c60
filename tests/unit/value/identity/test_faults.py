"""Every fault of a number is told, not only the first."""

from __future__ import annotations

import pytest

from custmaster.errors import Fault, InvalidValue
from custmaster.value.document import DocumentNumber, IdentityDocument
from custmaster.value.document_types import DocumentType
from custmaster.value.identity import permanent_residence, residence_permit, resident
from custmaster.value.identity.registry import VERBS, NumberForm, faults

CASES = [
    (NumberForm.RESIDENT, "11010519491231002X", ()),
    (NumberForm.RESIDENT, "１１０１０５１９４９１２３１００２ｘ", ()),
    (NumberForm.RESIDENT, "110105194912310021", (Fault.CHECK_DIGIT,)),
    (NumberForm.RESIDENT, "170105194902300020", (Fault.REGION, Fault.DATE, Fault.CHECK_DIGIT)),
    (NumberForm.RESIDENT, "1101051949", (Fault.LENGTH,)),
    (NumberForm.RESIDENT, "11010519491231A02X", (Fault.FORMAT,)),
    (NumberForm.RESIDENT, "110105491231002", ()),
    (NumberForm.RESIDENT, "170105491331002", (Fault.REGION, Fault.DATE)),
    (NumberForm.RESIDENT, "11010549123100A", (Fault.FORMAT,)),
    (NumberForm.RESIDENCE_PERMIT, "840000199402300021", (Fault.REGION, Fault.DATE, Fault.CHECK_DIGIT)),
    (NumberForm.RESIDENCE_PERMIT, "810000199408230021", ()),
    (NumberForm.PERMANENT_RESIDENCE, "932682198501010018", (Fault.CHECK_DIGIT,)),
    (NumberForm.PERMANENT_RESIDENCE, "XYZ110000000001", ()),
    (NumberForm.PERMANENT_RESIDENCE, "XY1110000000001", (Fault.FORMAT,)),
    (NumberForm.CREDIT_CODE, "91350211M000100Y46", ()),
    (NumberForm.LEI, "969500", (Fault.LENGTH,)),
]


@pytest.mark.parametrize(("form", "number", "expected"), CASES)
def test_all_faults_in_order(form: NumberForm, number: str, expected: tuple[Fault, ...]) -> None:
    assert faults(form, number) == expected
    assert VERBS[form].is_valid(number) is (expected == ())


@pytest.mark.parametrize(("form", "number", "expected"), [case for case in CASES if case[2]])
def test_validate_raises_the_first(form: NumberForm, number: str, expected: tuple[Fault, ...]) -> None:
    with pytest.raises(InvalidValue) as caught:
        VERBS[form].validate(number)
    assert caught.value.fault is expected[0]


@pytest.mark.parametrize("module", [resident, residence_permit, permanent_residence])
def test_only_text_is_examined(module: object) -> None:
    with pytest.raises(InvalidValue) as caught:
        module.faults(None)  # type: ignore[attr-defined]
    assert caught.value.fault is Fault.TYPE


def test_a_document_tells_its_faults() -> None:
    document = IdentityDocument(type=DocumentType.RESIDENT_ID, number=DocumentNumber("110105194912310021"))
    assert document.faults() == (Fault.CHECK_DIGIT,)
