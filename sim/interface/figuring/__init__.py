"""Every figure that a folder of results can be drawn as, in any style, from its tables."""
