"""Who may act for whom: titles, invitations, first configuration; the access policy."""
