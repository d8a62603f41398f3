"""The rows of an evaluation as an image: each share with its interval, beside its goal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from assistant.evaluation.measures import Row
from index.errors import BadInput

__all__ = ["draw"]

COLOURS = ("#1f5a8a", "#c05a1f")


def draw(parts: Mapping[str, Sequence[Row]], file: Path) -> None:
    """Draw the rows of each part of the questions into ``file`` (its suffix names the format).

    Raises ``BadInput`` where the file cannot be written, or not in that format.
    """
    names = [row.name.strip() for row in next(iter(parts.values()))]
    figure = Figure(figsize=(9, 0.5 * len(names) + 1.6), layout="constrained")
    axes = figure.subplots()
    for place, (part, rows) in enumerate(parts.items()):
        _draw_part(axes, part, rows, place, len(parts))
    axes.set_yticks(range(len(names)), names)
    axes.invert_yaxis()
    axes.set_xlim(0, 1.01)
    axes.set_xlabel("share, with its 95 % interval; the black line is the goal")
    axes.grid(axis="x", alpha=0.3)
    axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=2)
    try:
        figure.savefig(file, dpi=130)
    except (OSError, ValueError) as error:
        raise BadInput(f"The chart cannot be saved as {file}: {error}.") from error


def _draw_part(axes: Axes, part: str, rows: Sequence[Row], place: int, parts: int) -> None:
    height = 0.8 / parts
    for n, row in enumerate(rows):
        if not row.count:
            continue
        at = n - 0.4 + height * (place + 0.5)
        axes.barh(
            at,
            row.share,
            height * 0.9,
            color=COLOURS[place % len(COLOURS)],
            label=part if n == 0 else None,
            xerr=[[row.share - row.low], [row.high - row.share]],
            ecolor="#555555",
            capsize=2,
        )
        if row.goal is not None:
            axes.plot([row.goal, row.goal], [n - 0.42, n + 0.42], color="black", linewidth=1.5)
