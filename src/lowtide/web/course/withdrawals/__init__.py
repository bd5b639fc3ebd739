"""What stands in the calendar of somebody who has left a group, taken out of it by one last letter."""
