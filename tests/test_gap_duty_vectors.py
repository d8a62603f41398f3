"""Keeping the vectors of the duties."""

from dataclasses import replace

import numpy as np
import pytest

from assistant.gap import duties_of, encode_duties, kept_duty_vectors


@pytest.fixture(scope="module")
def duties(register, knowledge):
    return [duty for duty in duties_of(register, knowledge) if duty.article == "art-7"]


class Idle:
    """The real encoder, which may not be asked to encode again."""

    def __init__(self, encoder):
        self.revision, self.max_tokens = encoder.revision, encoder.max_tokens
        self.dimension = encoder.dimension

    def encode_in_steps(self, texts):
        raise AssertionError("encoded again")


def test_vectors_are_kept_and_found_again(tmp_path, duties, encoder):
    made = kept_duty_vectors(tmp_path, duties, encoder)
    again = kept_duty_vectors(tmp_path, duties, Idle(encoder))
    assert np.array_equal(made.whole, again.whole) and np.array_equal(made.own, again.own)


def test_another_list_of_duties_or_other_words_renews_them(tmp_path, duties, encoder):
    kept_duty_vectors(tmp_path, duties, encoder)
    changed = [replace(duties[0], own="fishes for trout"), *duties[1:]]
    for others in (duties[1:], changed):
        with pytest.raises(AssertionError, match="encoded again"):
            kept_duty_vectors(tmp_path, others, Idle(encoder))
        made = kept_duty_vectors(tmp_path, others, encoder)
        assert np.allclose(made.own, encode_duties(others, encoder).own, atol=1e-6)


def test_a_damaged_file_is_made_again(tmp_path, duties, encoder):
    kept_duty_vectors(tmp_path, duties, encoder)
    file = next((tmp_path / "gap").iterdir())
    file.write_bytes(file.read_bytes()[:200])
    made = kept_duty_vectors(tmp_path, duties, encoder)
    assert np.allclose(made.whole, encode_duties(duties, encoder).whole, atol=1e-6)
    assert kept_duty_vectors(tmp_path, duties, Idle(encoder)).own.shape == made.own.shape


def test_a_folder_that_cannot_be_made_is_no_hindrance(tmp_path, duties, encoder):
    (tmp_path / "gap").write_text("a file stands here")
    assert len(kept_duty_vectors(tmp_path, duties, encoder).own) == len(duties)
