"""Many documents: which ones, each on its own, several at a time, and what became of them.

`plan` looks at the folders and refuses what cannot end well; `run` does the work. One bad document never stops the
others.
"""

from cxify.batch.agenda import GLANCE, LOOK, REWRITE, Agenda, Step, Thread
from cxify.batch.answers import Answers
from cxify.batch.child import STANDS_BACK, Limits, Parent
from cxify.batch.children import Children
from cxify.batch.kept import Kept
from cxify.batch.making import Making, heard
from cxify.batch.outcome import STATUSES, Done, Job, Made, Outcome, Plan, Role, Status
from cxify.batch.planning import OTHER_FORMATS, WORD_SUFFIXES, plan, prepare, retried
from cxify.batch.report import REPORT, details
from cxify.batch.running import Apart, conclude, run
from cxify.batch.watching import settled
from cxify.batch.wire import Stopped
from cxify.batch.worker import Pages, Rewrite, Worker

__all__ = [
    "GLANCE",
    "LOOK",
    "OTHER_FORMATS",
    "REPORT",
    "REWRITE",
    "STANDS_BACK",
    "STATUSES",
    "WORD_SUFFIXES",
    "Agenda",
    "Answers",
    "Apart",
    "Children",
    "Done",
    "Job",
    "Kept",
    "Limits",
    "Made",
    "Making",
    "Outcome",
    "Pages",
    "Parent",
    "Plan",
    "Rewrite",
    "Role",
    "Status",
    "Step",
    "Stopped",
    "Thread",
    "Worker",
    "conclude",
    "details",
    "heard",
    "plan",
    "prepare",
    "retried",
    "run",
    "settled",
]
