"""The functions that policies may call, a theme a module."""
