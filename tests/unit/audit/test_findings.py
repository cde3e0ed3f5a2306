"""Every fault has a sentence."""

import pytest

from audit.findings import Fault, Finding


@pytest.mark.parametrize("fault", Fault)
def test_a_fault_at_a_number_names_the_number(fault: Fault) -> None:
    assert "entry 5" in Finding(fault, number=5, entry_id=17).sentence.lower()


@pytest.mark.parametrize("fault", [Fault.INSERTED, Fault.COPIED])
def test_a_fault_without_a_number_names_the_row(fault: Fault) -> None:
    assert "id 17" in Finding(fault, number=None, entry_id=17).sentence
