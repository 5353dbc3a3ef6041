"""The data of a dossier's papers, from its frozen copy: receipt, acknowledgement, decision."""

from monespace.dossiers.models import Dossier, Paper


def data_of(dossier: Dossier, paper: Paper) -> tuple[str, dict]:
    """The template and its data (shapes of monespace.paper.shapes)."""
    raise NotImplementedError
