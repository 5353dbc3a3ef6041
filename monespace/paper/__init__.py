"""Documents: templates, tagged PDF, the seal and its check."""
