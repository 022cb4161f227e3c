"""cxify weaves customer experience into Word HR documents as tracked changes that a person accepts or rejects.

The data flow is `cxify.pipeline`, top to bottom. Nothing is imported here: `cxify --help` must stay fast.
"""

__version__ = "0.1.0"
