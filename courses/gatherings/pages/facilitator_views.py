"""The facilitator's own list, and a new gathering from a plan."""

from __future__ import annotations

from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from courses.gatherings.create_gathering import create_gathering
from courses.gatherings.led_gathering import leader_of
from courses.gatherings.may_lead import LEADING_ROLES
from courses.gatherings.models import Gathering, Phase, Plan
from courses.gatherings.plans.freeze import PlanNotReady
from lms.accounts.api import Person
from lms.organisations.api import Unit, role_required, units_visible_to

_MOST = 50


class PlanChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic at run time
    def label_from_instance(self, obj: Plan) -> str:
        minutes = _("%(n)d minutes") % {"n": obj.minutes}
        return f"{obj.title} ({minutes}, {obj.get_audience_display().lower()})"


class NewGatheringForm(forms.Form):
    plan = PlanChoice(label=_("Plan"), queryset=Plan.objects.all(), empty_label=None)
    unit = forms.ModelChoiceField(label=_("Unit that meets"), queryset=Unit.objects.none(), empty_label=None)
    planned_for = forms.DateTimeField(
        label=_("When"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M"],
    )
    silent = forms.BooleanField(
        label=_("Everybody answers alone and in silence at first"), required=False, initial=True
    )
    show_names = forms.BooleanField(label=_("Names may stand on the big screen"), required=False)

    def __init__(self, person: Person, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        unit = self.fields["unit"]
        assert isinstance(unit, forms.ModelChoiceField)  # noqa: S101 - tells the type
        unit.queryset = units_visible_to(person, *LEADING_ROLES)


def gatherings_of(person: Person) -> QuerySet[Gathering]:
    """Those that the person leads, and those of the units in which the person may lead."""
    units = units_visible_to(person, *LEADING_ROLES)
    mine = Gathering.objects.filter(Q(facilitator=person) | Q(unit__in=units))
    return mine.select_related("unit").defer("steps")


@require_GET
@role_required(*LEADING_ROLES)
def facilitator(request: HttpRequest) -> HttpResponse:
    """Facilitators, cell secretaries, administrators: their own."""
    mine = gatherings_of(leader_of(request))
    context = {
        "open": mine.exclude(phase=Phase.ENDED)[:_MOST],
        "ended": mine.filter(phase=Phase.ENDED)[:_MOST],
        "plans": Plan.objects.all(),
    }
    return render(request, "gatherings/facilitator.html", context)


@require_http_methods(["GET", "POST"])
@role_required(*LEADING_ROLES)
def new_gathering(request: HttpRequest) -> HttpResponse:
    """The same people, for units where they may lead."""
    person = leader_of(request)
    first = {"plan": request.GET.get("ke-hoach"), "planned_for": timezone.localtime()}
    form = NewGatheringForm(person, request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            gathering = create_gathering(
                given["plan"],
                given["unit"],
                person,
                planned_for=given["planned_for"],
                silent=given["silent"],
                show_names=given["show_names"],
            )
        except PlanNotReady as problem:
            form.add_error("plan", str(problem))
        else:
            return redirect("gatherings:presenter", gathering.uuid)
    status = 400 if form.is_bound else 200
    return render(request, "gatherings/new.html", {"form": form}, status=status)
