"""The law in plain English: what people must do, by when, and what it costs them if they do not.

Every sentence is made from the provisions of the law at hand and names their sources.
"""

from sim.law.explain.compose import explain
from sim.law.explain.english import Earner
from sim.law.explain.sentences import Explanation, Section, Sentence, to_text

__all__ = ["Earner", "Explanation", "Section", "Sentence", "explain", "to_text"]
