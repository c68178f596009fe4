"""roadgate keeps a product roadmap honest."""

__version__ = "0.1.0"
