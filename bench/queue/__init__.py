"""What the queue costs beside a run on one machine."""
