"""A certificate of practice at the end of a course, or a record for who left it."""
