"""Opens what answers need a language model for, where the settings name one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from assistant.generation.provider import Limits, Provider
from assistant.generation.rewriting import Rewrite
from assistant.generation.writer import Generate
from assistant.knowledge import Knowledge
from assistant.settings import Settings
from index.encoder import Encoder
from index.errors import ModelFailure
from prompts import fixed_text

__all__ = ["ModelWay", "open_model_way"]


@dataclass(frozen=True, slots=True)
class ModelWay:
    """The two steps that a language model does: ``rewrite`` a follow-up, ``generate`` the text.

    ``failures`` counts those of the model, by cause.
    """

    rewrite: Rewrite
    generate: Generate
    failures: Mapping[str, int]


def open_model_way(
    settings: Settings, knowledge: Knowledge, encoder: Encoder, say: Callable[[str], None]
) -> ModelWay:
    """The steps with the model of the settings; ``say`` is told why it cannot be used, if so.

    Nothing is sent yet. Answers then are extractive, each with the reason.
    """
    from assistant.generation.check import SentenceCheck

    provider = Provider(settings.model, Limits(settings.model_wait, settings.model_seconds))
    try:
        provider.open()
    except ModelFailure as error:
        say(fixed_text("model/at_start", reason=str(error)))
    check = SentenceCheck(knowledge, encoder)
    generate = Generate(knowledge, provider, check, budget=settings.model_tokens)
    return ModelWay(Rewrite(provider, encoder), generate, provider.failures)
