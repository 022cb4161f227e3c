"""What a run over many documents costs."""
