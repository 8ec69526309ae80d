"""Starter units: the province, its 124 communes, wards and special zone, and a few sub-units with invented names."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from lms import vietnamese
from lms.organisations.models import FormerUnit, Unit, UnitKind

_DATA = Path(__file__).parent / "data"
_KIND_WORDS = {UnitKind.COMMUNE: "xa", UnitKind.WARD: "phuong", UnitKind.SPECIAL_ZONE: "dac-khu"}
_UNCERTAIN = "Mã của xã này chưa chắc chắn: các nguồn ghi 23095 hoặc 23098."


def unit_slug(kind_word: str, name: str) -> str:
    return slugify(vietnamese.folded(f"{kind_word} {name}"))[:80]


@transaction.atomic
def load_units() -> dict[str, Unit]:
    """Create what is missing, refresh what is there; units by their slug. Running it again changes nothing."""
    data = json.loads((_DATA / "units.json").read_text(encoding="utf-8"))
    samples = json.loads((_DATA / "sample_units.json").read_text(encoding="utf-8"))
    units = {unit.slug: unit for unit in Unit.objects.all()}
    root = _province(data["province"], units)
    for entry in data["units"]:
        _commune(root, entry, units)
    _former_units(data, units)
    for sample in samples:
        _sample(units[sample["parent"]], sample, units)
    return units


def _province(entry: dict[str, Any], units: dict[str, Unit]) -> Unit:
    slug = unit_slug("tinh", entry["name"])
    if slug not in units:
        units[slug] = Unit.add_root(
            kind=UnitKind.PROVINCE, name=f"Tỉnh {entry['name']}", code=entry["code"], slug=slug
        )
    return units[slug]


def _commune(root: Unit, entry: dict[str, Any], units: dict[str, Unit]) -> None:
    note = f"{entry['note']} {_UNCERTAIN}" if entry.get("code_uncertain") else entry["note"]
    fields = {"kind": entry["kind"], "name": entry["name"], "code": entry["code"], "note": note}
    _unit(root, unit_slug(_KIND_WORDS[entry["kind"]], entry["name"]), fields, units)


def _unit(parent: Unit, slug: str, fields: dict[str, Any], units: dict[str, Unit]) -> Unit:
    unit = units.get(slug)
    if unit is None:
        units[slug] = parent.add_child(slug=slug, **fields)
        return units[slug]
    changed = [name for name, value in fields.items() if getattr(unit, name) != value]
    for name in changed:
        setattr(unit, name, fields[name])
    if changed:
        unit.save()
    return unit


def _former_units(data: dict[str, Any], units: dict[str, Unit]) -> None:
    """Rewritten as a whole only when they differ: they have no identity of their own."""
    wanted = []
    for entry in data["units"]:
        unit = units[unit_slug(_KIND_WORDS[entry["kind"]], entry["name"])]
        for former in entry["former"]:
            wanted.append(_former_unit(unit, former, data["resolution"]))
    kept = set(FormerUnit.objects.values_list("unit_id", "name", "district", "partial"))
    if kept == {(row.unit_id, row.name, row.district, row.partial) for row in wanted}:
        return
    FormerUnit.objects.all().delete()
    FormerUnit.objects.bulk_create(wanted)


def _former_unit(unit: Unit, former: dict[str, Any], resolution: str) -> FormerUnit:
    return FormerUnit(
        unit=unit,
        name=former["name"],
        folded_name=vietnamese.folded(former["name"]),
        district=former.get("district", ""),
        partial=former.get("partial", False),
        resolution=resolution,
    )


def _sample(parent: Unit, sample: dict[str, Any], units: dict[str, Unit]) -> None:
    slug = unit_slug(parent.slug.removeprefix("tinh-lam-dong"), sample["name"])
    unit = _unit(parent, slug, {"kind": sample["kind"], "name": sample["name"]}, units)
    for child in sample.get("children", []):
        _sample(unit, child, units)
