"""What brings the tables of an older cxify up to date; `store.connect` applies it."""
