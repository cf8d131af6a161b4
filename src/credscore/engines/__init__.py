"""Floor 5: the same scores on more than one machine. Each engine is a few lines around `credscore.columns.score`.

An adapter takes an engine's table and gives an engine's table with the columns of `credscore.columns`, lazily where the engine is
lazy. The scorer travels with the work, so that all workers score with the same model. Each process unpacks it once, or with a
lexicon of your own once a partition. Workers need the same credscore: the column `signature` says what scored each row.
"""
