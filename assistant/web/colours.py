"""The look of Gradio's own parts, in the colours of all pages; the rest lies in ``static``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import gradio as gr

__all__ = ["theme"]

_COLOURS = {
    "background_fill_primary": "var(--paper)",
    "background_fill_secondary": "var(--paper-2)",
    "block_background_fill": "var(--paper)",
    "block_title_text_color": "var(--ink)",
    "body_background_fill": "var(--paper)",
    "body_text_color": "var(--ink)",
    "body_text_color_subdued": "var(--ink-2)",
    "border_color_accent_subdued": "var(--rule)",
    "border_color_primary": "var(--rule)",
    "button_primary_background_fill": "var(--link)",
    "button_primary_background_fill_hover": "var(--link)",
    "button_primary_text_color": "var(--on-link)",
    "button_primary_text_color_hover": "var(--on-link)",
    "button_secondary_background_fill": "var(--paper-2)",
    "button_secondary_background_fill_hover": "var(--rule)",
    "button_secondary_border_color": "var(--rule)",
    "button_secondary_text_color": "var(--ink)",
    "button_secondary_text_color_hover": "var(--ink)",
    "color_accent_soft": "var(--paper-2)",
    "input_background_fill": "var(--paper)",
    "input_background_fill_focus": "var(--paper)",
    "input_border_color": "var(--ink-2)",
    "input_border_color_focus": "var(--link)",
    "input_placeholder_color": "var(--ink-2)",
    "link_text_color": "var(--link)",
    "link_text_color_active": "var(--link)",
    "link_text_color_hover": "var(--link)",
    "link_text_color_visited": "var(--link)",
}


def theme() -> gr.themes.Base:
    """The theme of the page: the system's own fonts, calm colours, light and dark."""
    fonts = [gr.themes.Font(name) for name in ("system-ui", "Segoe UI", "Roboto", "sans-serif")]
    return gr.themes.Base(
        primary_hue=gr.themes.colors.sky,
        neutral_hue=gr.themes.colors.slate,
        font=fonts,
        font_mono=[gr.themes.Font("ui-monospace"), gr.themes.Font("monospace")],
        text_size=gr.themes.sizes.text_md,
    ).set(**_in_both_schemes(_COLOURS))


def _in_both_schemes(values: Mapping[str, str]) -> dict[str, Any]:
    """The values for light and dark alike: the variables that they name know the scheme."""
    return {**values, **{f"{name}_dark": value for name, value in values.items()}}
