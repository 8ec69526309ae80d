"""Numbers, dates and codes as people of the province write them: 1.284; 58 %; 22/11/2026; 14 giờ 30."""

from __future__ import annotations

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from django.utils import timezone

NO_BREAK_SPACE = "\u00a0"


def _decimal(value: object) -> Decimal | None:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def plain_number(value: object, places: int = 0) -> str:
    """Dots between thousands, a comma before decimals; empty for what is no number."""
    number = _decimal(value)
    if number is None:
        return ""
    rounded = number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return f"{rounded:,f}".translate(str.maketrans(",.", ".,"))


def percent(share: object, places: int = 0) -> str:
    """A share between 0 and 1 as a percentage."""
    number = _decimal(share)
    return "" if number is None else plain_number(number * 100, places) + NO_BREAK_SPACE + "%"


def dong(value: object) -> str:
    amount = plain_number(value)
    return amount and f"{amount}{NO_BREAK_SPACE}đồng"


def date(value: object) -> str:
    if isinstance(value, dt.datetime):
        value = timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value.strftime("%d/%m/%Y") if isinstance(value, dt.date) else ""


def clock(value: object) -> str:
    """The time of day: 14 giờ 30."""
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    if not isinstance(value, dt.datetime | dt.time):
        return ""
    return f"{value.hour}{NO_BREAK_SPACE}giờ{NO_BREAK_SPACE}{value.minute:02}"


def code_groups(value: object) -> str:
    """A code in groups of four, so that it can be read aloud and compared: 7K3M-Q9TX-2HVD-W5RX."""
    return "-".join(re.findall(".{1,4}", re.sub(r"[\s-]", "", str(value))))
