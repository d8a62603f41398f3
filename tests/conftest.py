"""What tests share."""

from __future__ import annotations

import pytest

from assistant.assistant import Assistant
from assistant.settings import read_settings


@pytest.fixture(scope="session")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """A real assistant, over an index built for this session."""
    return Assistant.open(read_settings(data=tmp_path_factory.mktemp("data")))
