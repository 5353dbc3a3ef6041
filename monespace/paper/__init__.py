"""Documents: templates, tagged PDF, the seal and its check, what is uploaded.

Light modules, for any process: `shapes`, `words`, `glyphs`, `signatures`, `scanner`, `checking`, `seal_file`.
Heavy ones, for the worker and for child processes only, because each loads a large library:
`pdf` (typst), `seal` and `check` (pyHanko), `files` (pikepdf, Pillow).
"""
