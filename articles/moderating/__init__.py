"""What moderators do with readers' comments."""
