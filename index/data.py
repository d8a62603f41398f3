"""Reads the YAML files beside the text, strictly: what stands twice is an error, not a choice."""

from __future__ import annotations

from typing import Any

import yaml

__all__ = ["read_yaml"]


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Reads YAML as usual, but takes no key twice: the first entry would be lost in silence."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [key.value for key, _ in node.value]
        for key in keys:
            if keys.count(key) > 1:
                raise yaml.constructor.ConstructorError(
                    None, None, f"{key!r} stands twice", node.start_mark
                )
        mapping: dict[Any, Any] = super().construct_mapping(node, deep)
        return mapping


def read_yaml(content: bytes) -> Any:
    """The values in ``content``; raises ``yaml.YAMLError``, also for a key that stands twice."""
    return yaml.load(content, Loader=_Loader)
