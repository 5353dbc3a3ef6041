"""The form engine: definition, kinds of question, conditions, path, summary. Pure: no Django, no clock, no files."""
