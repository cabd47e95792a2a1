"""`python -m kgcheck`: the command line without its script."""

from kgcheck.cli import main

if __name__ == "__main__":
    main()
