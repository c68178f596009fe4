"""Trees to documents, documents to resources or findings."""
