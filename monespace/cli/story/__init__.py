"""The demonstration's story: people of the cast at work, through the portal's own actions, on dates relative to today."""

from monespace.cli.story.load import load

__all__ = ["load"]
