"""Mon Espace: the portal through which citizens and professionals file requests with the administration."""
