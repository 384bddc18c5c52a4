"""Words for values, once: numbers, dates, countries, estimates, sources. Imports the record alone."""
