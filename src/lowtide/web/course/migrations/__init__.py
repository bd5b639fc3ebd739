"""The steps in which the tables came to be what they are."""
