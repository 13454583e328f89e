"""A report: a folder of results as one page that can be sent on, with the sources of all it rests on."""
