"""Run cases through the same pipeline as `cxify rewrite`, score them, and keep every result as it ends.

subject    what is evaluated: a writer, and everything else that decides a result
attempt    one case through the pipeline; an error is a result
scored     a trial with its scores, computed where it was made
dataset    cases and evaluators as pydantic-evals knows them, an organisation's own among them
folder     the run folder: facts, results, documents; resumed, and scored anew without a model

What child processes need is imported here; `dataset`, with pydantic-evals, only by the process that runs.
"""

from cxify.evaluation.run.attempt import attempt
from cxify.evaluation.run.folder import RunFolder
from cxify.evaluation.run.planned import Planned
from cxify.evaluation.run.subject import Subject

__all__ = ["Planned", "RunFolder", "Subject", "attempt"]
