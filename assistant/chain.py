"""The retrieval chain: a question in, an ``Answer`` out, one step a class.

    Read ──▶ Recall ──▶ Resolve    (understanding)
    Consult                        (register_answers)
    Search ──▶ Presume             (searching)
    Route ──▶ Compose ──▶ Verify ──▶ Finish    (writing)

Each step takes an ``Inquiry`` and returns it with more in it; one that already has its text passes
through the steps that would write one. ``build_chain`` joins them as a LangChain runnable; the
steps of one line run inside one runnable, since each runnable costs a fifth of a millisecond.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce

from langchain_core.runnables import Runnable, RunnableLambda

from assistant.answer import Answer
from assistant.inquiry import Inquiry
from assistant.knowledge import Knowledge
from assistant.register_answers import Consult
from assistant.retriever import ProvisionRetriever
from assistant.route import RouteModel
from assistant.searching import Presume, Search
from assistant.understanding import Read, Recall, Resolve
from assistant.writing import Compose, Finish, Route, Verify
from index.encoder import Encoder

__all__ = ["Inquiry", "build_chain"]

Step = Callable[[Inquiry], Inquiry]


def build_chain(
    knowledge: Knowledge, encoder: Encoder, retriever: ProvisionRetriever, model: RouteModel
) -> Runnable[Inquiry, Answer]:
    """The whole way of a question, as a runnable from ``Inquiry`` to ``Answer``."""
    search = Search(knowledge, encoder, retriever, model)
    finish = Finish(knowledge)
    recall = Recall(knowledge, lambda inquiry: chain.invoke(inquiry))
    understand = _joined(Read(), recall, Resolve(knowledge), Consult(knowledge))
    write = _joined(Route(knowledge), Compose(knowledge), Verify(knowledge))
    chain: Runnable[Inquiry, Answer] = (
        RunnableLambda(understand, name="understand")
        | RunnableLambda(_joined(search, Presume(knowledge, search)), name="search")
        | RunnableLambda(lambda inquiry: finish(write(inquiry)), name="write")
    )
    return chain


def _joined(*steps: Step) -> Step:
    """One step that does all of ``steps`` in turn."""
    return lambda inquiry: reduce(lambda done, step: step(done), steps, inquiry)
