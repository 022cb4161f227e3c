"""Side-by-side measurements against public tools: `python -m bench.redline`."""
