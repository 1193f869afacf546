"""EcoLogits' data files: electricity mixes, language models, and hardware and data centres of video models."""
