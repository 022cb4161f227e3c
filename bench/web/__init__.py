"""How the web page holds up: people at work while a large batch runs, and a kill in between."""
