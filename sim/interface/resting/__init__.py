"""How what an answer rests on is told: in sentences and tables, as a document, as figures, and as a folder of results."""
