"""How the battery of patterns is told: in sentences and a table, as a document, as a figure on one page, and as a folder."""
