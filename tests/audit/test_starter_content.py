"""The content that the product brings keeps every rule of the guide: no fault of any code."""

from __future__ import annotations

import pytest
from django.utils import timezone

from assessments.items.audit import read_files
from assessments.items.audit.bank import Bank
from assessments.items.audit.fault import Fault
from assessments.items.audit.run import audit
from assessments.items.audit_bank import shown_too_early

CODES = [f"E{number:02d}" for number in range(1, 23)]


@pytest.fixture(scope="module")
def bank() -> Bank:
    return read_files.bank_of(read_files.starter_files(), timezone.localdate())


@pytest.fixture(scope="module")
def faults(bank: Bank) -> list[Fault]:
    return [fault for fault in [*audit(bank), *shown_too_early(bank)] if not fault.warning]


@pytest.mark.parametrize("code", CODES)
def test_the_starter_content_has_no_fault(faults: list[Fault], code: str) -> None:
    assert [str(fault) for fault in faults if fault.code == code] == []
