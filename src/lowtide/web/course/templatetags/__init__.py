"""What the course's pages say."""
