"""The same tracked edits written by cxify and by its public peers, judged by one independent judge, in one run."""
