"""Write the reviewed TOML files down in the form that loads fast: `python -m credscore.lexicon.compile`."""

from pathlib import Path

from credscore.lexicon.terms import COMPILED, reviewed, to_json

TARGET = Path(__file__).with_name(COMPILED)

if __name__ == "__main__":
    TARGET.write_text(to_json(reviewed()), encoding="utf8", newline="\n")
