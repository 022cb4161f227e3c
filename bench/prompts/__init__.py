"""How much of what a model is told is the same from request to request."""
