"""A language model as a judge of rewritten documents: one call a criterion, with the words that decide.

Its scores stand beside the others and gate nothing, until its agreement with people's labels was measured for this very
prompt and model (`agreement`).
"""

from cxify.evaluation.judge.agreement import Agreement
from cxify.evaluation.judge.criterion import Judge
from cxify.evaluation.judge.labels import Label, labels
from cxify.evaluation.judge.pair import Preference, prefer
from cxify.evaluation.judge.rubric import Criterion, rubric
from cxify.evaluation.judge.sentences import labelled_sentences

__all__ = ["Agreement", "Criterion", "Judge", "Label", "Preference", "labelled_sentences", "labels", "prefer", "rubric"]
