"""The answers that calibrate items: measured sittings only, one row per sitting, gaps where nothing was answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

import numpy as np
import numpy.typing as npt
from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from assessments.sittings.models import ItemEvidence, Sitting, SittingItem

# In bytes an answer is 1 or 0; nothing answered is a gap, never a wrong answer.
GAP = -1


@dataclass(frozen=True)
class Answers:
    """matrix (sittings, items) of 1, 0 and gaps; audience of each sitting."""

    matrix: npt.NDArray[np.int8]
    audience: npt.NDArray[np.str_]

    @property
    def floats(self) -> npt.NDArray[np.float64]:
        return np.where(self.matrix == GAP, np.nan, self.matrix)


def measured(skill_code: str) -> QuerySet[Sitting]:
    """A person's first sitting in these skills, alone and silent; practice never. Decided when it ended."""
    return Sitting.objects.filter(
        item_evidence=ItemEvidence.MEASURED, finished_at__isnull=False, by_skill__has_key=skill_code
    )


def ranges(skill_code: str, shards: int) -> list[tuple[int, int]]:
    """First and last sitting of each shard, about as many sittings in each; fewer shards if there are few."""
    sittings = measured(skill_code).order_by("pk").values_list("pk", flat=True)
    count = sittings.count()
    starts = sorted({count * shard // shards for shard in range(shards)}) if count else []
    firsts = [sittings[start] for start in starts]
    last = sittings.last()
    ends = [first - 1 for first in firsts[1:]] + ([last] if last is not None else [])
    return list(zip(firsts, ends, strict=True))


def read(skill_code: str, item_ids: Sequence[int], first: int, last: int) -> Answers:
    """In one query. Only answers to the question that is asked today; of several answers the last counts."""
    place = {item: column for column, item in enumerate(item_ids)}
    rows = (
        SittingItem.objects.filter(
            sitting__in=measured(skill_code).filter(pk__gte=first, pk__lte=last),
            version__item__in=item_ids,
        )
        .alias(
            question=Coalesce("version__same_as", "version"),
            asked_now=Coalesce("version__item__current__same_as", "version__item__current"),
        )
        .filter(question=F("asked_now"))
        .order_by("sitting", "position", "responses__pk")
        .values_list("sitting", "sitting__audience", "version__item", "responses__correct")
    )
    found, audiences = [], []
    for _sitting, of_sitting in groupby(rows.iterator(chunk_size=5000), key=itemgetter(0)):
        line, answers = np.full(len(place), GAP, dtype=np.int8), list(of_sitting)
        for _pk, _audience, item, correct in answers:
            line[place[item]] = GAP if correct is None else int(correct)
        found.append(line)
        audiences.append(answers[0][1])
    matrix = np.stack(found) if found else np.empty((0, len(place)), dtype=np.int8)
    return Answers(matrix, np.array(audiences, dtype="U10"))
