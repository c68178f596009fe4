"""The stories of the ``policy`` commands, one module each."""
