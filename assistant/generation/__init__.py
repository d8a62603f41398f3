"""Answers written by a language model, of which only what the provisions support comes out."""
