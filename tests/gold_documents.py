"""The Word files of the gold cases, as the evaluation makes them."""

from cxify.evaluation.wordfile import word_file

__all__ = ["word_file"]
