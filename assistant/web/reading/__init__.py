"""What the reading room shows of the Convention, as values that its templates lay out."""
