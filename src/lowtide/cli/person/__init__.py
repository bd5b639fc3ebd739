"""What is known of the person: a profile from a file, and the safety questions asked one by one."""
