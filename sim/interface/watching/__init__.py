"""One run, watched day by day in a browser: Mesa's SolaraViz on a scenario (``protestlaw app --watch``)."""
