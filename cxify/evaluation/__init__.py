"""Measure what a writer proposes: gold cases by experts, and how near a proposal comes to them."""

from cxify.evaluation.case import Case, load, load_all
from cxify.evaluation.gold import Score, score

__all__ = ["Case", "Score", "load", "load_all", "score"]
