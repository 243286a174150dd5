"""What readers write under articles, from the form to the moderators' queue."""
