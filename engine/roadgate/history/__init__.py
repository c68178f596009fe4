"""First-parent history to promises and their seals."""
