"""A fair comparison: two or three practices by lot over some weeks, and what it has shown at its end."""
