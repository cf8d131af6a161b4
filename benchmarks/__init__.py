"""Quality and speed of credscore: fixtures with gold labels, and, where a corpus folder is given, figures on real news."""
