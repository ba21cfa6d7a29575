"""What 六图六清单 of a chain are made from."""
