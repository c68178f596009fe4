"""Resources to a linked roadmap; base and head compared."""
