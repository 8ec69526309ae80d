"""YAML that people hand in: plain values, and nothing that grows when it is taken apart."""

from __future__ import annotations

from typing import Any

import yaml


class AliasError(yaml.YAMLError):
    """A few lines of aliases of aliases stand for millions of values."""


class _NoAliasLoader(yaml.SafeLoader):
    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise AliasError("aliases (*name) are not allowed")
        return super().compose_node(parent, index)


class _PlainDumper(yaml.SafeDumper):
    """What it writes can be read again: the same list at two places is written twice."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def written(node: Any, width: int = 110) -> str:
    return str(yaml.dump(node, Dumper=_PlainDumper, allow_unicode=True, sort_keys=False, width=width))


def read_text(text: str) -> Any:
    """Raises yaml.YAMLError for what is no YAML or holds an alias, RecursionError for what is nested too deep."""
    return yaml.load(text, Loader=_NoAliasLoader)  # noqa: S506 - a safe loader
