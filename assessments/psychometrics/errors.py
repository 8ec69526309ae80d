"""The plain-worded errors of the measurement functions; all are ValueErrors."""


class PsychometricsError(ValueError):
    """Any input or data that cannot lead to an honest number."""


class InvalidInputError(PsychometricsError):
    """Wrong shape, an impossible value, or nothing to work on."""


class ConstantItemError(PsychometricsError):
    """An item that everybody (or nobody) got right says nothing about its own parameters."""


class NotIdentifiedError(PsychometricsError):
    """The data leave a parameter free to run to infinity, or leave it undetermined."""
