"""The editors' desk: what the admin of articles does beyond forms and lists, one thing in each module."""
