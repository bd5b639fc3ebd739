"""What a person says of sessions in, check-ins and what they show out: the commands that learn."""
