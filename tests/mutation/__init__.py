"""Breaks the passing examples of policies, one thing at a time, to see which rule notices."""
