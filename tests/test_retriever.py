"""The retriever over any Documents, and by LangChain's own standard tests."""

import pytest
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_tests.integration_tests import RetrieversIntegrationTests

from assistant.retriever import ProvisionRetriever
from index.encoder import load_encoder
from index.errors import BadInput

DOCUMENTS = [
    Document(id="dogs", page_content="A dog has to be on a lead in the park."),
    Document(id="bins", page_content="Waste is collected on Mondays; put the bin out by six."),
    Document(id="noise", page_content="No loud music after ten in the evening."),
    Document(id="long", page_content="Parking is free. " * 200 + "Bicycles need a lamp."),
]


class OverDocuments(ProvisionRetriever):
    """As LangChain's tests want it: made by keyword arguments alone."""

    def __init__(self, **given) -> None:
        if "documents" not in given:
            made = ProvisionRetriever.from_documents(DOCUMENTS, encoder=load_encoder(), **given)
            given = {name: getattr(made, name) for name in ProvisionRetriever.model_fields}
        super().__init__(**given)


class TestLangChainStandard(RetrieversIntegrationTests):
    @property
    def retriever_constructor(self) -> type[BaseRetriever]:
        return OverDocuments

    @property
    def retriever_constructor_params(self) -> dict:
        return {"k": 3}

    @property
    def retriever_query_example(self) -> str:
        return "When is the rubbish taken away?"


@pytest.fixture(scope="module")
def retriever(encoder) -> ProvisionRetriever:
    return ProvisionRetriever.from_documents(DOCUMENTS, encoder=encoder, k=2)


def test_the_best_document_comes_first_with_its_score(retriever):
    found = retriever.invoke("When is the rubbish taken away?")
    assert found[0].id == "bins" and len(found) == 2
    assert found[0].metadata["score"] >= found[1].metadata["score"]


def test_the_end_of_a_long_document_is_found_too(retriever):
    assert retriever.invoke("Does a bike need a light?")[0].id == "long"


def test_a_batch_finds_what_single_queries_find(retriever):
    queries = ["loud music", "dog lead"]
    singly = [[d.id for d in retriever.invoke(query)] for query in queries]
    assert [[d.id for d in found] for found in retriever.batch(queries)] == singly


@pytest.mark.parametrize("ids", [(None, "b"), ("a", "a")])
def test_documents_need_ids_of_their_own(encoder, ids):
    documents = [Document(id=name, page_content="text") for name in ids]
    with pytest.raises(BadInput, match="id"):
        ProvisionRetriever.from_documents(documents, encoder=encoder)
