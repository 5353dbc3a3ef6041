"""How things look: element templates, form renderer, page skeleton. No models."""
