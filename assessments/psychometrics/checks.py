"""Reading and refusing input: every public function passes its arrays through here first."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .errors import InvalidInputError

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Booleans = NDArray[np.bool_]

_ROWS_AT_ONCE = 65536


class Items(NamedTuple):
    """Parameters of items, one entry each: discrimination, difficulty, lower asymptote."""

    a: Floats
    b: Floats
    c: Floats


def as_floats(values: ArrayLike, name: str) -> Floats:
    """A float64 array, or a plain error where the values are not numbers."""
    try:
        return np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise InvalidInputError(f"{name} must hold numbers only.") from error


def vector(values: ArrayLike, name: str, size: int | None = None, finite: bool = True) -> Floats:
    """A one-dimensional float64 array; a scalar becomes one entry, or `size` entries when given."""
    array = np.atleast_1d(as_floats(values, name))
    if array.ndim != 1:
        raise InvalidInputError(f"{name} must be one-dimensional, not {array.ndim}-dimensional.")
    if size is not None and array.size == 1:
        array = np.full(size, array[0])
    if size is not None and array.size != size:
        raise InvalidInputError(f"{name} has {array.size} entries where {size} are needed.")
    if finite and not np.isfinite(array).all():
        raise InvalidInputError(f"{name} must be finite numbers.")
    return array


def items(a: ArrayLike, b: ArrayLike, c: ArrayLike = 0.0) -> Items:
    """Item parameters of one common length; at least one item, c in [0, 1)."""
    size = max(np.size(a), np.size(b), np.size(c))
    if min(np.size(a), np.size(b), np.size(c)) == 0:
        raise InvalidInputError("There are no items: a, b and c must have at least one entry.")
    checked = Items(vector(a, "a", size), vector(b, "b", size), vector(c, "c", size))
    if ((checked.c < 0) | (checked.c >= 1)).any():
        raise InvalidInputError("c must lie in [0, 1).")
    return checked


def responses(values: ArrayLike, item_count: int | None = None) -> Floats:
    """A (rows, items) matrix of 0, 1 and NaN (not answered); one row may be given flat."""
    matrix = as_floats(values, "responses")
    if matrix.ndim == 1 and item_count is not None and matrix.size == item_count:
        matrix = matrix[np.newaxis, :]
    if matrix.ndim != 2:
        raise InvalidInputError("responses must have two dimensions: rows and items.")
    if matrix.shape[1] == 0:
        raise InvalidInputError("There are no items: responses has no columns.")
    if item_count is not None and matrix.shape[1] != item_count:
        raise InvalidInputError(f"responses has {matrix.shape[1]} items, the parameters have {item_count}.")
    for start in range(0, matrix.shape[0], _ROWS_AT_ONCE):
        block = matrix[start : start + _ROWS_AT_ONCE]
        if not ((block == 0) | (block == 1) | np.isnan(block)).all():
            raise InvalidInputError("responses may hold only 0, 1 and NaN.")
    return matrix


def weights(values: ArrayLike | None, rows: int) -> Floats:
    """Frequencies of rows: finite, not negative; ones where not given."""
    if values is None:
        return np.ones(rows)
    array = as_floats(values, "weights")
    if array.shape != (rows,):
        raise InvalidInputError(f"weights needs one entry for each of the {rows} rows.")
    if not (np.isfinite(array) & (array >= 0)).all():
        raise InvalidInputError("weights must be finite and not negative.")
    return array


def positive(value: Any, name: str) -> float:
    """A finite number above zero."""
    number = finite_number(value, name)
    if number <= 0:
        raise InvalidInputError(f"{name} must be above zero.")
    return number


def finite_number(value: Any, name: str) -> float:
    """A finite number."""
    array = as_floats(value, name)
    if array.size != 1 or not np.isfinite(array).all():
        raise InvalidInputError(f"{name} must be one finite number.")
    return float(array.reshape(()))


def share(value: Any, name: str) -> float:
    """A finite number strictly between 0 and 1."""
    number = finite_number(value, name)
    if not 0 < number < 1:
        raise InvalidInputError(f"{name} must lie between 0 and 1.")
    return number


def same_length(first: Floats, second: Floats, names: str) -> None:
    """Refuse two vectors of different length."""
    if first.shape != second.shape:
        raise InvalidInputError(f"{names} must have the same length ({first.size} and {second.size}).")


def labels(values: ArrayLike, size: int, name: str) -> Integers:
    """Whole-number labels, one for each of `size` rows."""
    array = np.asarray(values)
    if array.shape != (size,):
        raise InvalidInputError(f"{name} needs one label for each of the {size} rows.")
    if size and array.dtype.kind not in "iub":
        raise InvalidInputError(f"{name} must be whole numbers.")
    return array.astype(np.int64)
