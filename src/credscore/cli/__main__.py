"""`python -m credscore.cli` is `credscore`."""

from credscore.cli import main

if __name__ == "__main__":
    main()
