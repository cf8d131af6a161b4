"""Floor 5: fitting and measuring models on labelled texts. The only floor that imports numpy and scikit-learn."""
