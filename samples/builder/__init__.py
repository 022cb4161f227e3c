"""Builds the sample Word files: plain functions that write WordprocessingML, one module a document."""
