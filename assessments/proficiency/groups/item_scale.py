"""Item parameters on the scale of one calibration, items that it lacks included."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from assessments.psychometrics import linking
from assessments.psychometrics.errors import PsychometricsError
from assessments.sittings.api import Parameter, parameters_of

# Fewer common items say too little about the slope of a link.
_FEWEST_COMMON = 5


def on_scale_of(calibration_id: int, older_ids: Collection[int]) -> dict[int, Parameter]:
    """Items that only an older calibration knows are re-expressed by their common items, or left out."""
    known = parameters_of([calibration_id])
    for older in sorted(set(older_ids) - {calibration_id}, reverse=True):
        for item, parameter in _linked(parameters_of([older]), known).items():
            known.setdefault(item, parameter)
    return known


def _linked(older: Mapping[int, Parameter], known: Mapping[int, Parameter]) -> dict[int, Parameter]:
    common = sorted(set(older) & set(known))
    missing = sorted(set(older) - set(known))
    if not missing or len(common) < _FEWEST_COMMON:
        return {}
    try:
        link = linking.mean_sigma([older[one].b for one in common], [known[one].b for one in common])
        a, b = linking.transform([older[one].a for one in missing], [older[one].b for one in missing], link)
    except PsychometricsError:
        return {}
    return {
        item: Parameter(float(a[place]), float(b[place]), older[item].c, older[item].expert)
        for place, item in enumerate(missing)
    }
