"""Reads the YAML files beside the text, strictly: what stands twice is an error, not a choice."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
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
    folder: Traversable, parse: Callable[[str, str, Any], T]
) -> tuple[dict[str, T], str]:
    """The entries by id of every YAML file in ``folder``, and the sha256 of them all.

    ``parse`` makes an entry of its place (file and id, for messages), its id and its values. Raises
    ``AnnotationError`` for a file that maps no ids to entries, and for an id in two files.
    """
    digest = hashlib.sha256()
    by_id: dict[str, T] = {}
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".yaml"):
            content = file.read_bytes()
            digest.update(content)
            entries = _entries(file.name, content)
            if twice := by_id.keys() & entries.keys():
                raise AnnotationError(f"{file.name}, {min(twice)}: another file has it too")
            by_id |= {
                key: parse(f"{file.name}, {key}", key, entry) for key, entry in entries.items()
            }
    return by_id, digest.hexdigest()


def _entries(name: str, content: bytes) -> Mapping[str, Any]:
    try:
        entries = read_yaml(content) or {}
    except yaml.YAMLError as error:
        why = " ".join(str(error).split())
        raise AnnotationError(f"{name} is not valid YAML: {why}") from error
    if not isinstance(entries, Mapping):
        raise AnnotationError(f"{name} has to map ids to entries")
    return entries
