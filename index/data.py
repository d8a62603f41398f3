"""Reads the YAML files beside the text, strictly: what stands twice is an error, not a choice."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

import yaml

from index.errors import AnnotationError

__all__ = ["read_folder", "read_yaml"]

T = TypeVar("T")


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


def read_folder(
    folder: Traversable, parse: Callable[[str, bytes], dict[str, T]]
) -> tuple[dict[str, T], str]:
    """The entries by id of every YAML file in ``folder``, and the sha256 of them all.

    ``parse`` makes the entries of one file of its name and content. Raises ``AnnotationError`` for
    an id that stands in two files.
    """
    digest = hashlib.sha256()
    by_id: dict[str, T] = {}
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".yaml"):
            content = file.read_bytes()
            digest.update(content)
            entries = parse(file.name, content)
            if twice := by_id.keys() & entries.keys():
                raise AnnotationError(f"{file.name}, {min(twice)}: another file has it too")
            by_id |= entries
    return by_id, digest.hexdigest()
