"""From the record to numbers: definitions, estimates, trends and what else is counted. Pure: frames in, frames out.

Imports the record and the wording alone; draws nothing, knows no file and no page.
"""
