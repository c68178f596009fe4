"""Where issues, labels and statuses live: GitHub, or local Markdown files."""
