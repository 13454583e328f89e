"""How an attribution is told: in sentences and tables, as a document, as a figure, and as a folder of results."""
