"""What a reader sees on the page of one committee, conference, award, figure or indicator.

Each is gathered in a fixed number of queries. Everything returned is public, bounded, and names only
people who have not asked to be taken off the pages.
"""
