"""What a figure means, where it comes from and how to make it better: plain sentences for page and workbook."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from assessments.proficiency.dashboard import Dashboard, audience_name
from assessments.proficiency.models import Label
from assessments.proficiency.shares import Estimate, Share
from lms.theme.written_numbers import date, percent, plain_number

# Below these, more of it would make the figure better.
_MUCH_COVERAGE = 0.10
_MUCH_SUPERVISED = 0.30


def meaning(board: Dashboard) -> list[str]:
    """The headline, then what it is about, then how far to trust it."""
    share = board.share
    if share is None:
        return [_no_share(board)]
    said = [_headline(board, share), _interval(share), _about(share)]
    if board.basic is not None:
        said.append(_basic(board.basic))
    if share.indicative:
        said.append(weakness(share))
    return said


def weakness(share: Share) -> str:
    if share.few:
        return _("For orientation only: few people have been measured so far.")
    if share.wide:
        return _("For orientation only: the range is still wide.")
    return _(
        "For orientation only: nobody was chosen at random yet, so that only those who came were measured."
    )


def _headline(board: Dashboard, share: Share) -> str:
    said = {"percent": share.percent, "skill": board.skill.name}
    if board.run is None:
        return (
            _(
                'Of every 100 people here who did the assessment "%(skill)s", about %(percent)s passed at the first '
                "sitting."
            )
            % said
        )
    if share.population:
        return _("Of every 100 inhabitants here, about %(percent)s are proficient in %(skill)s.") % said
    return (
        _('Of every 100 people here who did the assessment "%(skill)s", about %(percent)s are proficient.')
        % said
    )


def _interval(share: Share) -> str:
    said = {"low": share.low_percent, "high": share.high_percent}
    return _("The true number lies most likely between %(low)s and %(high)s.") % said


def _about(share: Share) -> str:
    if share.population:
        return _("This is about all inhabitants, because a part of the people measured was chosen at random.")
    return _("This is about those who did the assessment, not about all inhabitants.")


def _basic(share: Share) -> str:
    said = {"percent": share.percent, "low": share.low_percent, "high": share.high_percent}
    return _("At basic level or above: about %(percent)s of 100 (between %(low)s and %(high)s).") % said


def _no_share(board: Dashboard) -> str:
    if board.withheld:
        return _(
            "There is no share to publish here yet: fewer than 10 people did the assessment, or the number would "
            "give away so small a group."
        )
    return _("Not measured yet. That does not mean that nobody can do it.")


def facts(board: Dashboard) -> Iterator[tuple[str, str]]:
    """Word and value, in the order in which an official asks."""
    share = board.share
    yield _("Unit"), board.unit.full_title
    yield _("Skill"), board.skill.name
    yield _("Audience"), audience_name(board.audience)
    if share is None:
        return
    yield _("What was counted"), board.measure
    yield _("About whom"), about_whom(share)
    yield _("People measured"), plain_number(share.n)
    yield _("Share"), percent(share.value)
    yield _("Range (right nine times in ten)"), f"{share.low_percent}–{percent(share.high)}"
    yield _("How firm"), weakness(share) if share.indicative else _("Firm enough to publish.")
    if isinstance(share, Estimate):
        yield from _facts_of(share)
    yield from _versions(board)


def _facts_of(share: Estimate) -> Iterator[tuple[str, str]]:
    if share.coverage is not None:
        yield _("Measured, of all people registered here"), percent(share.coverage)
    yield _("Measured under supervision"), percent(share.supervised)
    if share.risk is not None:
        yield _("Critical errors per 100 people measured"), plain_number(share.risk, 0)


def _versions(board: Dashboard) -> Iterator[tuple[str, str]]:
    if board.run is not None:
        said = {"number": board.run.number, "day": date(board.run.at)}
        yield _("Calculation"), _("no. %(number)s, finished on %(day)s") % said
    if board.run is not None and board.basis is not None:
        said = {"number": board.basis.number, "day": date(board.basis.at)}
        yield _("Difficulty of the questions"), _model(board.basis.model)
        yield _("Version of the difficulties"), _("no. %(number)s, in use since %(day)s") % said


def _model(model: str) -> str:
    words = {
        "expert": _("estimated by experts, because there are too few answers yet"),
        "1pl": _("worked out from the answers of the people (one number per question)"),
        "2pl": _("worked out from the answers of the people (two numbers per question)"),
    }
    return words.get(model, model)


def improvements(board: Dashboard) -> Iterator[str]:
    """What makes the figure firmer, then what makes it higher."""
    share = board.share
    if share is None or share.few or share.wide:
        yield _("Invite more people to do the assessment alone: the range gets narrower with every one.")
    if isinstance(share, Estimate):
        yield from _better_evidence(share)
    if share is not None:
        yield _(
            "Choose lessons of this skill for the next evening class, then measure again after some weeks."
        )
    if isinstance(share, Estimate) and share.risk:
        yield _("Practise first what can cost money or data: each critical error is such a step.")


def _better_evidence(share: Estimate) -> Iterator[str]:
    if not share.population:
        yield _("Ask for a random sample: only then can the figure speak of all inhabitants.")
    if share.coverage is not None and share.coverage < _MUCH_COVERAGE:
        yield _("Reach people who have not come yet: so far only a small part was measured.")
    if share.supervised < _MUCH_SUPERVISED:
        yield _("Hold some assessments with a facilitator present, so that it is certain who answered.")


def about_whom(share: Share) -> str:
    return str((Label.POPULATION if share.population else Label.PARTICIPANTS).label)
