"""A newsroom of any size, made of words of its own: to see how the site fares when it has grown."""
