"""Quality and speed of credscore: fixtures with gold labels, and, where a corpus folder is given, figures on real news."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
"""The checkout."""
