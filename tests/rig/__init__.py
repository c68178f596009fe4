"""The test rig: stand-ins for the world around roadgate. Imports nothing of roadgate."""
