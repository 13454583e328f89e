"""Tables and indicators: pure functions of the record."""
