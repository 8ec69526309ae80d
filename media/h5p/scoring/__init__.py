"""Scores recomputed from a content's own key and what the person did; the browser's score is never read.

``score`` takes the parameters with their key, so also the second value of ``blind``.
"""

from ..errors import CannotBlind, ResponseError
from .blind import blind
from .dispatch import score
from .result import Detail, Score

__all__ = ["CannotBlind", "Detail", "ResponseError", "Score", "blind", "score"]
