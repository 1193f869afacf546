"""Cradle: a curated life cycle inventory and measurement warehouse for AI services."""

__version__ = "0.1.0"
