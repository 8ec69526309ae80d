"""Sentences of the frame around a task, for the server's pages and for the script alike."""

from __future__ import annotations

from django.utils.translation import gettext as _


def problem_words() -> dict[str, str]:
    """What a field takes, by the codes of ``stepped.problem_of``."""
    return {
        "code": _("This code has digits only."),
        "digits": _("Only digits go here."),
        "phone": _("Only the digits of a telephone number go here."),
        "amount": _("Only the digits of an amount go here."),
        "date": _("Write the date as day/month/year, with digits."),
        "text": _("This text is too long, or has a character that cannot be read."),
        "number": _("A whole number within the limits goes here."),
        "choice": _("Please choose one of the answers shown."),
    }


def frame_words() -> dict[str, str]:
    """What the script says in its own voice."""
    return {
        "back": _("Back"),
        "screen": _("Screen: %(title)s"),
        "choose": _("Choose"),
        "correct": _("Please look again"),
        "hint": _("Hint"),
        "waiting": _("Waiting for the connection. What you did is kept on this phone."),
        "again": _("The connection was lost for a while. The task goes on from what was saved."),
        "delete": _("Delete one digit"),
        "digits_typed": _("The code has %(length)s digits, %(typed)s typed"),
        "written": _("What is said"),
        "act": _("Act"),
        "me": _("Me"),
        "home": _("Home screen"),
        "first": _("First page"),
    }
