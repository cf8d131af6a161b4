"""Coverage-guided fuzzing: `python -m benchmarks.guided ENTRY [-max_total_time=SECONDS …]`, with the package `atheris`.

The entries and their promises are those of `benchmarks.fuzz`; what follows the entry is for libFuzzer. It ends with the first case
that breaks a promise, which libFuzzer writes to a file, or when its time is up.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory


def main() -> None:
    """Fuzz the entry named first among the arguments."""
    try:
        import atheris  # type: ignore[import-not-found]
    except ImportError:
        raise SystemExit("This needs the package atheris: pip install atheris") from None
    with atheris.instrument_imports(include=["credscore"]):  # before anything else imports it
        from benchmarks import fuzz
    if len(sys.argv) < 2 or sys.argv[1] not in fuzz.SHARES:
        raise SystemExit(f"Name one of the entries: {', '.join(fuzz.SHARES)}")
    entry = sys.argv[1]
    with TemporaryDirectory(prefix="credscore-fuzz-") as name:
        seeds = Path(name) / "seeds"
        seeds.mkdir()
        for number, seed in enumerate(fuzz.SEEDS[entry]):
            (seeds / str(number)).write_bytes(seed)
        atheris.Setup([sys.argv[0], *sys.argv[2:], str(seeds)], fuzz.runner(entry, Path(name)))
        atheris.Fuzz()


if __name__ == "__main__":
    main()
