"""A result as a tree: what it is made of, down to the numbers that sources print."""

from cradle.explain.ask import ExplainError, Question
from cradle.explain.tree import Node, explain

__all__ = ["ExplainError", "Node", "Question", "explain"]
