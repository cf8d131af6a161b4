"""Floor 1: reviewed word lists (`en/*.toml`), the loader that refuses bad ones, and the one scan that finds them."""
