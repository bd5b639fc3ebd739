"""A tap on a drawing or a box in a list in, a region that hurts out; a region in, the drawing lit up out."""
