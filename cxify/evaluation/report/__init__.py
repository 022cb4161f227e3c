"""Show a run, or two and what they say about each other.

compared(comparison, runs, cases, gate) → Report    what is shown, ready to print
alone(run, cases)                       → Report
page(report)                            → str       one HTML file
markdown(report)                        → str       for a pull request
junit(report)                           → bytes     for a CI server
"""

from cxify.evaluation.report.assembly import alone, compared
from cxify.evaluation.report.junit import junit
from cxify.evaluation.report.markdown import markdown
from cxify.evaluation.report.page import page
from cxify.evaluation.report.view import Gate, Report

__all__ = ["Gate", "Report", "alone", "compared", "junit", "markdown", "page"]
