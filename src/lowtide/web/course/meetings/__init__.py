"""Groups that meet once a week: founded, joined, moved, called off, attended, left."""
