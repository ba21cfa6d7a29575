"""What the explorer asks: neighbourhoods, paths, and the picture that a person's steps make of them."""
