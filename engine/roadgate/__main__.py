"""Run the command with ``python -m roadgate``."""

from roadgate.cli.main import main

if __name__ == "__main__":
    main()
