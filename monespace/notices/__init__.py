"""Messages to people: inbox, e-mail and SMS by address. Knows no other room."""
