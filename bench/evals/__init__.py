"""What an evaluation run costs beyond the model, beside pydantic-evals alone and inspect-ai."""
