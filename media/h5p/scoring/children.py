"""Contents inside contents: which there are, and which part of the snapshot belongs to which."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..walk import machine_name
from .result import mapping, objects
from .snapshot import Snapshot

# Contents that never give points, so that they may stand beside scored ones.
_WITHOUT_SCORE = """
Accordion AdvancedText Agamotto Audio Chart Collage ContinuousText Dialogcards ExportableTextArea GoToQuestion
GuidedTour IFrameEmbed Image ImageHotspots ImageSlider IVHotspot KewArCode Link Nil Shape Table Text Timeline
TwitterUserFeed Video
"""
WITHOUT_SCORE = frozenset(f"H5P.{name}" for name in _WITHOUT_SCORE.split())


@dataclass(frozen=True, slots=True)
class Child:
    """One inner content; ``holder`` is the object with its ``library`` and ``params``."""

    library: str
    params: Mapping[str, Any]
    sub_content: str | None


def as_child(holder: object) -> Child:
    data = mapping(holder)
    sub_content = data.get("subContentId")
    return Child(
        machine_name(data.get("library", "")),
        mapping(data.get("params")),
        sub_content if isinstance(sub_content, str) and sub_content else None,
    )


def holders(library: str, params: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The objects with ``library`` and ``params`` of one level, in order."""
    if library == "H5P.QuestionSet":
        return objects(params.get("questions"))
    if library == "H5P.InteractiveVideo":
        video = mapping(params.get("interactiveVideo"))
        interactions = objects(mapping(video.get("assets")).get("interactions"))
        summary = mapping(mapping(video.get("summary")).get("task"))
        found = [mapping(one.get("action")) for one in interactions]
        return found + ([summary] if _has_summary(summary) else [])
    if library == "H5P.CoursePresentation":
        slides = objects(mapping(params.get("presentation")).get("slides"))
        elements = [element for slide in slides for element in objects(slide.get("elements"))]
        return [mapping(element["action"]) for element in elements if "action" in element]
    if library == "H5P.BranchingScenario":
        nodes = objects(mapping(params.get("branchingScenario")).get("content"))
        return [mapping(node.get("type")) for node in nodes]
    return []


def _has_summary(task: Mapping[str, Any]) -> bool:
    """The editor leaves an empty summary in every video."""
    summaries = objects(mapping(task.get("params")).get("summaries"))
    return any(one.get("summary") for one in summaries)


def matched(children: list[Child], snapshots: tuple[Snapshot, ...]) -> list[Snapshot | None] | None:
    """The snapshot of each child, by its own identity, else by order; None when neither tells."""
    named = [snapshot for snapshot in snapshots if snapshot.sub_content]
    if len(named) == len(snapshots) and all(child.sub_content for child in children):
        by_name = {snapshot.sub_content: snapshot for snapshot in named}
        known = {child.sub_content for child in children}
        if len(by_name) == len(named) and set(by_name) <= known and len(known) == len(children):
            return [by_name.get(child.sub_content) for child in children]
        return None
    return list(snapshots) if len(snapshots) == len(children) else None
