"""What is known and wished: looked at and changed."""
