"""The works: what is measured. Each module holds a few, and may import what it measures only inside its functions.

This command reads the modules to know what there is; a shot imports them once more, beside the sources that it measures.
"""
