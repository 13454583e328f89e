"""The command line, pages and figures: what a user sees."""
