"""What a person does here: begin, today, play, check in, look back. One folder for each slice."""
