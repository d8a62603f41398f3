"""The retrieval chain: a question in, an ``Answer`` out, one step a class.

    Read ──▶ Interpret ──▶ Recall ──▶ Resolve    (understanding, interpreting)
    Consult                        (register_answers)
    Search ──▶ Presume             (searching)
    Route ──▶ Compose ──▶ Verify ──▶ Finish    (writing)

With a language model, Rewrite follows Recall and Generate follows Verify (generation); then the
chain, when streamed, yields drafts before the answer, and when invoked, the answer alone.

Each step takes an ``Inquiry`` and returns it with more in it; one that already has its text passes
through the steps that would write one. ``build_chain`` joins them as a LangChain runnable; the
steps of one line run inside one runnable, since each runnable costs a fifth of a millisecond.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import reduce
from typing import TYPE_CHECKING, cast

from langchain_core.runnables import Runnable, RunnableLambda

from assistant.answer import Answer, Draft
from assistant.bridge import Bridge
from assistant.inquiry import Inquiry
from assistant.interpreting import Interpret
from assistant.knowledge import Knowledge
from assistant.register_answers import Consult
from assistant.retriever import ProvisionRetriever
from assistant.route import RouteModel
from assistant.searching import Presume, Search, or_away
from assistant.understanding import Read, Recall, Resolve
from assistant.writing import Compose, Finish, Route, Verify
from index.encoder import Encoder

if TYPE_CHECKING:
    from assistant.generation.opening import ModelWay

__all__ = ["Inquiry", "build_chain"]

Step = Callable[[Inquiry], Inquiry]


def build_chain(
    knowledge: Knowledge,
    encoder: Encoder,
    retriever: ProvisionRetriever,
    model: RouteModel,
    way: ModelWay | None = None,
) -> Runnable[Inquiry, Answer]:
    """The whole way of a question, as a runnable from ``Inquiry`` to ``Answer``.

    ``way`` holds the steps of a language model; what was asked before is always answered without.
    """
    search = Search(knowledge, encoder, retriever, model)
    finish = Finish(knowledge)
    recall = Recall(knowledge, lambda inquiry: extractive.invoke(inquiry))
    find = RunnableLambda(or_away(_joined(search, Presume(knowledge, search))), name="search")
    bridge = Bridge(knowledge.passages, retriever) if encoder.is_multilingual else None
    interpret = Interpret(bridge.reading if bridge else None)
    consult = Consult(knowledge)
    write = _joined(Route(knowledge), Compose(knowledge), Verify(knowledge))
    extractive: Runnable[Inquiry, Answer] = (
        RunnableLambda(
            _joined(Read(), interpret, recall, Resolve(knowledge), consult), name="understand"
        )
        | find
        | RunnableLambda(lambda inquiry: finish(write(inquiry)), name="write")
    )
    if way is None:
        return extractive
    understand = _joined(Read(), interpret, recall, way.rewrite, Resolve(knowledge), consult)
    worded = (
        RunnableLambda(understand, name="understand")
        | find
        | RunnableLambda(_told(write, way, finish), name="write")
    )
    return cast("Runnable[Inquiry, Answer]", worded)  # invoke gives the last of what it yields


def _told(
    write: Step, way: ModelWay, finish: Finish
) -> Callable[[Inquiry], Iterator[Draft | Answer]]:
    """The last steps as a generator: drafts, and last the answer."""

    def told(inquiry: Inquiry) -> Iterator[Draft | Answer]:
        for step in way.generate(write(inquiry)):
            if isinstance(step, Draft):
                yield Draft(inquiry.opened(step.text))
            else:
                yield finish(step)

    return told


def _joined(*steps: Step) -> Step:
    """One step that does all of ``steps`` in turn."""
    return lambda inquiry: reduce(lambda done, step: step(done), steps, inquiry)
