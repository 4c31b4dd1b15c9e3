"""`python -m lens` is the command line."""

from lens.cli import main

if __name__ == "__main__":
    main()
