"""Disks that are full or cannot be written, for tests of what keeps files."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def read_only(folder: Path) -> Iterator[Path]:
    """The same folder as one that nobody can write."""
    place = folder.with_name(f"{folder.name}-read-only")
    place.mkdir()
    with _mounted(place, "--bind", "-o", "ro", str(folder)):
        yield place


@contextmanager
def small_disk(place: Path, size: str = "1m") -> Iterator[Path]:
    """A disk of that size."""
    place.mkdir()
    with _mounted(place, "-t", "tmpfs", "-o", f"size={size}", "tmpfs"):
        yield place


@contextmanager
def _mounted(place: Path, *arguments: str) -> Iterator[None]:
    if shutil.which("mount") is None or os.geteuid() != 0:
        pytest.skip("only root can mount the disk that this test needs")
    done = subprocess.run(["mount", *arguments, str(place)], capture_output=True, text=True)
    if done.returncode:
        why = done.stderr.splitlines()[0]
        pytest.skip(f"the disk that this test needs cannot be mounted: {why}")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)
