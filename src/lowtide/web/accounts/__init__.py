"""Who it is: users, the persons whose data it is, and who may see whom."""
