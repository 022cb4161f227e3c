"""What programs send and get, as the OpenAPI description shows it; `routes/api.py` answers with the desk's work."""
