"""`python -m cxify` is `cxify`."""

from cxify.cli import main

if __name__ == "__main__":
    main(prog_name="cxify")
