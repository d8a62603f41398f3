"""Questions that no provision answers: what they look like, and the fixed text that meets them.

``index/text/exemplars.yaml`` groups example questions by topic; ``prompts/topics`` has the text of
each. An exemplar is embedded beside the provisions' own questions and points to its topic, so one
search of the store finds both.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files

import yaml

from assistant.answer import Outcome
from index.data import read_yaml
from index.errors import AnnotationError
from index.passages import Kind, Passage

__all__ = ["TOPIC_PREFIX", "Group", "Topic", "Topics", "exemplar_passages", "read_topics"]

TOPIC_PREFIX = "topic/"


class Group(StrEnum):
    """What kind of question a topic is."""

    NOT_COVERED = "not_covered"
    STATUS = "status"
    PREMISE = "premise"
    STRUCTURE = "structure"
    CLARIFY = "clarify"
    OFF_TOPIC = "off_topic"

    @property
    def outcome(self) -> Outcome:
        """How a question on such a topic ends."""
        return _OUTCOMES[self]


_OUTCOMES = {
    Group.NOT_COVERED: Outcome.NOT_COVERED,
    Group.STATUS: Outcome.ANSWERED,
    Group.PREMISE: Outcome.CORRECTED,
    Group.STRUCTURE: Outcome.ANSWERED,
    Group.CLARIFY: Outcome.CLARIFY,
    Group.OFF_TOPIC: Outcome.OFF_TOPIC,
}


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic: its group, its name, and the questions that show what belongs to it."""

    group: Group
    name: str
    questions: tuple[str, ...]

    @property
    def id(self) -> str:
        """Where its exemplars point: ``topic/not_covered/prison-terms``."""
        return f"{TOPIC_PREFIX}{self.group}/{self.name}"

    @property
    def text(self) -> str:
        """Name of the fixed text that answers it."""
        return f"topics/{self.group}-{self.name}"


@dataclass(frozen=True)
class Topics:
    """Every topic by id, and the hash of the file they came from."""

    by_id: Mapping[str, Topic]
    content: bytes


def read_topics() -> Topics:
    """The shipped topics; raises ``AnnotationError`` where the file is damaged."""
    content = files("index").joinpath("text", "exemplars.yaml").read_bytes()
    try:
        entries = read_yaml(content)
        topics = [
            Topic(Group(group), name, tuple(questions))
            for group, names in entries.items()
            for name, questions in names.items()
        ]
    except (yaml.YAMLError, ValueError, AttributeError, TypeError) as error:
        raise AnnotationError(f"exemplars.yaml cannot be read: {error}") from error
    return Topics({topic.id: topic for topic in topics}, content)


def exemplar_passages(topics: Topics) -> list[Passage]:
    """One passage for each example question, pointing to its topic."""
    return [
        Passage(f"{topic.id}#{Kind.QUESTION}-{position}", topic.id, Kind.QUESTION, position, text)
        for topic in topics.by_id.values()
        for position, text in enumerate(topic.questions)
    ]
