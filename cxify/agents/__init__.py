"""cxify for other programs that work on a person's behalf: its functions as tools of the Model Context Protocol.

`told` is what programs are told about a document, also by `cxify inspect --json`. Only `server` imports the SDK.
"""
