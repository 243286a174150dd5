"""The number engine: what the numbers of a report are, and whether they can all be true.

normalise -> tokenise -> classify -> figures with their spans -> rules -> verdicts. Pure functions over text:
no database and no Django, so that a command, a test or another program may ask it alone.
"""
