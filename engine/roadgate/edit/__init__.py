"""Changes users' YAML: only what is meant to change, proven by reading the result again."""
